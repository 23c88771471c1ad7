package io.points.distribution.saga;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant's rules said when a distribution was asked for: they let it pass.
 *
 * @param revision of the policy
 * @param countedOn the day, in the tenant's time zone, in whose windows it is counted; null if no rule has a window
 */
public record Judged(long revision, @Nullable LocalDate countedOn) {}
