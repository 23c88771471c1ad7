package io.points.allocation.tenant;

import io.points.http.PlainText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request to register a tenant.
 *
 * @param tenantId the id that the identity provider puts into the tenant's tokens; a new one if absent
 * @param currency ISO 4217 code in which allocations are billed
 * @param pricePerPoint exact decimal in the currency's major unit, as text: {@code "1.25"}
 */
record RegisterTenant(
        @Nullable UUID tenantId,

        @PlainText(max = 200) String name,

        @NotNull(message = "is required") @Currency String currency,

        @NotNull(message = "is required")
        @Pattern(
                regexp = "\\d{1,9}(\\.\\d{1,8})?",
                message = "must be a decimal such as \"1.25\" with at most 9 digits before and 8 behind the point")
        String pricePerPoint) {}
