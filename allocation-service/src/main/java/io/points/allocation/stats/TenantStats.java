package io.points.allocation.stats;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.points.allocation.tenant.DistributionRate;
import io.points.allocation.tenant.LastAllocation;
import io.points.allocation.tenant.TenantStatus;
import io.points.ledger.dates.ExpiringPoints;
import io.points.ledger.dates.LotColumns;
import io.points.platform.money.AlsoText;
import io.vertx.mutiny.sqlclient.Row;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's figures over HTTP. All are points. Those about wallets reflect the events consumed so far.
 *
 * @param delegated pool to budgets, completed
 * @param awarded to employees, from the pool and from budgets
 * @param returned budgets back to the pool
 * @param takenBack of awards that were reversed, back to the pool by the debit that they came from
 * @param expired lapsed in the pool
 * @param expiring what of the pool lapses when; the rest stays for ever
 * @param reserved out of the pool or a budget, and waiting for a decision
 * @param refunded debits cancelled or refunded
 * @param inFlight out of the pool or a budget, and not yet known to have arrived
 * @param distributed30d out of the pool less what was refunded, in the last 30 UTC days, today included; 0 where more was
 *     refunded, of debits before
 * @param distributionRate30d that per day, a decimal
 */
@Schema(name = "TenantStats")
record TenantStats(
        UUID tenantId,
        @Schema(implementation = TenantStatus.class) String status,
        long balance,
        long poolVersion,
        @AlsoText long allocated,
        @AlsoText long clawedBack,
        @AlsoText long delegated,
        @AlsoText long awarded,
        @AlsoText long awardedFromPool,
        @AlsoText long awardedFromBudget,
        @AlsoText long returned,
        @AlsoText long takenBack,
        @AlsoText long expired,
        List<ExpiringPoints> expiring,
        @AlsoText long reserved,
        @AlsoText long refunded,
        @AlsoText long inFlight,
        @Nullable LastAllocation lastAllocation,

        @AlsoText @JsonProperty("distributed_30d") long distributed30d,

        @JsonProperty("distribution_rate_30d") String distributionRate30d) {

    static TenantStats of(Row row) {
        long fromPool = row.getLong("awarded_from_pool");
        long fromBudget = row.getLong("awarded_from_budget");
        long delegated = row.getLong("delegated");
        long credited = row.getLong("credited");
        long returned = row.getLong("returned");
        long held = row.getLong("held");
        long toWallets = row.getLong("debited") - credited - delegated - fromPool - held;
        long takenBack = row.getLong("taken_back");
        long toPool = row.getLong("back_from_wallets") - returned - takenBack;
        long distributed = row.getLong("distributed_30d");
        return new TenantStats(
                row.getUUID("id"),
                row.getString("status"),
                row.getLong("points_allocation_balance"),
                row.getLong("pool_version"),
                row.getLong("allocated"),
                row.getLong("clawed_back"),
                delegated,
                fromPool + fromBudget,
                fromPool,
                fromBudget,
                returned,
                takenBack,
                row.getLong("expired"),
                ExpiringPoints.of(LotColumns.readOfPool(row)),
                row.getLong("reserved") + held + row.getLong("held_from_budget"),
                credited,
                toWallets + toPool,
                LastAllocation.of(row),
                distributed,
                DistributionRate.perDay(distributed));
    }
}
