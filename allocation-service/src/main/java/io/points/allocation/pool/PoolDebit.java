package io.points.allocation.pool;

import io.points.contract.DistributionKind;
import io.points.contract.PoolEvent;
import io.points.contract.PoolEvent.PoolAnswer;
import io.points.contract.RefusalReason;
import io.points.ledger.dates.Lots;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the pool did for one distribution. The state is a type; each determines the reply to every later command for this
 * distribution. {@code balance} and {@code version} are the pool's at the time of the decision, {@code department} says the same of a department's envelope,
 * if the points are out of it or back in it.
 */
public sealed interface PoolDebit {

    UUID distributionId();

    UUID tenantId();

    PoolAnswer answer();

    /**
     * The points have left the pool. Only from this state can they be refunded.
     *
     * @param lots what of them was dated and has not come back; of a delegation, whose points come back as budget, all that was
     * @param department out of whose envelope they are; null if out of none
     */
    record Debited(
            UUID distributionId,
            UUID tenantId,
            DistributionKind kind,
            long amount,
            long balance,
            long version,
            Lots lots,
            @Nullable DepartmentBalance department)
            implements PoolDebit {

        /** Out of no department's envelope. */
        Debited(
                UUID distributionId,
                UUID tenantId,
                DistributionKind kind,
                long amount,
                long balance,
                long version,
                Lots lots) {
            this(distributionId, tenantId, kind, amount, balance, version, lots, null);
        }

        @Override
        public PoolAnswer answer() {
            return new PoolEvent.PoolDebited(
                    distributionId,
                    tenantId,
                    kind,
                    amount,
                    balance,
                    version,
                    delegation() ? lots.told() : null,
                    DepartmentBalance.idOf(department),
                    DepartmentBalance.entryOf(department),
                    DepartmentBalance.balanceOf(department));
        }

        /** With so much that is dated still to come back. */
        Debited with(Lots left) {
            return new Debited(distributionId, tenantId, kind, amount, balance, version, left, department);
        }

        boolean delegation() {
            return kind == DistributionKind.DELEGATION;
        }
    }

    /** Nothing moved. */
    record Refused(
            UUID distributionId,
            UUID tenantId,
            DistributionKind kind,
            long amount,
            RefusalReason reason,
            long balance,
            long version)
            implements PoolDebit {
        @Override
        public PoolAnswer answer() {
            return new PoolEvent.PoolDebitRefused(distributionId, tenantId, amount, reason, balance, version);
        }
    }

    /** Undone, or never executed: with {@code refunded} 0 it is a tombstone that blocks a late debit. */
    record Cancelled(
            UUID distributionId,
            UUID tenantId,
            long refunded,
            long balance,
            long version,
            @Nullable DepartmentBalance department)
            implements PoolDebit {

        /** Into no department's envelope. */
        Cancelled(UUID distributionId, UUID tenantId, long refunded, long balance, long version) {
            this(distributionId, tenantId, refunded, balance, version, null);
        }

        @Override
        public PoolAnswer answer() {
            return new PoolEvent.PoolDebitCancelled(
                    distributionId,
                    tenantId,
                    refunded,
                    balance,
                    version,
                    DepartmentBalance.idOf(department),
                    DepartmentBalance.entryOf(department),
                    DepartmentBalance.balanceOf(department));
        }
    }

    /** Refunded because no wallet could be credited. */
    record Refunded(
            UUID distributionId,
            UUID tenantId,
            long refunded,
            long balance,
            long version,
            @Nullable DepartmentBalance department)
            implements PoolDebit {

        /** Into no department's envelope. */
        Refunded(UUID distributionId, UUID tenantId, long refunded, long balance, long version) {
            this(distributionId, tenantId, refunded, balance, version, null);
        }

        @Override
        public PoolAnswer answer() {
            return new PoolEvent.PoolRefunded(
                    distributionId,
                    tenantId,
                    refunded,
                    balance,
                    version,
                    DepartmentBalance.idOf(department),
                    DepartmentBalance.entryOf(department),
                    DepartmentBalance.balanceOf(department));
        }
    }

    /** A returned budget. */
    record Returned(
            UUID distributionId,
            UUID tenantId,
            long amount,
            long balance,
            long version,
            @Nullable DepartmentBalance department)
            implements PoolDebit {

        /** Into no department's envelope. */
        Returned(UUID distributionId, UUID tenantId, long amount, long balance, long version) {
            this(distributionId, tenantId, amount, balance, version, null);
        }

        @Override
        public PoolAnswer answer() {
            return new PoolEvent.PointsReturned(
                    distributionId,
                    tenantId,
                    amount,
                    balance,
                    version,
                    DepartmentBalance.idOf(department),
                    DepartmentBalance.entryOf(department),
                    DepartmentBalance.balanceOf(department));
        }
    }

    /**
     * Moved within the pool.
     *
     * @param from out of whose envelope; null if they were in none
     * @param to into whose envelope; null if they are in none
     */
    record Moved(
            UUID distributionId,
            UUID tenantId,
            long amount,
            @Nullable DepartmentBalance from,
            @Nullable DepartmentBalance to)
            implements PoolDebit {
        @Override
        public PoolAnswer answer() {
            return new PoolEvent.PoolPointsMoved(
                    distributionId,
                    tenantId,
                    amount,
                    DepartmentBalance.idOf(from),
                    DepartmentBalance.entryOf(from),
                    DepartmentBalance.balanceOf(from),
                    DepartmentBalance.idOf(to),
                    DepartmentBalance.entryOf(to),
                    DepartmentBalance.balanceOf(to));
        }
    }

    /** A quarantined return, which must be forged or corrupt; {@code outstanding} is the most that could be returned. */
    record SetAside(UUID distributionId, UUID tenantId, long amount, long outstanding) implements PoolDebit {
        @Override
        public PoolAnswer answer() {
            return new PoolEvent.PointsReturnSetAside(distributionId, tenantId, amount, outstanding);
        }
    }
}
