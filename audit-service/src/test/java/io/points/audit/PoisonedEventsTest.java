package io.points.audit;

import static io.points.testing.TestKafka.bytes;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.contract.Envelope;
import io.points.contract.Headers;
import io.points.contract.Topic;
import io.points.testing.TestKafka;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever stands on a topic: the bad record is a dead letter with its reason, the next good one is recorded. */
@QuarkusTest
class PoisonedEventsTest extends AuditServiceTest {

    private static final int LONGEST_LETTER = 64 * 1024;
    private static final int HUGE = 900_000;

    private final Story story = new Story(tenant);

    @Test
    void notJson() {
        assertDeadLetter(headers(), bytes("points!"), "not JSON");
    }

    @Test
    void notAnObject() {
        assertDeadLetter(headers(), bytes("[1, 2]"), "not a JSON object");
    }

    @Test
    void notUtf8() {
        assertDeadLetter(headers(), new byte[] {'{', '"', (byte) 0xC3, '"', ':', '1', '}'}, "not JSON");
    }

    /** Two bytes for a letter that needs one: some readers take them, and the digest would be of other bytes. */
    @Test
    void utf8OfTheWrongLength() {
        assertDeadLetter(headers(), new byte[] {'{', '"', (byte) 0xC1, (byte) 0x81, '"', ':', '1', '}'}, "not UTF-8");
    }

    @Test
    void noValue() {
        assertDeadLetter(headers(), null, "no value");
    }

    @Test
    void noHeaders() {
        assertDeadLetter(new RecordHeaders(), bytes("{}"), "ce_specversion is missing");
    }

    @Test
    void noType() {
        assertDeadLetter(without("ce_type"), bytes("{}"), "ce_type is missing");
    }

    @Test
    void noTenant() {
        assertDeadLetter(without("ce_tenantid"), bytes("{}"), "ce_tenantid is missing");
    }

    @Test
    void aTimeBeyondTheCalendar() {
        var headers = without("ce_time");
        headers.add("ce_time", bytes("+999999999-12-31T23:59:59Z"));
        assertDeadLetter(headers, bytes("{}"), "ce_time");
    }

    @Test
    void theCharacterThatPostgresCannotHold() {
        assertDeadLetter(headers(), bytes("{\"note\": \"a\\u0000b\"}"), "unsupported Unicode escape sequence");
    }

    @Test
    void halfOfASurrogatePair() {
        assertDeadLetter(headers(), bytes("{\"note\": \"a\\ud800b\"}"), "invalid input syntax for type json");
    }

    @Test
    void aNumberBeyondTheDatabase() {
        assertDeadLetter(headers(), bytes("{\"n\": 1e999999}"), "cannot be handled");
    }

    @Test
    void aHugeText() {
        var letter = assertDeadLetter(headers(), bytes("x".repeat(HUGE)), "longer than");

        assertEquals(LONGEST_LETTER, letter.value().length);
        assertEquals(Integer.toString(HUGE), TestKafka.header(letter, "dlq_value_length"));
    }

    @Test
    void aHugeObject() {
        assertDeadLetter(headers(), bytes("{\"x\": \"" + "x".repeat(HUGE) + "\"}"), "longer than");
    }

    @Test
    void onEveryTopicItsOwnDeadLetters() {
        for (var topic :
                List.of(Topic.WALLET_EVENTS, Topic.BILLING_ENTRIES, Topic.BILLING_PERIODS, Topic.ALLOCATION_ALERTS)) {
            kafka.send(topic, tenant.toString(), headers(), bytes("points!"));
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> deadLetters(topic).size() == 1);
        }
        assertEquals(List.of(), deadLetters(Topic.POOL_EVENTS));
    }

    @Test
    void badOnesAmongGoodOnes() {
        for (int i = 1; i <= 60; i++) {
            if (i % 20 == 7) {
                kafka.send(Topic.POOL_EVENTS, tenant.toString(), headers(), bytes("{\"note\": \"\\u0000\"}"));
            } else {
                send(story.allocated(i));
            }
        }
        awaitRecords();

        assertEquals(57, records().getList("items").size());
        await().atMost(Duration.ofSeconds(20))
                .until(() -> deadLetters(Topic.POOL_EVENTS).size() == 3);
    }

    private ConsumerRecord<String, byte[]> assertDeadLetter(
            RecordHeaders headers, byte @Nullable [] value, String reason) {
        kafka.send(Topic.POOL_EVENTS, tenant.toString(), headers, value);
        send(story.allocated(1));
        awaitRecords();

        assertEquals(1, records().getList("items").size());
        await().atMost(Duration.ofSeconds(20))
                .until(() -> deadLetters(Topic.POOL_EVENTS).size() == 1);
        var letter = deadLetters(Topic.POOL_EVENTS).get(0);
        var given = String.valueOf(TestKafka.header(letter, "dlq_reason"));
        assertTrue(given.contains(reason), () -> "reason: " + given);
        return letter;
    }

    private List<ConsumerRecord<String, byte[]>> deadLetters(String topic) {
        return kafka.read(Topic.deadLetters(topic, "audit-service")).stream()
                .filter(letter -> tenant.toString().equals(letter.key()))
                .toList();
    }

    private RecordHeaders without(String name) {
        var headers = headers();
        headers.remove(name);
        return headers;
    }

    private RecordHeaders headers() {
        return (RecordHeaders) Headers.write(new Envelope(
                newId(), "PoolPainted", "test", tenant.toString(), Instant.now(), tenant, null, null, null));
    }
}
