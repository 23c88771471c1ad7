package io.points.allocation.tenant;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A tenant over HTTP, with the contract that is in force.
 *
 * @param status as {@link TenantStatus} says it
 * @param currency ISO 4217 code
 * @param pricePerPoint decimal, in the currency's major unit
 * @param balance points in the pool
 * @param poolVersion number of the newest pool ledger entry
 * @param contractRevision counts the tenant's contracts from 1
 * @param poNumber the tenant's purchase order
 * @param costCentre where the tenant books it
 * @param validFrom since when the contract is in force
 * @param currencyExponent digits of the currency's minor unit, 0 … 4
 * @param monthlyBudget points per calendar month, UTC; null for none
 * @param onExceed what becomes of an allocation beyond it; null without one
 */
@Schema(name = "Tenant")
public record TenantView(
        UUID tenantId,
        String name,
        @Schema(implementation = TenantStatus.class) String status,
        String currency,
        String pricePerPoint,
        long balance,
        long poolVersion,
        Instant createdAt,
        long contractRevision,
        @Nullable String poNumber,
        @Nullable String costCentre,
        Instant validFrom,
        int currencyExponent,
        @Nullable Long monthlyBudget,
        @Nullable OnExceed onExceed) {

    /** @param row of {@code tenants_and_contracts} */
    static TenantView of(Row row) {
        var currency = row.getString("currency");
        var budget = row.getLong("monthly_budget");
        return new TenantView(
                row.getUUID("id"),
                row.getString("name"),
                row.getString("status"),
                currency,
                Price.text(row.getBigDecimal("price_per_point")),
                row.getLong("points_allocation_balance"),
                row.getLong("pool_version"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getLong("contract_revision"),
                row.getString("po_number"),
                row.getString("cost_centre"),
                row.getOffsetDateTime("valid_from").toInstant(),
                Price.digits(currency),
                budget,
                budget == null ? null : OnExceed.of(row.getString("on_exceed")));
    }
}
