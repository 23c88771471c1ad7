package io.points.platform.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.MeterRegistry;
import io.points.contract.Sha256;
import io.points.contract.Topic;
import io.points.platform.outbox.KafkaSender;
import io.points.platform.telemetry.LogIds;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Records that this consumer group could not decode or process, in {@code <topic>.<group>.dlq}: the value truncated to 64 KiB,
 * the original headers, and reason, origin and digest of the whole value in headers {@code dlq_…}. A replayed record
 * that fails again keeps its original position.
 */
@ApplicationScoped
public class DeadLetters {

    private static final Logger LOG = Logger.getLogger(DeadLetters.class);
    private static final int LONGEST_VALUE = 64 * 1024;
    private static final int LONGEST_HEADERS = 16 * 1024;
    private static final int LONGEST_REASON = 1_000;

    private final KafkaSender kafka;
    private final MeterRegistry metrics;
    private final String group;

    DeadLetters(
            KafkaSender kafka, MeterRegistry metrics, @ConfigProperty(name = "quarkus.application.name") String group) {
        this.kafka = kafka;
        this.metrics = metrics;
        this.group = group;
    }

    /** Completes when the letter is in Kafka; retries without limit, because the record must not be acknowledged earlier. */
    Uni<Void> send(ConsumerRecord<String, byte[]> origin, String reason) {
        var original = Topic.original(origin.topic());
        var value = origin.value() == null ? new byte[0] : origin.value();
        var shortReason = reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason;
        LogIds.of(origin.headers())
                .around(() -> LOG.errorf(
                        "Dead letter: %s partition %s offset %s: %s",
                        origin.topic(), origin.partition(), origin.offset(), shortReason));
        var headers = new RecordHeaders();
        int size = 0;
        for (var header : origin.headers()) {
            if (header.key().startsWith("dlq_")) {
                continue;
            }
            size += header.key().length() + (header.value() == null ? 0 : header.value().length);
            if (size <= LONGEST_HEADERS) {
                headers.add(header);
            }
        }
        var first = RecordOrigin.of(origin);
        put(headers, "dlq_reason", shortReason);
        put(headers, "dlq_topic", first.topic());
        put(headers, "dlq_partition", Integer.toString(first.partition()));
        put(headers, "dlq_offset", Long.toString(first.offset()));
        put(headers, "dlq_attempt", Integer.toString(first.attempt()));
        put(headers, "dlq_value_length", Integer.toString(value.length));
        put(headers, "dlq_value_sha256", Sha256.hex(value));
        if (Topic.isReplays(origin.topic())) {
            put(headers, "dlq_replay_offset", Long.toString(origin.offset()));
        }
        return Uni.createFrom()
                .deferred(() -> kafka.send(
                        Topic.deadLetters(original, group),
                        key(origin),
                        headers,
                        Arrays.copyOf(value, Math.min(value.length, LONGEST_VALUE))))
                .onFailure()
                .invoke(failure -> LOG.warnf("A dead letter could not be published and will be retried: %s", failure))
                .onFailure()
                .retry()
                .withBackOff(Duration.ofMillis(200), Duration.ofSeconds(3))
                .indefinitely()
                .invoke(() -> metrics.counter("points_inbox_dead_letters", "topic", original)
                        .increment());
    }

    private static void put(RecordHeaders headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }

    private static String key(ConsumerRecord<String, byte[]> origin) {
        var key = origin.key();
        return key == null ? "" : key.substring(0, Math.min(key.length(), LONGEST_REASON));
    }
}
