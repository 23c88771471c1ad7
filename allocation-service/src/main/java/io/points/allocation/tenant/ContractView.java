package io.points.allocation.tenant;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A contract over HTTP.
 *
 * @param contractRevision counts the tenant's contracts from 1
 * @param currency ISO 4217 code
 * @param currencyExponent digits of the currency's minor unit, 0 … 4
 * @param pricePerPoint decimal, in the currency's major unit
 * @param validFrom since when, or from when on, it is in force
 */
@Schema(name = "Contract")
record ContractView(
        UUID tenantId,
        long contractRevision,
        String currency,
        int currencyExponent,
        String pricePerPoint,
        @Nullable String poNumber,
        @Nullable String costCentre,
        Instant validFrom,
        Instant createdAt,
        UUID createdBy) {

    static ContractView of(Contract contract) {
        return new ContractView(
                contract.tenantId,
                contract.revision,
                contract.currency,
                Price.digits(contract.currency),
                Price.text(contract.pricePerPoint),
                contract.poNumber,
                contract.costCentre,
                contract.validFrom,
                contract.createdAt,
                contract.createdBy);
    }
}
