package io.points.platform.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.points.contract.Topic;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record's original position, however often it was replayed.
 *
 * @param attempt 1 originally, incremented with each replay
 */
record RecordOrigin(String topic, int partition, long offset, int attempt) {

    /** Only the headers of a replayed record are trusted; without a valid position in them, its own position is the original. */
    static RecordOrigin of(ConsumerRecord<String, byte[]> record) {
        var here = new RecordOrigin(record.topic(), record.partition(), record.offset(), 1);
        if (!Topic.isReplays(record.topic())) {
            return here;
        }
        var topic = header(record, "dlq_topic");
        if (!topic.equals(record.topic()) && !topic.equals(Topic.original(record.topic()))) {
            return here;
        }
        try {
            return new RecordOrigin(
                    topic,
                    Integer.parseInt(header(record, "dlq_partition")),
                    Long.parseLong(header(record, "dlq_offset")),
                    attempt(record) + 1);
        } catch (NumberFormatException e) {
            return here;
        }
    }

    /** Letters from before attempts were counted have none: it is the first. */
    private static int attempt(ConsumerRecord<String, byte[]> record) {
        var attempt = header(record, "dlq_attempt");
        return attempt.isEmpty() ? 1 : Integer.parseInt(attempt);
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
    }
}
