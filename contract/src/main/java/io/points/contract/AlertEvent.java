package io.points.contract;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Business alerts, told by allocation-service: what somebody should look at, though no rule forbids it. Their tenant is
 * {@link #PLATFORM} where they are about no tenant.
 */
public sealed interface AlertEvent extends Message {

    /** Stands for the platform itself, in place of a tenant. */
    UUID PLATFORM = new UUID(0, 0);

    UUID alertId();

    @Override
    @JsonIgnore
    default UUID subject() {
        return alertId();
    }

    @Override
    @JsonIgnore
    default String topic() {
        return Topic.ALLOCATION_ALERTS;
    }

    /**
     * Raised once for one cause: again only after the cause has been over.
     *
     * @param kind {@code pool_low}, {@code pool_empty}, {@code budget_exceeded}, {@code large_clawback}, {@code refill_refused},
     *     {@code refused_calls} or {@code spend_limit}
     * @param cause of a low or empty pool {@code pool}; of a refused refill the schedule's id; of an exceeded budget month and budget, as {@code 2026-11/5000}; of a
     *     clawback its id; of refused calls the subject of the caller's token, {@code address} if there was none, or
     *     {@code others} for callers beyond those that are told apart; of a limit its rule, the ids of whom it counts or
     *     {@code tenant}, the window, and the percent or {@code beyond}
     * @param figures the numbers that raised it, by name
     */
    record BusinessAlertRaised(
            UUID alertId,
            UUID tenantId,
            @Text(max = 100) String kind,
            String cause,
            @Within(min = 0, max = 100) Map<String, Long> figures)
            implements AlertEvent {}

    /**
     * What became of a business alert.
     *
     * @param kind as when it was raised
     * @param state {@code acknowledged}, {@code snoozed}, {@code open} again after that, or {@code over}
     * @param snoozedUntil when it comes back; null unless it is snoozed
     */
    record BusinessAlertChanged(
            UUID alertId,
            UUID tenantId,
            @Text(max = 100) String kind,
            @Text(max = 100) String state,
            @Nullable Instant snoozedUntil)
            implements AlertEvent {}
}
