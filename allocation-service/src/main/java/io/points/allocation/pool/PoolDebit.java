package io.points.allocation.pool;

import io.points.contract.DistributionKind;
import io.points.contract.PoolEvent;
import io.points.contract.PoolEvent.PoolAnswer;
import io.points.contract.RefusalReason;
import java.util.UUID;

/**
 * What the pool did for one distribution. The state is a type; each knows the answer that every command for this
 * distribution gets from now on. {@code balance} and {@code version} are the pool's at the moment of the decision.
 */
public sealed interface PoolDebit {

    UUID distributionId();

    UUID tenantId();

    PoolAnswer answer();

    /** The points are out of the pool. Only from here can they come back. */
    record Debited(UUID distributionId, UUID tenantId, DistributionKind kind, long amount, long balance, long version)
            implements PoolDebit {
        @Override
        public PoolAnswer answer() {
            return new PoolEvent.PoolDebited(distributionId, tenantId, kind, amount, balance, version);
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

    /** Undone, or never to be done: with {@code refunded} 0 it is a tombstone that stops a late debit. */
    record Cancelled(UUID distributionId, UUID tenantId, long refunded, long balance, long version)
            implements PoolDebit {
        @Override
        public PoolAnswer answer() {
            return new PoolEvent.PoolDebitCancelled(distributionId, tenantId, refunded, balance, version);
        }
    }

    /** Given back because no wallet could take it. */
    record Refunded(UUID distributionId, UUID tenantId, long refunded, long balance, long version)
            implements PoolDebit {
        @Override
        public PoolAnswer answer() {
            return new PoolEvent.PoolRefunded(distributionId, tenantId, refunded, balance, version);
        }
    }

    /** A budget that came back. */
    record Returned(UUID distributionId, UUID tenantId, long amount, long balance, long version) implements PoolDebit {
        @Override
        public PoolAnswer answer() {
            return new PoolEvent.PointsReturned(distributionId, tenantId, amount, balance, version);
        }
    }

    /** A return that can only be forged or broken; {@code outstanding} is the most that could have come. */
    record SetAside(UUID distributionId, UUID tenantId, long amount, long outstanding) implements PoolDebit {
        @Override
        public PoolAnswer answer() {
            return new PoolEvent.PointsReturnSetAside(distributionId, tenantId, amount, outstanding);
        }
    }
}
