package io.points.billing.movement;

import io.points.billing.Flow;
import io.points.billing.Price;
import io.points.messaging.Envelope;
import io.points.messaging.contract.Message;
import io.points.messaging.contract.PointsSource;
import io.points.messaging.contract.PoolEvent.BalanceTold;
import io.points.messaging.contract.PoolEvent.PlatformMovement;
import io.points.messaging.contract.PoolEvent.PointsAllocated;
import io.points.messaging.contract.PoolEvent.PointsClawedBack;
import io.points.messaging.contract.PoolEvent.PointsReturned;
import io.points.messaging.contract.PoolEvent.PoolDebitCancelled;
import io.points.messaging.contract.PoolEvent.PoolDebited;
import io.points.messaging.contract.PoolEvent.PoolRefunded;
import io.points.messaging.contract.WalletEvent.BudgetReturned;
import io.points.messaging.contract.WalletEvent.PointsAwarded;
import io.points.messaging.contract.WalletEvent.PointsDelegated;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Points that an event moved.
 *
 * @param points at least 1
 * @param subject the allocation, clawback or distribution; of an award of a batch, the batch whose debit it was
 * @param poolVersion number of the pool's ledger entry; null for what moved between wallets
 * @param balanceAfter points in the pool afterwards; null likewise
 * @param bill what it costs; null for what costs nothing
 */
record Movement(
        Envelope envelope,
        Flow flow,
        long points,
        UUID subject,
        @Nullable Long poolVersion,
        @Nullable Long balanceAfter,
        @Nullable Bill bill) {

    private static final long MOST = (1L << 53) - 1;
    private static final long MOST_BILLED = 1_000_000_000_000L;

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
     * @return empty if the event moves no points
     * @throws IllegalArgumentException if it moves a number of points, or at a price, that cannot be; the text names the field
     * @throws ArithmeticException if what it costs is beyond 64 bits
     */
    static Optional<Movement> of(Envelope envelope, Message event) {
        if (event instanceof PointsAllocated allocated) {
            return Optional.of(billed(
                    envelope,
                    Flow.ALLOCATED,
                    allocated,
                    allocated.referenceNote(),
                    allocated.poNumber(),
                    allocated.costCentre()));
        }
        if (event instanceof PointsClawedBack clawedBack) {
            return Optional.of(billed(envelope, Flow.CLAWED_BACK, clawedBack, clawedBack.reason(), null, null));
        }
        if (event instanceof PoolDebited debited) {
            return ofPool(envelope, Flow.DISTRIBUTED, debited.distributionId(), debited.amount(), debited);
        }
        if (event instanceof PoolDebitCancelled cancelled) {
            return back(envelope, cancelled.distributionId(), cancelled.refunded(), cancelled);
        }
        if (event instanceof PoolRefunded refunded) {
            return back(envelope, refunded.distributionId(), refunded.refunded(), refunded);
        }
        if (event instanceof PointsReturned returned) {
            return ofPool(envelope, Flow.RETURNED, returned.distributionId(), returned.amount(), returned);
        }
        return ofWallets(envelope, event);
    }

    private static Optional<Movement> ofWallets(Envelope envelope, Message event) {
        if (event instanceof PointsDelegated delegated) {
            return ofWallet(envelope, Flow.DELEGATED, delegated.distributionId(), delegated.amount());
        }
        if (event instanceof PointsAwarded awarded) {
            return awarded.source() == PointsSource.BUDGET
                    ? ofWallet(envelope, Flow.AWARDED_FROM_BUDGET, awarded.distributionId(), awarded.amount())
                    : ofWallet(
                            envelope,
                            Flow.AWARDED_FROM_POOL,
                            awarded.debitId() == null ? awarded.distributionId() : awarded.debitId(),
                            awarded.amount());
        }
        if (event instanceof BudgetReturned returned) {
            return ofWallet(envelope, Flow.BUDGET_RETURNED, returned.distributionId(), returned.amount());
        }
        return Optional.empty();
    }

    private static Movement billed(
            Envelope envelope,
            Flow flow,
            PlatformMovement movement,
            String description,
            @Nullable String poNumber,
            @Nullable String costCentre) {
        var price = Price.of(movement.pricePerPoint(), movement.currency());
        requireAmount("amount", movement.amount(), MOST_BILLED);
        // Refuses now what could not be told later, when a clawback's turn has come.
        price.amountMinor(movement.amount()).longValueExact();
        return new Movement(
                envelope,
                flow,
                movement.amount(),
                movement.allocationId(),
                movement.poolVersion(),
                movement.balanceAfter(),
                new Bill(price, description, poNumber, costCentre));
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
                null));
    }

    private static Optional<Movement> ofWallet(Envelope envelope, Flow flow, UUID subject, long points) {
        return Optional.of(
                new Movement(envelope, flow, requireAmount("amount", points, MOST), subject, null, null, null));
    }

    private static long requireAmount(String field, long points, long most) {
        if (points < 1 || points > most) {
            throw new IllegalArgumentException("%s: must be 1 to %s points, not %s".formatted(field, most, points));
        }
        return points;
    }
}
