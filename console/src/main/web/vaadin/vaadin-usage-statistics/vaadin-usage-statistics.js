/** Counts nobody. */
export function usageStatistics() {}
