/** What somebody can still give by one rule of the company, in its present window. */
export interface Limit {
  rule: string;
  of: "giver" | "department" | "tenant";
  /** Of which department it is, if what is given out of one is limited. */
  department_id?: string;
  /** Out of what it is given, of an allowance: the pool, or `department:` and its id. */
  from?: string;
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

/** What can be given at once by the allowances: by those out of the one that leaves most, for nothing is split. */
export function allowanceOf(limits: Limit[]): Limit | undefined {
  const funds = new Map<string, Limit>();
  for (const limit of limits.filter((it) => it.from && it.counts === "points")) {
    const other = funds.get(limit.from!);
    if (!other || limit.left < other.left) funds.set(limit.from!, limit);
  }
  return [...funds.values()].sort((one, other) => other.left - one.left)[0];
}
