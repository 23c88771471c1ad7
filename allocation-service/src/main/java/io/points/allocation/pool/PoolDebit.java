package io.points.allocation.pool;

import io.points.contract.DistributionKind;
import io.points.contract.PoolEvent;
import io.points.contract.PoolEvent.PoolAnswer;
import io.points.contract.RefusalReason;
import io.points.ledger.dates.Lots;
import java.util.UUID;

/**
 * What the pool did for one distribution. The state is a type; each determines the reply to every later command for this
 * distribution. {@code balance} and {@code version} are the pool's at the time of the decision.
 */
public sealed interface PoolDebit {

    UUID distributionId();

    UUID tenantId();

    PoolAnswer answer();

    /**
     * The points have left the pool. Only from this state can they be refunded.
     *
     * @param lots what of them was dated and has not come back; of a delegation, whose points come back as budget, all that was
     */
    record Debited(
            UUID distributionId,
            UUID tenantId,
            DistributionKind kind,
            long amount,
            long balance,
            long version,
            Lots lots)
            implements PoolDebit {
        @Override
        public PoolAnswer answer() {
            return new PoolEvent.PoolDebited(
                    distributionId, tenantId, kind, amount, balance, version, delegation() ? lots.told() : null);
        }

        /** With so much that is dated still to come back. */
        Debited with(Lots left) {
            return new Debited(distributionId, tenantId, kind, amount, balance, version, left);
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
    record Cancelled(UUID distributionId, UUID tenantId, long refunded, long balance, long version)
            implements PoolDebit {
        @Override
        public PoolAnswer answer() {
            return new PoolEvent.PoolDebitCancelled(distributionId, tenantId, refunded, balance, version);
        }
    }

    /** Refunded because no wallet could be credited. */
    record Refunded(UUID distributionId, UUID tenantId, long refunded, long balance, long version)
            implements PoolDebit {
        @Override
        public PoolAnswer answer() {
            return new PoolEvent.PoolRefunded(distributionId, tenantId, refunded, balance, version);
        }
    }

    /** A returned budget. */
    record Returned(UUID distributionId, UUID tenantId, long amount, long balance, long version) implements PoolDebit {
        @Override
        public PoolAnswer answer() {
            return new PoolEvent.PointsReturned(distributionId, tenantId, amount, balance, version);
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
