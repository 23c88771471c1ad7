package io.points.allocation.tenant;

import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What everybody of a tenant may know of it.
 *
 * @param currency of the contract in force, an ISO 4217 code
 * @param currencyExponent digits of the currency's minor unit, 0 … 4
 */
@Schema(name = "OwnTenant")
record OwnTenant(
        UUID tenantId,
        String name,
        @Schema(implementation = TenantStatus.class) String status,
        String currency,
        int currencyExponent) {

    static OwnTenant of(TenantView tenant) {
        return new OwnTenant(
                tenant.tenantId(), tenant.name(), tenant.status(), tenant.currency(), tenant.currencyExponent());
    }
}
