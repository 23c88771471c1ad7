package io.points.audit;

import io.points.contract.DistributionKind;
import io.points.contract.PointsSource;
import io.points.contract.PoolEvent.PointsAllocated;
import io.points.contract.PoolEvent.PointsClawedBack;
import io.points.contract.PoolEvent.PointsReturned;
import io.points.contract.PoolEvent.PoolDebitCancelled;
import io.points.contract.PoolEvent.PoolDebitRefused;
import io.points.contract.PoolEvent.PoolDebited;
import io.points.contract.PoolEvent.PoolRefunded;
import io.points.contract.RefusalReason;
import io.points.contract.WalletEvent.BudgetReturned;
import io.points.contract.WalletEvent.PointsAwarded;
import io.points.contract.WalletEvent.PointsDelegated;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What allocation-service and distribution-service tell of one tenant; keeps the pool's balance and version right. */
final class Story {

    private static final UUID SOMEBODY = UUID.randomUUID();

    private final UUID tenant;
    private long balance;
    private long version;

    Story(UUID tenant) {
        this.tenant = tenant;
    }

    PointsAllocated allocated(long amount) {
        move(amount);
        return new PointsAllocated(UUID.randomUUID(), tenant, amount, "INR", "1.00", "PO-1", balance, version);
    }

    PointsClawedBack clawedBack(long amount) {
        move(-amount);
        return new PointsClawedBack(UUID.randomUUID(), tenant, amount, "INR", "1.00", "unused", balance, version);
    }

    PoolDebited debited(UUID distribution, long amount) {
        move(-amount);
        return new PoolDebited(distribution, tenant, DistributionKind.AWARD, amount, balance, version);
    }

    PoolDebitRefused refused(UUID distribution, long amount) {
        return new PoolDebitRefused(
                distribution, tenant, amount, RefusalReason.INSUFFICIENT_POOL_BALANCE, balance, version);
    }

    PoolDebitCancelled cancelled(UUID distribution, long refunded) {
        move(refunded);
        return new PoolDebitCancelled(distribution, tenant, refunded, balance, version);
    }

    PoolRefunded refunded(UUID distribution, long refunded) {
        move(refunded);
        return new PoolRefunded(distribution, tenant, refunded, balance, version);
    }

    PointsReturned returned(UUID distribution, long amount) {
        move(amount);
        return new PointsReturned(distribution, tenant, amount, balance, version);
    }

    PointsDelegated delegated(UUID distribution, long amount) {
        return new PointsDelegated(distribution, tenant, SOMEBODY, SOMEBODY, amount, 1, amount);
    }

    PointsAwarded awardedFromPool(UUID distribution, long amount) {
        return awarded(distribution, PointsSource.POOL, amount, null);
    }

    PointsAwarded awardedFromBudget(UUID distribution, long amount) {
        return awarded(distribution, PointsSource.BUDGET, amount, 1L);
    }

    BudgetReturned budgetReturned(UUID distribution, long amount) {
        return new BudgetReturned(distribution, tenant, SOMEBODY, amount, 1, 0);
    }

    private PointsAwarded awarded(UUID distribution, PointsSource source, long amount, @Nullable Long budgetEntry) {
        return new PointsAwarded(
                distribution, tenant, source, SOMEBODY, SOMEBODY, amount, 1, amount, budgetEntry, budgetEntry, null);
    }

    /** An answer that moved nothing names the newest entry instead of making one. */
    private void move(long amount) {
        balance += amount;
        version += amount == 0 ? 0 : 1;
    }
}
