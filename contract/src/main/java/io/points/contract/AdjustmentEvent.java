package io.points.contract;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.UUID;

/**
 * What platform admins decide about mending a balance, told by its owner. Neither moves a point: an adjustment that is
 * approved is told as {@link PoolEvent.PoolAdjusted} or {@link BalanceEvent.WalletAdjusted}.
 */
public sealed interface AdjustmentEvent extends Message {

    UUID adjustmentId();

    /** What holds the balance. */
    Account account();

    @Override
    @JsonIgnore
    default UUID subject() {
        return adjustmentId();
    }

    /** That of the balance's movements. */
    @Override
    @JsonIgnore
    default String topic() {
        return account() == Account.POOL ? Topic.POOL_EVENTS : Topic.WALLET_EVENTS;
    }

    /**
     * A platform admin proposes to adjust a balance; another one has to approve.
     *
     * @param account {@code pool}, {@code budget} or {@code earned}
     * @param holderId the member, or the tenant for a pool
     * @param amount signed points that the ledger has too little; 0 if only the balance's row is wrong
     * @param reason as the proposer said
     * @param proposedBy the subject of their token
     */
    record AdjustmentProposed(
            UUID adjustmentId,
            UUID tenantId,
            Account account,
            UUID holderId,
            @Within.Signed long amount,
            String reason,
            UUID proposedBy)
            implements AdjustmentEvent {}

    /**
     * A proposal is set aside for good, by another platform admin or by whoever has made it.
     *
     * @param account {@code pool}, {@code budget} or {@code earned}
     * @param holderId the member, or the tenant for a pool
     * @param rejectedBy the subject of their token
     */
    record AdjustmentRejected(UUID adjustmentId, UUID tenantId, Account account, UUID holderId, UUID rejectedBy)
            implements AdjustmentEvent {}
}
