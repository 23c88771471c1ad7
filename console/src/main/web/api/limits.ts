/** What somebody can still give by one rule of the company, in its present window. */
export interface Limit {
  rule: string;
  of: "giver" | "tenant";
  /** Out of what it is given, of an allowance; what is given out of a budget is none. */
  from?: "pool";
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
