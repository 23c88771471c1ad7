package io.points.e2e;

import io.points.local.Service;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The topics, read from their beginning by somebody who belongs to no service. */
public final class Topics {

    private final String bootstrap;

    /** The topics of this broker, {@code host:port}. */
    public Topics(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    /** Everything on a topic at this moment, partition by partition in order. */
    public void each(String topic, Consumer<ConsumerRecord<String, byte[]>> reader) {
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        "bootstrap.servers", bootstrap, "enable.auto.commit", "false", "max.poll.records", "5000"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200)).forEach(reader);
            }
        }
    }

    /** The ids of the messages of those types, or of all if there are none named; a repeated message counts once. */
    public Set<String> ids(String topic, String... types) {
        var wanted = Set.of(types);
        var ids = new HashSet<String>();
        each(topic, record -> {
            var type = header(record, "ce_type");
            if (type != null && !isPlanted(record) && (wanted.isEmpty() || wanted.contains(type))) {
                ids.add(header(record, "ce_id"));
            }
        });
        return ids;
    }

    /** The header that marks a record which a fault harness has planted and no service has written. */
    public static final String PLANTED = "planted";

    /** Whether a fault harness has planted it. */
    public static boolean isPlanted(ConsumerRecord<?, ?> record) {
        return record.headers().lastHeader(PLANTED) != null;
    }

    /** A header's text, or null if there is none. */
    public static String header(ConsumerRecord<?, ?> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** How many records of its topics this service has not acknowledged yet. */
    public long lag(Service reader) {
        try {
            return io.points.local.Topics.lag(bootstrap, reader);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
