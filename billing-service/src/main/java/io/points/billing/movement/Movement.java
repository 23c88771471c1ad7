package io.points.billing.movement;

import io.points.billing.Flow;
import io.points.billing.Price;
import io.points.contract.Account;
import io.points.contract.AdjustmentEvent.AdjustmentProposed;
import io.points.contract.AdjustmentEvent.AdjustmentRejected;
import io.points.contract.BalanceEvent.BalanceAttested;
import io.points.contract.BalanceEvent.WalletAdjusted;
import io.points.contract.Cases;
import io.points.contract.ClosingEvent.BudgetsRecalled;
import io.points.contract.ClosingEvent.PeopleErased;
import io.points.contract.ClosingEvent.WalletsClosed;
import io.points.contract.Envelope;
import io.points.contract.MemberEvent.DepartmentChanged;
import io.points.contract.MemberEvent.MemberChanged;
import io.points.contract.MemberEvent.PersonalDataErased;
import io.points.contract.Message;
import io.points.contract.PointsSource;
import io.points.contract.PolicyEvent.AllowanceBoosted;
import io.points.contract.PolicyEvent.DatesExtended;
import io.points.contract.PolicyEvent.LimitReached;
import io.points.contract.PolicyEvent.PointsExpiring;
import io.points.contract.PolicyEvent.PolicyChanged;
import io.points.contract.PoolEvent.BalanceTold;
import io.points.contract.PoolEvent.ContractChanged;
import io.points.contract.PoolEvent.MonthlyBudgetChanged;
import io.points.contract.PoolEvent.PeopleErasureRequested;
import io.points.contract.PoolEvent.PlatformApprovalGiven;
import io.points.contract.PoolEvent.PlatformMovement;
import io.points.contract.PoolEvent.PlatformMovementDecided;
import io.points.contract.PoolEvent.PlatformMovementProposed;
import io.points.contract.PoolEvent.PointsAllocated;
import io.points.contract.PoolEvent.PointsClawedBack;
import io.points.contract.PoolEvent.PointsReturnSetAside;
import io.points.contract.PoolEvent.PointsReturned;
import io.points.contract.PoolEvent.PoolAdjusted;
import io.points.contract.PoolEvent.PoolDatesExtended;
import io.points.contract.PoolEvent.PoolDebitCancelled;
import io.points.contract.PoolEvent.PoolDebitRefused;
import io.points.contract.PoolEvent.PoolDebited;
import io.points.contract.PoolEvent.PoolExpired;
import io.points.contract.PoolEvent.PoolPointsExpiring;
import io.points.contract.PoolEvent.PoolPointsMoved;
import io.points.contract.PoolEvent.PoolRefunded;
import io.points.contract.PoolEvent.PoolReleased;
import io.points.contract.PoolEvent.PoolReservation;
import io.points.contract.PoolEvent.PoolReserved;
import io.points.contract.PoolEvent.PoolThresholdChanged;
import io.points.contract.PoolEvent.ScheduleChanged;
import io.points.contract.PoolEvent.ScheduleRan;
import io.points.contract.PoolEvent.TenantClosed;
import io.points.contract.PoolEvent.TenantClosing;
import io.points.contract.PoolEvent.TenantClosingCalledOff;
import io.points.contract.PoolEvent.TenantNamed;
import io.points.contract.PoolEvent.TenantReactivated;
import io.points.contract.PoolEvent.TenantRegistered;
import io.points.contract.PoolEvent.TenantSettingsChanged;
import io.points.contract.PoolEvent.TenantSuspended;
import io.points.contract.Topic;
import io.points.contract.WalletEvent.ApprovalGiven;
import io.points.contract.WalletEvent.AwardReversed;
import io.points.contract.WalletEvent.BatchAwarded;
import io.points.contract.WalletEvent.BatchUndone;
import io.points.contract.WalletEvent.BudgetReturned;
import io.points.contract.WalletEvent.DistributionCancelled;
import io.points.contract.WalletEvent.DistributionCancelling;
import io.points.contract.WalletEvent.DistributionCompensated;
import io.points.contract.WalletEvent.DistributionCompensating;
import io.points.contract.WalletEvent.DistributionHeld;
import io.points.contract.WalletEvent.DistributionRejected;
import io.points.contract.WalletEvent.DistributionReleased;
import io.points.contract.WalletEvent.DistributionRequested;
import io.points.contract.WalletEvent.EarnedReturned;
import io.points.contract.WalletEvent.PointsAwarded;
import io.points.contract.WalletEvent.PointsDelegated;
import io.points.contract.WalletEvent.PointsExpired;
import io.points.contract.WalletEvent.UndoDecided;
import io.points.contract.WalletEvent.UndoProposed;
import io.points.contract.WishEvent.WishDecided;
import io.points.contract.WishEvent.WishMade;
import java.math.BigInteger;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Points that an event moved, or an adjustment, which moves none but takes a version of the pool.
 *
 * @param points at least 1; of an adjustment 0
 * @param subject the allocation, clawback or distribution; of an award of a batch, the batch whose debit it was
 * @param poolVersion number of the pool's ledger entry; null for what moved between wallets
 * @param balanceAfter points in the pool afterwards; null likewise
 * @param bill what it costs; null for what costs nothing
 * @param adjustedBy signed points of an adjustment's entry in the pool's ledger; null for all else
 */
