package io.points.allocation.tenant;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.points.platform.money.AlsoText;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A tenant on the list: its contract in force, and how it is doing, which platform admins alone are shown.
 *
 * @param currency ISO 4217 code
 * @param pricePerPoint decimal, in the currency's major unit
 * @param balance points in the pool
 * @param poolVersion number of the newest pool ledger entry
 * @param contractRevision counts the tenant's contracts from 1
 * @param validFrom since when the contract is in force
 * @param currencyExponent digits of the currency's minor unit, 0 … 4
 */
@Schema(name = "TenantOnList")
record TenantOnList(
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

        @Schema(description = "Points per calendar month, UTC; null for none, and unless a platform admin asks")
        @Nullable
        Long monthlyBudget,

        @Schema(
                description =
                        "Points that left the pool less what was refunded, in the last 30 UTC days, today included, at least 0; null unless a platform admin asks")
        @AlsoText
        @JsonProperty("distributed_30d")
        @Nullable
        Long distributed30d,

        @Schema(description = "The same per day, a decimal; null unless a platform admin asks")
        @JsonProperty("distribution_rate_30d")
        @Nullable
        String distributionRate30d,

        @Schema(
                description =
                        "Whole days for which the balance lasts at this rate, at most 99,999; null if nothing was distributed, and unless a platform admin asks")
        @Nullable
        Integer runwayDays,

        @Schema(
                description =
                        "Points allocated since this calendar month began, UTC; null unless a platform admin asks")
        @AlsoText
        @Nullable
        Long allocatedThisMonth,

        @Schema(description = "The newest allocation; null if there is none, and unless a platform admin asks")
        @Nullable
        LastAllocation lastAllocation,

        @Schema(description = "Alerts about the tenant in the state open; null unless a platform admin asks") @Nullable
        Integer openAlerts) {

    /** @param health false leaves out what platform admins alone are shown */
    static TenantOnList of(Row row, boolean health) {
        var tenant = TenantView.of(row);
        long distributed = row.getLong("distributed");
        return new TenantOnList(
                tenant.tenantId(),
                tenant.name(),
                tenant.status(),
                tenant.currency(),
                tenant.pricePerPoint(),
                tenant.balance(),
                tenant.poolVersion(),
                tenant.createdAt(),
                tenant.contractRevision(),
                tenant.poNumber(),
                tenant.costCentre(),
                tenant.validFrom(),
                tenant.currencyExponent(),
                health ? tenant.monthlyBudget() : null,
                health ? distributed : null,
                health ? DistributionRate.perDay(distributed) : null,
                health ? row.getInteger("runway_days") : null,
                health ? row.getLong("allocated_this_month") : null,
                health ? LastAllocation.of(row) : null,
                health ? row.getInteger("open_alerts") : null);
    }
}
