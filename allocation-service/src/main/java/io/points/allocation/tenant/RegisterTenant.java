package io.points.allocation.tenant;

import io.points.platform.web.input.CurrencyCode;
import io.points.platform.web.input.Params;
import io.points.platform.web.input.PlainText;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A request to register a tenant.
 *
 * @param tenantId the id that the identity provider puts into the tenant's tokens; a new one if absent
 * @param currency ISO 4217 code in which allocations are billed
 * @param pricePerPoint exact decimal in the currency's major unit, as text: {@code "1.25"}
 * @param poNumber the tenant's purchase order
 * @param costCentre where the tenant books it
 * @param validFrom since when the contract is in force: an RFC 3339 time that has come; now if absent
 */
@Schema(name = "TenantRegistration")
record RegisterTenant(
        @Nullable UUID tenantId,

        @PlainText(max = 200) String name,

        @NotNull(message = "is required") @CurrencyCode String currency,

        @NotNull(message = "is required") @PricePerPoint String pricePerPoint,

        @PlainText(max = Contract.LONGEST_TEXT, required = false) @Nullable
        String poNumber,

        @PlainText(max = Contract.LONGEST_TEXT, required = false) @Nullable
        String costCentre,

        @Schema(format = "date-time", pattern = Params.TIME) @Nullable
        String validFrom) {}
