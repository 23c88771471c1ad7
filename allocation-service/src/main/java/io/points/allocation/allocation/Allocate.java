package io.points.allocation.allocation;

import io.points.ledger.dates.ExpiryTerms;
import io.points.platform.web.input.CurrencyCode;
import io.points.platform.web.input.PlainText;
import io.points.platform.web.input.PointsAmount;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.LocalDate;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A request to put points into a tenant's pool.
 *
 * @param amount 1 … 10^12 points
 * @param currency must be the tenant's
 * @param referenceNote what finance finds it by, such as an invoice number
 * @param expires when the points lapse; absent: as the tenant's policy says
 */
@Schema(name = "AllocationRequest")
record Allocate(
        @NotNull(message = "is required") UUID tenantId,

        @PointsAmount Long amount,

        @NotNull(message = "is required") @CurrencyCode(orWithdrawn = true)
        String currency,

        @PlainText String referenceNote,

        @Valid @Nullable AllocationExpiry expires) {

    /**
     * The last day on which the points can be used; null if they stay for ever. It may fail as {@link AllocationExpiry#lastDay} does.
     *
     * @param today in the tenant's time zone
     * @param usual as the tenant's policy has it; null: for ever
     */
    @Nullable
    LocalDate lastDay(LocalDate today, @Nullable ExpiryTerms usual) {
        if (expires != null) {
            return expires.lastDay(today);
        }
        return usual == null ? null : usual.expiry().lastDay(today);
    }
}
