package io.points.allocation.expiry;

import io.points.ledger.dates.ExpiringPoints;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Points of a pool that can be used longer than before.
 *
 * @param fromDate the last day on which they could be used
 * @param extended until when they can be used now
 */
@Schema(name = "ExtendedPoolDates")
record DateView(
        UUID tenantId,

        @Schema(implementation = String.class, format = "date")
        LocalDate fromDate,

        List<ExpiringPoints> extended) {}
