package io.points.dlq;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * One dead letter. Its headers {@code dlq_…} are written by the service; those of a letter put there by hand may be
 * missing.
 *
 * @param value what is kept of the value, at most 64 KiB
 */
record Letter(long offset, Instant time, byte[] key, List<Header> headers, byte[] value) {
    /** On a replayed record: which letter it is. */
    static final String LETTER = "dlq_letter";

    /** On the letter of a record that nobody has read. */
    static final String SKIPPED = "dlq_skipped";

    static final String MARK = "dlq_";
    static final String ATTEMPT = "dlq_attempt";
    static final String REPLAY_OFFSET = "dlq_replay_offset";
    static final String TOPIC = "dlq_topic";
    static final String PARTITION = "dlq_partition";
    static final String OFFSET = "dlq_offset";

    /** Where the record first stood. */
    record Origin(String topic, int partition, long offset) {
        @Override
        public String toString() {
            return topic + " partition " + partition + " offset " + offset;
        }
    }

    static Letter of(ConsumerRecord<byte[], byte[]> record) {
        return new Letter(
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                record.key(),
                List.of(record.headers().toArray()),
                record.value() == null ? new byte[0] : record.value());
    }

    String reason() {
        return text("dlq_reason").orElse("unknown");
    }

    Optional<Origin> origin() {
        return text(TOPIC).flatMap(topic -> number(PARTITION)
                .filter(partition -> partition <= Integer.MAX_VALUE)
                .flatMap(partition -> number(OFFSET).map(offset -> new Origin(topic, partition.intValue(), offset))));
    }

    /** 1 for the first time that it could not be handled. */
    long attempt() {
        return number(ATTEMPT).orElse(1L);
    }

    /** Where the replayed record stood that came back as this letter. */
    Optional<Long> replayOffset() {
        return number(REPLAY_OFFSET);
    }

    /** Bytes of the whole value. */
    long length() {
        return number("dlq_value_length").orElse((long) value.length);
    }

    boolean isCut() {
        return length() > value.length;
    }

    /** Digest of the whole value. */
    Optional<String> sha256() {
        return text("dlq_value_sha256");
    }

    /** The headers that the record had before it became a letter. */
    Stream<Header> originalHeaders() {
        return headers.stream().filter(header -> !header.key().startsWith(MARK));
    }

    Optional<String> text(String name) {
        return headers.stream()
                .filter(header -> header.key().equals(name) && header.value() != null)
                .reduce((before, last) -> last)
                .map(header -> new String(header.value(), UTF_8));
    }

    Optional<Long> number(String name) {
        return text(name).filter(text -> text.matches("\\d{1,18}")).map(Long::valueOf);
    }
}
