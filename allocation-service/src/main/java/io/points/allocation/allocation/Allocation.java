package io.points.allocation.allocation;

import io.points.allocation.tenant.Price;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An allocation or a clawback over HTTP.
 *
 * @param kind {@code allocation} or {@code clawback}
 * @param amount points, positive for both kinds
 * @param pricePerPoint decimal in the currency's major unit, as it was at that moment
 * @param balanceAfter points in the pool afterwards
 * @param poolVersion number of the pool ledger entry
 * @param eventId id of the event that told of it
 * @param expiresOn the last day on which allocated points can be used, in the tenant's time zone; null if they stay for ever
 */
record Allocation(
        UUID allocationId,
        @Schema(implementation = AllocationKind.class) String kind,
        UUID tenantId,
        long amount,
        String currency,
        String pricePerPoint,
        @Nullable String referenceNote,
        @Nullable String reason,
        long balanceAfter,
        long poolVersion,
        UUID eventId,
        Instant createdAt,
        UUID createdBy,

        @Schema(implementation = String.class, format = "date") @Nullable
        LocalDate expiresOn) {

    static Allocation of(AllocationLog log) {
        return new Allocation(
                log.id,
                log.kind,
                log.tenantId,
                log.amount,
                log.currency,
                Price.text(log.pricePerPoint),
                log.referenceNote,
                log.reason,
                log.balanceAfter,
                log.poolVersion,
                log.eventId,
                log.createdAt,
                log.createdBy,
                log.expiresOn);
    }
}
