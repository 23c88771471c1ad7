/** What somebody can give, and where it comes from; whoever gives nothing is told of the pool without its figure. */
export interface Giving {
  source: "pool" | "budget" | "request";
  level: "good" | "low" | "nearly_empty" | "none";
  available: number | null;
}

export const GIVING = "/api/allocations/giving";
