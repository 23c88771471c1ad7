package io.points.contract;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What distribution-service asks of a tenant's pool. Every well-formed command is answered with a {@link PoolEvent},
 * and a repeated one with the same event again. Amounts are points.
 */
public sealed interface PoolCommand extends Message {

    /** The distribution that the command belongs to: the key under which its effect happens once. */
    UUID distributionId();

    @Override
    @JsonIgnore
    default UUID subject() {
        return distributionId();
    }

    @Override
    @JsonIgnore
    default String topic() {
        return Topic.POOL_COMMANDS;
    }

    /** Take {@code amount} points out of the pool. Answered by PoolDebited or PoolDebitRefused. */
    record DebitPool(
            UUID distributionId,
            UUID tenantId,
            DistributionKind kind,
            @Within.Any long amount) implements PoolCommand {
        public DebitPool {
            switch (kind) {
                case DELEGATION, AWARD, BATCH -> {}
                case RETURN, REVERSAL, LAPSE ->
                    throw new IllegalArgumentException(
                            "kind must be delegation, award or batch: a return, reversal or lapse debits no pool");
            }
        }
    }

    /** Undo the debit if there was one, and let a late one move nothing. Answered by PoolDebitCancelled. */
    record CancelPoolDebit(UUID distributionId, UUID tenantId) implements PoolCommand {}

    /** Give a debit back because the wallet could not take it. Answered by PoolRefunded; no rule can refuse it. */
    record RefundPool(UUID distributionId, UUID tenantId) implements PoolCommand {}

    /**
     * Put points of a wallet back; the wallet was debited first. Answered by PointsReturned.
     *
     * @param debitId the debit that they left the pool by, which is the most that comes back by it; null if they come of a budget or have
     *     lapsed, for many debits may have filled the wallet
     * @param origin null as well if a lead's budget is returned
     * @param lots what of them is dated in the pool, if they come of a budget that knows it; null if nothing is. Those that name a debit
     *     have the days that it took
     */
    record ReturnToPool(
            UUID distributionId,
            UUID tenantId,
            UUID fromUserId,
            @Within.Any long amount,
            @Nullable UUID debitId,
            @Nullable ReturnOrigin origin,

            @Within(min = 1, max = DatedPoints.MOST_LOTS) @Nullable
            List<DatedPoints> lots)
            implements PoolCommand {

        public ReturnToPool {
            DatedPoints.requireWithin(lots, amount);
        }

        /** Of which nothing is dated but what the debit took. */
        public ReturnToPool(
                UUID distributionId,
                UUID tenantId,
                UUID fromUserId,
                long amount,
                @Nullable UUID debitId,
                @Nullable ReturnOrigin origin) {
            this(distributionId, tenantId, fromUserId, amount, debitId, origin, null);
        }

        /** A lead's budget that is returned, of which nothing is dated. */
        public ReturnToPool(UUID distributionId, UUID tenantId, UUID fromUserId, long amount) {
            this(distributionId, tenantId, fromUserId, amount, null, null);
        }
    }
}
