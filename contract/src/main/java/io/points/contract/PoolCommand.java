package io.points.contract;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Objects;
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

    /**
     * Take {@code amount} points out of the pool. Answered by PoolDebited or PoolDebitRefused.
     *
     * @param departmentId the department out of whose envelope alone they are taken; null: out of what is in none
     */
    record DebitPool(
            UUID distributionId,
            UUID tenantId,
            DistributionKind kind,
            @Within.Any long amount,
            @Nullable UUID departmentId)
            implements PoolCommand {

        public DebitPool {
            switch (kind) {
                case DELEGATION, AWARD, BATCH -> {}
                case RETURN, REVERSAL, LAPSE, TRANSFER ->
                    throw new IllegalArgumentException(
                            "kind must be delegation, award or batch: a " + kind.word() + " debits no pool");
            }
        }

        /** Out of no department's envelope. */
        public DebitPool(UUID distributionId, UUID tenantId, DistributionKind kind, long amount) {
            this(distributionId, tenantId, kind, amount, null);
        }
    }

    /**
     * Move points within the pool: into the envelope of a department, out of one, or from one to another. Answered by PoolPointsMoved or
     * PoolDebitRefused.
     *
     * @param fromDepartmentId out of whose envelope; null: out of what is in none
     * @param toDepartmentId into whose envelope; null: into none
     */
    record MovePoolPoints(
            UUID distributionId,
            UUID tenantId,
            @Nullable UUID fromDepartmentId,
            @Nullable UUID toDepartmentId,
            @Within.Any long amount)
            implements PoolCommand {

        public MovePoolPoints {
            if (Objects.equals(fromDepartmentId, toDepartmentId)) {
                throw new IllegalArgumentException("from_department_id and to_department_id must differ");
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
     * @param departmentId the department into whose envelope they go; null: into none, or, if they name a debit, into the one that it took
     *     them out of
     */
    record ReturnToPool(
            UUID distributionId,
            UUID tenantId,
            UUID fromUserId,
            @Within.Any long amount,
            @Nullable UUID debitId,
            @Nullable ReturnOrigin origin,

            @Within(min = 1, max = DatedPoints.MOST_LOTS) @Nullable
            List<DatedPoints> lots,

            @Nullable UUID departmentId)
            implements PoolCommand {

        public ReturnToPool {
            DatedPoints.requireWithin(lots, amount);
        }

        /** Into no department's envelope, unless the debit took them out of one. */
        public ReturnToPool(
                UUID distributionId,
                UUID tenantId,
                UUID fromUserId,
                long amount,
                @Nullable UUID debitId,
                @Nullable ReturnOrigin origin,
                @Nullable List<DatedPoints> lots) {
            this(distributionId, tenantId, fromUserId, amount, debitId, origin, lots, null);
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
