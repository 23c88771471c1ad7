package io.points.allocation.tenant;

import java.time.Instant;
import java.util.UUID;

/**
 * A tenant over HTTP.
 *
 * @param status {@code active} or {@code suspended}
 * @param currency ISO 4217 code
 * @param pricePerPoint decimal, in the currency's major unit
 * @param balance points in the pool
 * @param poolVersion number of the newest pool ledger entry
 */
public record TenantView(
        UUID tenantId,
        String name,
        String status,
        String currency,
        String pricePerPoint,
        long balance,
        long poolVersion,
        Instant createdAt) {

    static TenantView of(Tenant tenant) {
        return new TenantView(
                tenant.id,
                tenant.name,
                tenant.status,
                tenant.currency,
                Price.text(tenant.pricePerPoint),
                tenant.balance,
                tenant.poolVersion,
                tenant.createdAt);
    }
}
