package io.points.allocation.closing;

import io.points.contract.Settlement;
import java.time.LocalDate;

/**
 * How a tenant is closed.
 *
 * @param earnedUntil the last day on which earned points can be used, in the tenant's time zone
 * @param unspent what becomes of what was never awarded
 * @param earnedThen what becomes of earned points after that day: credited ones go back to the pool first
 */
record ClosingTerms(LocalDate earnedUntil, Settlement unspent, Settlement earnedThen) {}
