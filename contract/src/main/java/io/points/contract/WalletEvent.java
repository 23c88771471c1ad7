package io.points.contract;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a distribution and the wallets, told by distribution-service. Amounts and balances are points.
 * {@code walletEntry} is the number of the wallet ledger entry: gap-free per wallet.
 */
public sealed interface WalletEvent extends Message {

    /** So many people must approve a distribution at most. */
    long MOST_LEVELS = 3;

    UUID distributionId();

    @Override
    @JsonIgnore
    default UUID subject() {
        return distributionId();
    }

    @Override
    @JsonIgnore
    default String topic() {
        return Topic.WALLET_EVENTS;
    }

    /** Accepted; the pool is asked. A batch goes to many, so {@code toUserId} is null. */
    record DistributionRequested(
            UUID distributionId,
            UUID tenantId,
            DistributionKind kind,
            UUID fromUserId,
            @Nullable UUID toUserId,
            @Within.Amount long amount)
            implements WalletEvent {}

    /** A lead's budget wallet was credited from the pool. */
    record PointsDelegated(
            UUID distributionId,
            UUID tenantId,
            UUID fromUserId,
            UUID toUserId,
            @Within.Amount long amount,
            @Within.Numbered long walletEntry,
            @Within.Held long balanceAfter,

            @Within(min = 1, max = DatedPoints.MOST_LOTS) @Nullable
            List<DatedPoints> lots)
            implements WalletEvent {

        /** Of which nothing is dated. */
        public PointsDelegated(
                UUID distributionId,
                UUID tenantId,
                UUID fromUserId,
                UUID toUserId,
                long amount,
                long walletEntry,
                long balanceAfter) {
            this(distributionId, tenantId, fromUserId, toUserId, amount, walletEntry, balanceAfter, null);
        }
    }

    /**
     * An employee's earned wallet was credited; from a budget, that wallet was debited in the same transaction.
     *
     * @param debitId the batch under whose id the pool was debited; null if it was debited under the distribution's own
     * @param expiresOn the last day on which they can be used, in the tenant's time zone; null if they stay for ever
     */
    record PointsAwarded(
            UUID distributionId,
            UUID tenantId,
            PointsSource source,
            UUID fromUserId,
            UUID toUserId,
            @Within.Amount long amount,
            @Within.Numbered long walletEntry,
            @Within.Held long balanceAfter,
            @Within.Numbered @Nullable Long budgetEntry,
            @Within.Held @Nullable Long budgetBalanceAfter,
            @Nullable UUID debitId,
            @Nullable LocalDate expiresOn)
            implements WalletEvent {}

    /**
     * The pool was debited for a batch and each of its receivers was credited: see their own events.
     *
     * @param receivers how many
     */
    record BatchAwarded(
            UUID distributionId,
            UUID tenantId,
            UUID fromUserId,
            @Within(min = 1, max = 10_000) long receivers,
            @Within.Amount long amount)
            implements WalletEvent {}

    /**
     * Points wait until people have approved that they are given. They have left the pool, or, in the same transaction, the budget.
     *
     * @param source where they come from
     * @param toUserId null of a batch, which goes to many
     * @param levels how many people must approve it
     * @param until when they come back, unless all of them have
     * @param budgetEntry null if they come from the pool, as the two after it
     * @param lots what of them is dated, in the budget, or in the pool that a delegation comes from
     */
    record DistributionHeld(
            UUID distributionId,
            UUID tenantId,
            DistributionKind kind,
            PointsSource source,
            UUID fromUserId,
            @Nullable UUID toUserId,
            @Within.Amount long amount,
            @Within(min = 1, max = MOST_LEVELS) long levels,
            Instant until,
            @Within.Numbered @Nullable Long budgetEntry,
            @Within.Held @Nullable Long budgetBalanceAfter,

            @Within(min = 1, max = DatedPoints.MOST_LOTS) @Nullable
            List<DatedPoints> lots)
            implements WalletEvent {}

    /**
     * One of the people whom it takes has approved it: the event's actor. It moves nothing.
     *
     * @param level counts them from 1
     */
    record ApprovalGiven(
            UUID distributionId,
            UUID tenantId,
            @Within(min = 1, max = MOST_LEVELS) long level) implements WalletEvent {}

    /**
     * Points that waited for approval are where they were before: on their way from the pool, or, in the same transaction, in the budget. What
     * follows moves them by itself: they are given, or go back.
     *
     * @param source where they came from
     * @param fromUserId who gives them
     * @param reason why they are not given; null if they are
     * @param budgetEntry null if they came from the pool, as the two after it
     * @param lots what of them is dated, in the budget, or in the pool that a delegation comes from
     */
    record DistributionReleased(
            UUID distributionId,
            UUID tenantId,
            PointsSource source,
            UUID fromUserId,
            @Within.Amount long amount,
            @Nullable RefusalReason reason,
            @Within.Numbered @Nullable Long budgetEntry,
            @Within.Held @Nullable Long budgetBalanceAfter,

            @Within(min = 1, max = DatedPoints.MOST_LOTS) @Nullable
            List<DatedPoints> lots)
            implements WalletEvent {}

    /** The deadline passed; the pool is asked to undo its debit. */
    record DistributionCancelling(
            UUID distributionId,
            UUID tenantId,
            DistributionKind kind,
            @Within.Amount long amount,
            RefusalReason reason) implements WalletEvent {}

