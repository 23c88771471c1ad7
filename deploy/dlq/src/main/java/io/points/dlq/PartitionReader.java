package io.points.dlq;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads one partition as somebody who belongs to no group: what was read leaves no trace. */
final class PartitionReader implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Bytes; the launcher has a small heap. */
    private static final int FETCHED_AT_ONCE = 4 << 20;

    private final TopicPartition partition;
    private final KafkaConsumer<byte[], byte[]> consumer;

    PartitionReader(KafkaAccess kafka, String topic, int partition) {
        this(kafka, topic, partition, 500);
    }

    /** Where records may stand that are too large to be held beside others. */
    static PartitionReader oneByOne(KafkaAccess kafka, String topic, int partition) {
        return new PartitionReader(kafka, topic, partition, 1);
    }

    private PartitionReader(KafkaAccess kafka, String topic, int partition, int atOnce) {
        this.partition = new TopicPartition(topic, partition);
        consumer = new KafkaConsumer<>(
                kafka.and(Map.of(
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                        FETCHED_AT_ONCE,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        atOnce,
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false,
                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        kafka.settings().getOrDefault(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int)
                                PATIENCE.toMillis()))),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(List.of(this.partition));
    }

    /** The lowest offset that is still kept. */
    long begin() {
        return consumer.beginningOffsets(List.of(partition)).get(partition);
    }

    /** The offset that the next record will get. */
    long end() {
        return consumer.endOffsets(List.of(partition)).get(partition);
    }

    int partitionsOfTopic() {
        return consumer.partitionsFor(partition.topic()).size();
    }

    /** Reads what stands there now, until {@code goesOn} says that it is enough. */
    void read(long from, Predicate<ConsumerRecord<byte[], byte[]>> goesOn) {
        long end = end();
        consumer.seek(partition, Math.max(from, begin()));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (consumer.position(partition) < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                deadline = System.nanoTime() + PATIENCE.toNanos();
                if (record.offset() >= end || !goesOn.test(record)) {
                    return;
                }
            }
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("no record of " + partition + " came for " + PATIENCE.toSeconds() + " s");
            }
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
