package io.points.billing;

import static io.points.billing.Movements.allocated;
import static io.points.billing.Movements.newId;
import static io.points.testing.TestKafka.bytes;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.contract.Envelope;
import io.points.contract.Headers;
import io.points.contract.MessageJson;
import io.points.contract.PoolEvent.PointsAllocated;
import io.points.contract.Topic;
import io.points.testing.TestKafka;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever stands on the topic: the bad record is a dead letter with its reason, the next good one is billed. */
@QuarkusTest
class PoisonedPoolEventsTest extends BillingServiceTest {

    private static final String DEAD_LETTERS = Topic.deadLetters(Topic.POOL_EVENTS, "billing-service");
    private static final int LONGEST_LETTER = 64 * 1024;
    private static final int HUGE = 900_000;

    @Test
    void notJson() {
        assertDeadLetter(headers("PointsAllocated"), bytes("points!"), "Unrecognized token");
    }

    @Test
    void noValue() {
        assertDeadLetter(headers("PointsAllocated"), null, "no value");
    }

    @Test
    void noHeaders() {
        assertDeadLetter(new RecordHeaders(), json(allocated(tenant, 1, 1)), "ce_specversion");
    }

    @Test
    void noType() {
        assertDeadLetter(without("ce_type"), json(allocated(tenant, 1, 1)), "ce_type is missing");
    }

    @Test
    void noId() {
        assertDeadLetter(without("ce_id"), json(allocated(tenant, 1, 1)), "ce_id is missing");
    }

    @Test
    void aMissingField() {
        assertDeadLetter(headers("PointsAllocated"), bytes("{\"tenant_id\": \"" + tenant + "\"}"), "allocation_id");
    }

    @Test
    void anotherTenantInTheBody() {
        assertDeadLetter(
                headers("PointsAllocated"),
                json(allocated(UUID.randomUUID(), 1, 1)),
                "differs from header ce_tenantid");
    }

    @Test
    void aHugeText() {
        var letter = assertDeadLetter(headers("PointsAllocated"), bytes("x".repeat(HUGE)), "longer than");

        assertEquals(LONGEST_LETTER, letter.value().length);
        assertEquals(Integer.toString(HUGE), TestKafka.header(letter, "dlq_value_length"));
    }

    @Test
    void aHugeNoteInAnEventThatIsFineOtherwise() {
        assertDeadLetter(withNote("x".repeat(HUGE)), "longer than");
    }

    @Test
    void theCharacterThatPostgresCannotHold() {
        assertDeadLetter(withNote("a\0b"), "0x00");
    }

    @Test
    void anAmountOfNothing() {
        assertDeadLetter(allocated(tenant, 0, 1), "amount: must be 1 to 1000000000000 points, not 0");
    }

    @Test
    void aCurrencyThatIsNone() {
        assertDeadLetter(allocated(tenant, 1, "1.00", "ZZZ", "PO-1", 1), "not a currency of ISO 4217: ZZZ");
    }

    @Test
    void aPriceThatIsNone() {
        assertDeadLetter(allocated(tenant, 1, "1E+999999999", "INR", "PO-1", 1), "not a price per point");
    }

    @Test
    void anAmountBeyond64Bits() {
        assertDeadLetter(allocated(tenant, 1_000_000_000_000L, "99999999.99", "INR", "PO-1", 1), "ArithmeticException");
    }

    @Test
    void aSecondEventForTheSamePoolVersion() {
        kafka.send(allocated(tenant, 1, 1));
        awaitEntry(1);

        assertDeadLetter(allocated(tenant, 2, 1), "the pool version is known already");
    }

    @Test
    void severalBadOnesAmongGoodOnes() {
        for (int version = 1; version <= 60; version++) {
            kafka.send(allocated(tenant, version % 20 == 7 ? 0 : 1, version));
        }
        awaitEntry(60);

        assertEquals(57, entries().getList("items").size());
        assertEquals(3, deadLetters().size());
    }

    @Test
    void anUnknownTypeIsSkipped() {
        kafka.send(Topic.POOL_EVENTS, tenant.toString(), headers("PoolPainted"), bytes("{}"));
        kafka.send(allocated(tenant, 1, 2));
        awaitEntry(2);

        assertEquals(List.of(), deadLetters());
    }

    private ConsumerRecord<String, byte[]> assertDeadLetter(PointsAllocated message, String reason) {
        return assertDeadLetter(headers("PointsAllocated"), json(message), reason);
    }

    private ConsumerRecord<String, byte[]> assertDeadLetter(
            RecordHeaders headers, byte @Nullable [] value, String reason) {
        kafka.send(Topic.POOL_EVENTS, tenant.toString(), headers, value);
        kafka.send(allocated(tenant, 1, 99));
        awaitEntry(99);

        await().atMost(Duration.ofSeconds(20)).until(() -> deadLetters().size() == 1);
        var letter = deadLetters().get(0);
        var given = String.valueOf(TestKafka.header(letter, "dlq_reason"));
        assertTrue(given.contains(reason), () -> "reason: " + given);
        assertEquals(Topic.POOL_EVENTS, TestKafka.header(letter, "dlq_topic"));
        return letter;
    }

    private List<ConsumerRecord<String, byte[]>> deadLetters() {
        return kafka.read(DEAD_LETTERS).stream()
                .filter(letter -> tenant.toString().equals(letter.key()))
                .toList();
    }

    private PointsAllocated withNote(String note) {
        return allocated(tenant, 1, "1.00", "INR", note, 1);
    }

    private static byte[] json(PointsAllocated message) {
        return bytes(MessageJson.write(message));
    }

    private RecordHeaders without(String name) {
        var headers = headers("PointsAllocated");
        headers.remove(name);
        return headers;
    }

    private RecordHeaders headers(String type) {
        return (RecordHeaders) Headers.write(new Envelope(
                newId(), type, "allocation-service", tenant.toString(), Instant.now(), tenant, null, null, null));
    }
}
