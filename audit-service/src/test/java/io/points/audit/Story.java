package io.points.audit;

import io.points.contract.Account;
import io.points.contract.DistributionKind;
import io.points.contract.LapseReason;
import io.points.contract.PointsSource;
import io.points.contract.PoolEvent.PointsAllocated;
import io.points.contract.PoolEvent.PointsClawedBack;
import io.points.contract.PoolEvent.PointsReturned;
import io.points.contract.PoolEvent.PoolDebitCancelled;
import io.points.contract.PoolEvent.PoolDebitRefused;
import io.points.contract.PoolEvent.PoolDebited;
import io.points.contract.PoolEvent.PoolExpired;
import io.points.contract.PoolEvent.PoolRefunded;
import io.points.contract.PoolEvent.PoolReleased;
import io.points.contract.PoolEvent.PoolReserved;
import io.points.contract.RefusalReason;
import io.points.contract.WalletEvent.AwardReversed;
import io.points.contract.WalletEvent.BudgetReturned;
import io.points.contract.WalletEvent.DistributionHeld;
import io.points.contract.WalletEvent.DistributionReleased;
import io.points.contract.WalletEvent.EarnedReturned;
import io.points.contract.WalletEvent.PointsAwarded;
import io.points.contract.WalletEvent.PointsDelegated;
import io.points.contract.WalletEvent.PointsExpired;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What allocation-service and distribution-service tell of one tenant; keeps the pool's balance and version right. */
final class Story {

    private static final UUID SOMEBODY = UUID.randomUUID();
    private static final LocalDate DAY = LocalDate.of(2027, 2, 28);

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

    PoolReserved reserved(UUID reservation, long amount) {
        move(-amount);
        return new PoolReserved(reservation, tenant, amount, balance, version, null);
    }

    PoolReleased released(UUID reservation, long amount) {
        move(amount);
        return new PoolReleased(reservation, tenant, amount, balance, version, null);
    }

    PoolExpired expired(long amount) {
        move(-amount);
        return new PoolExpired(UUID.randomUUID(), tenant, DAY, amount, balance, version);
    }

    AwardReversed reversed(UUID reversal, PointsSource to, long amount) {
        var budget = to == PointsSource.BUDGET ? SOMEBODY : null;
        var entry = budget == null ? null : 1L;
        return new AwardReversed(
                reversal, tenant, UUID.randomUUID(), to, SOMEBODY, amount, 0, 2, 0, budget, entry, entry, null);
    }

    EarnedReturned earnedReturned(UUID distribution, long amount) {
        return new EarnedReturned(distribution, tenant, SOMEBODY, LapseReason.AGE, DAY, amount, 3, 0);
    }

    PointsExpired expired(Account account, long amount) {
        return new PointsExpired(UUID.randomUUID(), tenant, SOMEBODY, account, LapseReason.AGE, DAY, amount, 4, 0);
    }

    DistributionHeld held(UUID distribution, PointsSource source, long amount) {
        var entry = source == PointsSource.BUDGET ? 5L : null;
        var until = Instant.parse("2027-03-01T00:00:00Z");
        return new DistributionHeld(
                distribution,
                tenant,
                DistributionKind.AWARD,
                source,
                SOMEBODY,
                SOMEBODY,
                amount,
                1,
                until,
                entry,
                entry,
                null);
    }

    DistributionReleased released(UUID distribution, PointsSource source, long amount) {
        var entry = source == PointsSource.BUDGET ? 6L : null;
        return new DistributionReleased(distribution, tenant, source, SOMEBODY, amount, null, entry, entry, null);
    }

    private PointsAwarded awarded(UUID distribution, PointsSource source, long amount, @Nullable Long budgetEntry) {
        return new PointsAwarded(
                distribution,
                tenant,
                source,
                SOMEBODY,
                SOMEBODY,
                amount,
                1,
                amount,
                budgetEntry,
                budgetEntry,
                null,
                null);
    }

    /** An answer that moved nothing names the newest entry instead of making one. */
    private void move(long amount) {
        balance += amount;
        version += amount == 0 ? 0 : 1;
    }
}
