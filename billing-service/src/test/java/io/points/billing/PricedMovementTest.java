package io.points.billing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.points.messaging.Envelope;
import io.points.messaging.contract.PoolEvent.PlatformMovement;
import io.points.messaging.inbox.Received;
import java.math.BigInteger;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class PricedMovementTest {

    private static final UUID TENANT = UUID.randomUUID();

    @Test
    void anAllocationIsPositive() {
        var priced = priced(UUID.randomUUID(), Movements.allocated(TENANT, 50_000, 1));

        assertEquals("allocation", priced.kind());
        assertEquals(50_000, priced.points());
        assertEquals(BigInteger.valueOf(5_000_000), priced.amountMinor());
        assertEquals("PO-1", priced.referenceNote());
        assertNull(priced.reason());
    }

    @Test
    void aClawbackIsNegative() {
        var priced = priced(UUID.randomUUID(), Movements.clawedBack(TENANT, 5_000, 2));

        assertEquals("clawback", priced.kind());
        assertEquals(-5_000, priced.points());
        assertEquals(BigInteger.valueOf(-500_000), priced.amountMinor());
        assertNull(priced.referenceNote());
        assertEquals("unused", priced.reason());
    }

    @Test
    void theEntryIdFollowsFromTheEventId() {
        var movement = Movements.allocated(TENANT, 1, 1);
        var event = UUID.randomUUID();

        assertEquals(priced(event, movement).entryId(), priced(event, movement).entryId());
        assertNotEquals(
                priced(event, movement).entryId(),
                priced(UUID.randomUUID(), movement).entryId());
    }

    @Test
    void theAnnouncementSaysWhatTheEntrySays() {
        var event = UUID.randomUUID();
        var movement = Movements.allocated(TENANT, 3, "0.50", "KWD", "PO-2", 9);
        var priced = priced(event, movement);

        var announced = priced.recorded();

        assertEquals(priced.entryId(), announced.entryId());
        assertEquals(event, announced.sourceEventId());
        assertEquals(TENANT, announced.tenantId());
        assertEquals("allocation", announced.kind());
        assertEquals(3, announced.points());
        assertEquals("0.50", announced.unitPrice());
        assertEquals("KWD", announced.currency());
        assertEquals(1_500, announced.amountMinor());
        assertEquals(9, announced.poolVersion());
        assertEquals(priced.envelope().time(), announced.occurredAt());
    }

    @Test
    void anAmountBeyond64BitsIsNotAnnouncedAsAnotherOne() {
        var priced = priced(
                UUID.randomUUID(), Movements.allocated(TENANT, 1_000_000_000_000L, "92233720.36", "INR", "PO-3", 1));

        assertThrows(ArithmeticException.class, priced::recorded);
    }

    private static PricedMovement priced(UUID event, PlatformMovement movement) {
        var envelope = new Envelope(
                event,
                movement.type(),
                "allocation-service",
                movement.subject().toString(),
                Instant.parse("2026-11-23T10:00:00Z"),
                movement.tenantId(),
                null,
                null,
                null);
        return PricedMovement.of(
                new Received<>(envelope, movement, new ConsumerRecord<>(movement.topic(), 0, 0, "", new byte[0])));
    }
}
