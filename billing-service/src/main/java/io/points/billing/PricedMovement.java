package io.points.billing;

import io.points.messaging.Envelope;
import io.points.messaging.Ids;
import io.points.messaging.contract.BillingEvent.BillingEntryRecorded;
import io.points.messaging.contract.PoolEvent.PlatformMovement;
import io.points.messaging.contract.PoolEvent.PointsAllocated;
import io.points.messaging.contract.PoolEvent.PointsClawedBack;
import io.points.messaging.inbox.Received;
import java.math.BigInteger;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An allocation or a clawback with what it costs.
 *
 * @param entryId follows from the event's id, so that it is the same however often the event is read
 * @param points signed: positive for an allocation, negative for a clawback
 * @param amountMinor signed, in the currency's minor unit
 */
record PricedMovement(
        UUID entryId,
        Envelope envelope,
        PlatformMovement movement,
        String kind,
        long points,
        Price price,
        BigInteger amountMinor) {

    static final String ALLOCATION = "allocation";
    static final String CLAWBACK = "clawback";

    /** @throws IllegalArgumentException if its price or currency is none */
    static PricedMovement of(Received<PlatformMovement> received) {
        var movement = received.message();
        var isAllocation = movement instanceof PointsAllocated;
        var points = isAllocation ? movement.amount() : -movement.amount();
        var price = Price.of(movement.pricePerPoint(), movement.currency());
        return new PricedMovement(
                Ids.derive(received.envelope().id(), "BillingEntryRecorded"),
                received.envelope(),
                movement,
                isAllocation ? ALLOCATION : CLAWBACK,
                points,
                price,
                price.amountMinor(points));
    }

    UUID eventId() {
        return envelope.id();
    }

    @Nullable
    String referenceNote() {
        return movement instanceof PointsAllocated allocated ? allocated.referenceNote() : null;
    }

    @Nullable
    String reason() {
        return movement instanceof PointsClawedBack clawedBack ? clawedBack.reason() : null;
    }

    /** @throws ArithmeticException if the amount is beyond the event's 64 bits */
    BillingEntryRecorded recorded() {
        return new BillingEntryRecorded(
                entryId,
                movement.tenantId(),
                eventId(),
                kind,
                points,
                price.perPoint().toPlainString(),
                price.currency().getCurrencyCode(),
                amountMinor.longValueExact(),
                movement.poolVersion(),
                envelope.time());
    }
}
