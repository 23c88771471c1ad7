package io.points.platform.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.contract.Topic;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class RecordOriginTest {

    private static final String TOPIC = Topic.POOL_EVENTS;
    private static final String REPLAYS = Topic.replays(TOPIC, "audit-service");

    @Test
    void aReplayedRecordKeepsItsFirstPlaceAndCountsTheAttempt() {
        assertEquals(
                new RecordOrigin(TOPIC, 3, 70, 5),
                of(REPLAYS, Map.of("dlq_topic", TOPIC, "dlq_partition", "3", "dlq_offset", "70", "dlq_attempt", "4")));
    }

    @Test
    void aLetterFromBeforeAttemptsWereCountedWasTheFirst() {
        assertEquals(
                new RecordOrigin(TOPIC, 3, 70, 2),
                of(REPLAYS, Map.of("dlq_topic", TOPIC, "dlq_partition", "3", "dlq_offset", "70")));
    }

    @Test
    void aRecordThatWasNotReplayedIsNotBelieved() {
        assertEquals(
                new RecordOrigin(TOPIC, 1, 9, 1),
                of(TOPIC, Map.of("dlq_topic", TOPIC, "dlq_partition", "3", "dlq_offset", "70", "dlq_attempt", "4")));
    }

    @Test
    void withoutAUsablePlaceItsOwnIsTheFirst() {
        var here = new RecordOrigin(REPLAYS, 1, 9, 1);
        assertEquals(here, of(REPLAYS, Map.of()));
        assertEquals(here, of(REPLAYS, Map.of("dlq_topic", TOPIC, "dlq_partition", "x", "dlq_offset", "70")));
        assertEquals(here, of(REPLAYS, Map.of("dlq_topic", TOPIC, "dlq_partition", "3")));
        assertEquals(
                here, of(REPLAYS, Map.of("dlq_topic", Topic.WALLET_EVENTS, "dlq_partition", "3", "dlq_offset", "70")));
    }

    @Test
    void aLetterOfTheReplayTopicItselfFirstStoodThere() {
        assertEquals(
                new RecordOrigin(REPLAYS, 3, 70, 2),
                of(REPLAYS, Map.of("dlq_topic", REPLAYS, "dlq_partition", "3", "dlq_offset", "70")));
    }

    @Test
    void aHeaderWithoutAValueIsNone() {
        var record = new ConsumerRecord<>(REPLAYS, 1, 9, "key", new byte[0]);
        record.headers().add("dlq_topic", null);
        assertEquals(new RecordOrigin(REPLAYS, 1, 9, 1), RecordOrigin.of(record));
    }

    private static RecordOrigin of(String topic, Map<String, String> headers) {
        var record = new ConsumerRecord<>(topic, 1, 9, "key", new byte[0]);
        headers.forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return RecordOrigin.of(record);
    }
}
