package io.points.allocation.allocation;

import io.points.platform.web.input.CurrencyCode;
import io.points.platform.web.input.PlainText;
import io.points.platform.web.input.PointsAmount;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A request to put points into a tenant's pool.
 *
 * @param amount 1 … 10^12 points
 * @param currency must be the tenant's
 * @param referenceNote what finance finds it by, such as an invoice number
 */
@Schema(name = "AllocationRequest")
record Allocate(
        @NotNull(message = "is required") UUID tenantId,

        @PointsAmount Long amount,

        @NotNull(message = "is required") @CurrencyCode(orWithdrawn = true)
        String currency,

        @PlainText String referenceNote) {}