    /** The wallet could not take the points; the pool is asked to take them back. */
    record DistributionCompensating(
            UUID distributionId,
            UUID tenantId,
            DistributionKind kind,
            @Within.Amount long amount,
            RefusalReason reason) implements WalletEvent {}

    /** The pool refused, or the budget did; nothing moved. It is over. */
    record DistributionRejected(
            UUID distributionId,
            UUID tenantId,
            DistributionKind kind,
            @Within.Amount long amount,
            RefusalReason reason) implements WalletEvent {}

    /** The pool has undone its debit, if there was one. It is over. */
    record DistributionCancelled(
            UUID distributionId,
            UUID tenantId,
            DistributionKind kind,
            @Within.Amount long amount,
            @Within(min = 0, max = Within.MOST_MOVED) long refunded,
            RefusalReason reason)
            implements WalletEvent {}

    /** The pool has the points again. It is over. */
    record DistributionCompensated(
            UUID distributionId,
            UUID tenantId,
            DistributionKind kind,
            @Within.Amount long amount,
            @Within(min = 0, max = Within.MOST_MOVED) long refunded,
            RefusalReason reason)
            implements WalletEvent {}

    /** A budget wallet was debited; the points are on their way to the pool. */
    record BudgetReturned(
            UUID distributionId,
            UUID tenantId,
            UUID fromUserId,
            @Within(min = 1, max = Within.MOST) long amount,
            @Within.Numbered long walletEntry,
            @Within.Held long balanceAfter,

            @Within(min = 1, max = DatedPoints.MOST_LOTS) @Nullable
            List<DatedPoints> lots)
            implements WalletEvent {

        /** Of which nothing is dated. */
        public BudgetReturned(
                UUID distributionId, UUID tenantId, UUID fromUserId, long amount, long walletEntry, long balanceAfter) {
            this(distributionId, tenantId, fromUserId, amount, walletEntry, balanceAfter, null);
        }
    }

    /**
     * An award was taken back: out of the wallet that has it, into the pool or, in the same transaction, into the budget that it came from.
     *
     * @param distributionId the reversal's own
     * @param awardId the distribution that is taken back
     * @param to where the points go: {@code pool} ones are on their way, and the pool tells when it has them
     * @param userId whose wallet they leave
     * @param amount what was there to be taken
     * @param missing what the wallet no longer held of the award; it stays where it has gone
     * @param budgetUserId whose budget gets them; null if they go to the pool, as the two after it
     * @param lots what of them is dated, where they go
     */
    record AwardReversed(
            UUID distributionId,
            UUID tenantId,
            UUID awardId,
            PointsSource to,
            UUID userId,
            @Within.Amount long amount,
            @Within(min = 0, max = Within.MOST_MOVED) long missing,
            @Within.Numbered long walletEntry,
            @Within.Held long balanceAfter,
            @Nullable UUID budgetUserId,
            @Within.Numbered @Nullable Long budgetEntry,
            @Within.Held @Nullable Long budgetBalanceAfter,

            @Within(min = 1, max = DatedPoints.MOST_LOTS) @Nullable
            List<DatedPoints> lots)
            implements WalletEvent {}

    /**
     * The awards of a batch were taken back, as far as their points were there: see their own events.
     *
     * @param distributionId the batch
     * @param reversed how many awards; those that were reversed before are not among them
     * @param amount points of them
     * @param missing points of the batch's awards that their wallets no longer held
     */
    record BatchUndone(
            UUID distributionId,
            UUID tenantId,
            @Within(min = 0, max = 10_000) long reversed,
            @Within(min = 0, max = Within.MOST_MOVED) long amount,
            @Within(min = 0, max = Within.MOST_MOVED) long missing)
            implements WalletEvent {}

    /**
     * Somebody wants an award or a batch to be taken back, and another person has to approve it. It moves nothing.
     *
     * @param distributionId the award or the batch
     * @param kind which of them it is
     * @param amount points of its awards that have not been taken back
     */
    record UndoProposed(
            UUID distributionId,
            UUID tenantId,
            UUID proposalId,
            DistributionKind kind,
            @Within.Amount long amount) implements WalletEvent {}

    /**
     * What became of the proposal to take an award or a batch back. It moves nothing: what follows from an approval tells of itself.
     *
     * @param distributionId the award or the batch
     */
    record UndoDecided(UUID distributionId, UUID tenantId, UUID proposalId, ProposalOutcome outcome)
            implements WalletEvent {}

    /**
     * Earned points have lapsed and are on their way to the pool.
     *
     * @param expiresOn the last day on which they could be used, in the tenant's time zone; null of all that a wallet held when its tenant was closed
     */
    record EarnedReturned(
            UUID distributionId,
            UUID tenantId,
            UUID userId,
            LapseReason reason,
            @Nullable LocalDate expiresOn,
            @Within(min = 1, max = Within.MOST) long amount,
            @Within.Numbered long walletEntry,
            @Within.Held long balanceAfter)
            implements WalletEvent {}

    /**
     * Points of a wallet have lapsed. Nobody has them any more.
     *
     * @param distributionId the lapse's own
     * @param account {@code budget} or {@code earned}
     * @param expiresOn the last day on which they could be used, in the tenant's time zone; null of all that a wallet held when its tenant was closed
     */
    record PointsExpired(
            UUID distributionId,
            UUID tenantId,
            UUID userId,
            Account account,
            LapseReason reason,
            @Nullable LocalDate expiresOn,
            @Within(min = 1, max = Within.MOST) long amount,
            @Within.Numbered long walletEntry,
            @Within.Held long balanceAfter)
            implements WalletEvent {}
}
