package io.points.allocation.tenant;

import io.points.platform.web.input.CurrencyCode;
import io.points.platform.web.input.Params;
import io.points.platform.web.input.PlainText;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A request to give a tenant another contract. It replaces the one before as a whole.
 *
 * @param currency ISO 4217 code in which allocations are billed from then on
 * @param pricePerPoint exact decimal in the currency's major unit, as text: {@code "1.25"}
 * @param poNumber the tenant's purchase order
 * @param costCentre where the tenant books it
 * @param validFrom an RFC 3339 time that has not passed; now if absent
 */
@Schema(name = "ContractTerms")
record ChangeContract(
        @NotNull(message = "is required") @CurrencyCode String currency,

        @NotNull(message = "is required") @PricePerPoint String pricePerPoint,

        @PlainText(max = Contract.LONGEST_TEXT, required = false) @Nullable
        String poNumber,

        @PlainText(max = Contract.LONGEST_TEXT, required = false) @Nullable
        String costCentre,

        @Schema(format = "date-time", pattern = Params.TIME) @Nullable
        String validFrom) {}