record Movement(
        Envelope envelope,
        Flow flow,
        long points,
        UUID subject,
        @Nullable Long poolVersion,
        @Nullable Long balanceAfter,
        @Nullable Bill bill,
        @Nullable Long adjustedBy) {

    private static final long MOST = (1L << 53) - 1;
    private static final long MOST_BILLED = 1_000_000_000_000L;

    private static final Function<Envelope, Optional<Movement>> NOTHING = envelope -> Optional.empty();

    /** What each event of a pool moves. */
    private static final Cases<Function<Envelope, Optional<Movement>>> OF_POOLS =
            Cases.<Function<Envelope, Optional<Movement>>>ofTopic(Topic.POOL_EVENTS)
                    .on(PointsAllocated.class, event -> envelope -> Optional.of(allocated(envelope, event)))
                    .on(
                            PointsClawedBack.class,
                            event -> envelope ->
                                    Optional.of(billed(envelope, Flow.CLAWED_BACK, event, event.reason(), null, null)))
                    .on(
                            PoolDebited.class,
                            event -> envelope ->
                                    ofPool(envelope, Flow.DISTRIBUTED, event.distributionId(), event.amount(), event))
                    .on(
                            PoolDebitCancelled.class,
                            event -> envelope -> back(envelope, event.distributionId(), event.refunded(), event))
                    .on(
                            PoolRefunded.class,
                            event -> envelope -> back(envelope, event.distributionId(), event.refunded(), event))
                    .on(
                            PointsReturned.class,
                            event -> envelope ->
                                    ofPool(envelope, Flow.RETURNED, event.distributionId(), event.amount(), event))
                    .on(PoolAdjusted.class, event -> envelope -> Optional.of(adjusted(envelope, event)))
                    .on(PoolReserved.class, event -> envelope -> reservation(envelope, Flow.POOL_RESERVED, event))
                    .on(PoolReleased.class, event -> envelope -> reservation(envelope, Flow.POOL_RELEASED, event))
                    .on(
                            PoolExpired.class,
                            event -> envelope ->
                                    ofPool(envelope, Flow.POOL_EXPIRED, event.expiryId(), event.amount(), event))
                    // What is agreed and who may do what: an allocation's event says all that it is billed by.
                    .each(
                            NOTHING,
                            TenantRegistered.class,
                            TenantNamed.class,
                            TenantSettingsChanged.class,
                            ScheduleChanged.class,
                            ScheduleRan.class,
                            TenantSuspended.class,
                            TenantReactivated.class,
                            TenantClosing.class,
                            TenantClosingCalledOff.class,
                            TenantClosed.class,
                            PeopleErasureRequested.class,
                            ContractChanged.class,
                            MonthlyBudgetChanged.class,
                            PoolThresholdChanged.class,
                            PoolPointsExpiring.class,
                            PoolDatesExtended.class)
                    // Refused or quarantined: nothing moved. An attestation covers earlier movements.
                    .each(NOTHING, PoolDebitRefused.class, PointsReturnSetAside.class, BalanceAttested.class)
                    // Departments' envelopes are within the pool: to the books, nothing moved.
                    .each(NOTHING, PoolPointsMoved.class)
                    // A clawback that two people decide about moves points by its reservation, its release and itself.
                    .each(
                            NOTHING,
                            PlatformMovementProposed.class,
                            PlatformApprovalGiven.class,
                            PlatformMovementDecided.class)
                    // Only an approved adjustment becomes an entry, published as PoolAdjusted.
                    .each(NOTHING, AdjustmentProposed.class, AdjustmentRejected.class)
                    .complete();

    /** What each event of distributions, wallets and members moves. */
    private static final Cases<Function<Envelope, Optional<Movement>>> OF_WALLETS =
            Cases.<Function<Envelope, Optional<Movement>>>ofTopic(Topic.WALLET_EVENTS)
                    .on(
                            PointsDelegated.class,
                            event -> envelope ->
                                    ofWallet(envelope, Flow.DELEGATED, event.distributionId(), event.amount()))
                    .on(PointsAwarded.class, event -> envelope -> awarded(envelope, event))
                    .on(
                            BudgetReturned.class,
                            event -> envelope ->
                                    ofWallet(envelope, Flow.BUDGET_RETURNED, event.distributionId(), event.amount()))
                    .on(
                            AwardReversed.class,
                            event -> envelope -> ofWallet(
                                    envelope,
                                    event.to() == PointsSource.BUDGET ? Flow.REVERSED_TO_BUDGET : Flow.REVERSED,
                                    event.distributionId(),
                                    event.amount()))
                    .on(
                            EarnedReturned.class,
                            event -> envelope ->
                                    ofWallet(envelope, Flow.EARNED_RETURNED, event.distributionId(), event.amount()))
                    .on(PointsExpired.class, event -> envelope -> expired(envelope, event))
                    .on(
                            DistributionHeld.class,
                            event -> envelope -> ofWallet(
                                    envelope,
                                    event.source() == PointsSource.BUDGET ? Flow.HELD_FROM_BUDGET : Flow.HELD,
                                    event.distributionId(),
                                    event.amount()))
                    .on(
                            DistributionReleased.class,
                            event -> envelope -> ofWallet(
                                    envelope,
                                    event.source() == PointsSource.BUDGET ? Flow.RELEASED_TO_BUDGET : Flow.RELEASED,
                                    event.distributionId(),
                                    event.amount()))
                    // In flight: the movement is published by the pool, or by the events above.
                    .each(
                            NOTHING,
                            DistributionRequested.class,
                            ApprovalGiven.class,
                            BatchAwarded.class,
                            BatchUndone.class,
                            UndoProposed.class,
                            UndoDecided.class,
                            DistributionRejected.class,
                            DistributionCancelling.class,
                            DistributionCancelled.class,
                            DistributionCompensating.class,
                            DistributionCompensated.class)
                    // A wallet is brought back to what its events add up to, and those are counted already.
                    .each(NOTHING, WalletAdjusted.class, BalanceAttested.class)
                    .each(NOTHING, AdjustmentProposed.class, AdjustmentRejected.class)
                    .each(NOTHING, MemberChanged.class, PersonalDataErased.class, DepartmentChanged.class)
                    .each(NOTHING, BudgetsRecalled.class, WalletsClosed.class, PeopleErased.class)
                    .each(
                            NOTHING,
                            PolicyChanged.class,
                            DatesExtended.class,
                            PointsExpiring.class,
                            LimitReached.class,
                            AllowanceBoosted.class,
                            WishMade.class,
                            WishDecided.class)
                    .complete();

    /**
     * What stands on a bill.
     *
     * @param description the allocation's reference note or the clawback's reason
     */
    record Bill(
            Price price,
            String description,
            @Nullable String poNumber,
            @Nullable String costCentre) {}

    UUID eventId() {
        return envelope.id();
    }

    UUID tenantId() {
        return envelope.tenantId();
    }

    /**
     * @return empty if the event moves no points and takes no version of the pool
     * @throws IllegalArgumentException if it moves a number of points, or at a price, that cannot be; the text names the field
     * @throws ArithmeticException if an allocation costs more than 2^53 - 1 minor units
     */
    static Optional<Movement> of(Envelope envelope, Message event) {
        var cases = event.topic().equals(Topic.POOL_EVENTS) ? OF_POOLS : OF_WALLETS;
        return cases.of(event).apply(envelope);
    }

    private static Movement allocated(Envelope envelope, PointsAllocated event) {
        var movement =
                billed(envelope, Flow.ALLOCATED, event, event.referenceNote(), event.poNumber(), event.costCentre());
        // A purchase is billed for this very amount. What a clawback gives back are purchases, whatever the price is by
        // then.
        if (price(event).amountMinor(event.amount()).compareTo(BigInteger.valueOf(MOST)) > 0) {
            throw new ArithmeticException("amount: costs more than 2^53-1 minor units, which nobody can allocate");
        }
        return movement;
    }

    /** It is no movement of points: see {@link Flow#ADJUSTED}. */
    private static Movement adjusted(Envelope envelope, PoolAdjusted event) {
        return new Movement(
                envelope,
                Flow.ADJUSTED,
                0,
                event.adjustmentId(),
                event.poolVersion(),
                event.balanceAfter(),
                null,
                event.amount());
    }

    private static Optional<Movement> awarded(Envelope envelope, PointsAwarded event) {
        return event.source() == PointsSource.BUDGET
                ? ofWallet(envelope, Flow.AWARDED_FROM_BUDGET, event.distributionId(), event.amount())
                : ofWallet(
                        envelope,
                        Flow.AWARDED_FROM_POOL,
                        event.debitId() == null ? event.distributionId() : event.debitId(),
                        event.amount());
    }

    private static Optional<Movement> reservation(Envelope envelope, Flow flow, PoolReservation event) {
        return ofPool(envelope, flow, event.reservationId(), event.amount(), event);
    }

    private static Optional<Movement> expired(Envelope envelope, PointsExpired event) {
        if (event.account() == Account.POOL) {
            throw new IllegalArgumentException("account: must be budget or earned, not pool");
        }
        var flow = event.account() == Account.BUDGET ? Flow.BUDGET_EXPIRED : Flow.EARNED_EXPIRED;
        return ofWallet(envelope, flow, event.distributionId(), event.amount());
    }

    private static Movement billed(
            Envelope envelope,
            Flow flow,
            PlatformMovement movement,
            String description,
            @Nullable String poNumber,
            @Nullable String costCentre) {
        requireAmount("amount", movement.amount(), MOST_BILLED);
        return new Movement(
                envelope,
                flow,
                movement.amount(),
                movement.allocationId(),
                movement.poolVersion(),
                movement.balanceAfter(),
                new Bill(price(movement), description, poNumber, costCentre),
                null);
    }

    private static Price price(PlatformMovement movement) {
        return Price.of(movement.pricePerPoint(), movement.currency());
    }

    /** An answer that moved nothing names no points. */
    private static Optional<Movement> back(Envelope envelope, UUID subject, long refunded, BalanceTold told) {
        return refunded == 0
                ? Optional.empty()
                : ofPool(envelope, Flow.REFUNDED, subject, requireAmount("refunded", refunded, MOST), told);
    }

    private static Optional<Movement> ofPool(
            Envelope envelope, Flow flow, UUID subject, long points, BalanceTold told) {
        return Optional.of(new Movement(
                envelope,
                flow,
                requireAmount("amount", points, MOST),
                subject,
                told.poolVersion(),
                told.balanceAfter(),
                null,
                null));
    }

    private static Optional<Movement> ofWallet(Envelope envelope, Flow flow, UUID subject, long points) {
        return Optional.of(
                new Movement(envelope, flow, requireAmount("amount", points, MOST), subject, null, null, null, null));
    }

    private static long requireAmount(String field, long points, long most) {
        if (points < 1 || points > most) {
            throw new IllegalArgumentException("%s: must be 1 to %s points, not %s".formatted(field, most, points));
        }
        return points;
    }
}
