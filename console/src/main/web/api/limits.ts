/** What somebody can still give by one rule of the company, in its present window. */
export interface Limit {
  rule: string;
  of: "giver" | "tenant";
  per: "day" | "week" | "month" | "quarter" | "year";
  counts: "points" | "awards";
  limit: number;
  used: number;
  left: number;
  then: "refuse" | "approve" | "alert";
  window: string;
  resets_on: string;
}

export const LIMITS = "/api/policy/limits/me";
