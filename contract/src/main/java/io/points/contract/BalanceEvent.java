package io.points.contract;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.UUID;

/** What stands in the tables of a service that holds balances, whatever its other events say, and how it is mended. */
public sealed interface BalanceEvent extends Message {

    /**
     * Balances of one tenant as their owner found them in its own tables, told now and then so that audit-service can
     * compare them with the movements it has heard of. It moves nothing.
     *
     * @param account what holds them: all of an event are of the same sort
     * @param balances 1 to 200
     */
    record BalanceAttested(
            UUID tenantId,
            Account account,
            @Within(min = 1, max = 200) List<AttestedBalance> balances) implements BalanceEvent {

        @Override
        @JsonIgnore
        public UUID subject() {
            return tenantId;
        }

        /** That of the movements, so that they come together. */
        @Override
        @JsonIgnore
        public String topic() {
            return switch (account) {
                case POOL, DEPARTMENT -> Topic.POOL_EVENTS;
                case BUDGET, EARNED -> Topic.WALLET_EVENTS;
            };
        }
    }

    /**
     * Two platform admins brought a wallet back to what its events add up to. For the events' sums it moves nothing; it
     * also makes up for entries before it that no event told of.
     *
     * @param account {@code budget} or {@code earned}
     * @param amount signed points of the ledger entry: what the ledger had too little
     * @param reason as the proposer said
     */
    record WalletAdjusted(
            UUID adjustmentId,
            UUID tenantId,
            UUID userId,
            Account account,
            @Within.Signed long amount,
            String reason,
            UUID proposedBy,
            UUID approvedBy,
            @Within.Numbered long walletEntry,
            @Within.Held long balanceAfter)
            implements BalanceEvent {

        @Override
        @JsonIgnore
        public UUID subject() {
            return adjustmentId;
        }

        @Override
        @JsonIgnore
        public String topic() {
            return Topic.WALLET_EVENTS;
        }
    }

    /**
     * One balance.
     *
     * @param holderId the member, the department, or the tenant for a pool
     * @param entryNumber the last ledger entry; 0 if there is none
     * @param storedBalance what the balance's own row says
     * @param sumOfEntries what its ledger adds up to, up to that entry
     */
    record AttestedBalance(
            UUID holderId,
            @Within.Any long entryNumber,
            @Within.Any long storedBalance,
            @Within.Any long sumOfEntries) {}
}
