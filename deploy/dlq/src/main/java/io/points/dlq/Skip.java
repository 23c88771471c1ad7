package io.points.dlq;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Moves a group past a record whose value does not even fit into the memory of whoever reads it. The letters are written
 * first: if this ends in between, the group stands where it stood, and the same again writes them once more, which changes
 * nothing where they are replayed.
 */
final class Skip {
    private static final int CALL_MILLIS = 10_000;
    /** Bytes, as a service cuts them. */
    private static final int LONGEST_VALUE = 64 * 1024;

    private final KafkaAccess kafka;
    private final DeadLetterQueue queue;
    private final TopicPartition partition;

    Skip(KafkaAccess kafka, DeadLetterQueue queue, int partition) {
        this.kafka = kafka;
        this.queue = queue;
        this.partition = new TopicPartition(queue.topic(), partition);
    }

    /**
     * Skips one record.
     *
     * @return how many records before it, which the group had not taken either, became letters
     * @throws DlqException if the group still runs, or is past the record, or there is no such record
     */
    int past(long offset, String reason) {
        Map<String, Object> settings = kafka.and(Map.of(
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, CALL_MILLIS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, CALL_MILLIS));
        try (Admin admin = Admin.create(settings);
                PartitionReader records = PartitionReader.oneByOne(kafka, partition.topic(), partition.partition())) {
            requireStopped(admin);
            long from = Math.max(committed(admin), records.begin());
            requireAhead(offset, from, records.end());
            int before = write(records, from, offset, reason);
            get(admin.alterConsumerGroupOffsets(queue.group(), Map.of(partition, new OffsetAndMetadata(offset + 1)))
                    .all());
            return before;
        }
    }

    private void requireStopped(Admin admin) {
        try {
            int members = get(admin.describeConsumerGroups(List.of(queue.group()))
                            .all())
                    .get(queue.group())
                    .members()
                    .size();
            if (members > 0) {
                throw new DlqException("%s still reads, or died less than ten seconds ago: stop it, all its instances."
                        .formatted(queue.group()));
            }
        } catch (KafkaException e) {
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw e;
            }
        }
    }

    private long committed(Admin admin) {
        OffsetAndMetadata committed = get(admin.listConsumerGroupOffsets(queue.group())
                        .partitionsToOffsetAndMetadata())
                .get(partition);
        return committed == null ? 0 : committed.offset();
    }

    private void requireAhead(long offset, long from, long end) {
        if (offset < from || offset >= end) {
            throw new DlqException("%s has not to take offset %s of %s partition %s: %s"
                    .formatted(
                            queue.group(),
                            offset,
                            partition.topic(),
                            partition.partition(),
                            from == end
                                    ? "it has taken all."
                                    : "it stands at %s, and the last record is %s.".formatted(from, end - 1)));
        }
    }

    private int write(PartitionReader records, long from, long offset, String reason) {
        int[] before = {0};
        try (KafkaProducer<byte[], byte[]> letters = new KafkaProducer<>(
                kafka.and(Map.of(
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        CALL_MILLIS,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        CALL_MILLIS,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        2 * CALL_MILLIS)),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            if (from < offset) {
                records.read(from, record -> {
                    if (record.offset() < offset) {
                        get(letters.send(copy(record)));
                        before[0]++;
                    }
                    return record.offset() + 1 < offset;
                });
            }
            get(letters.send(unread(offset, reason)));
        }
        return before[0];
    }

    private ProducerRecord<byte[], byte[]> copy(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value() == null ? new byte[0] : record.value();
        RecordHeaders headers = new RecordHeaders();
        record.headers().forEach(headers::add);
        place(headers, record.offset(), "not taken before the record behind it was skipped");
        put(headers, "dlq_value_length", Integer.toString(value.length));
        put(headers, "dlq_value_sha256", Letters.sha256(value));
        return new ProducerRecord<>(
                queue.name(),
                0,
                null,
                record.key(),
                Arrays.copyOf(value, Math.min(value.length, LONGEST_VALUE)),
                headers);
    }

    private ProducerRecord<byte[], byte[]> unread(long offset, String reason) {
        RecordHeaders headers = new RecordHeaders();
        place(headers, offset, "skipped without being read: " + reason);
        put(headers, Letter.SKIPPED, "true");
        return new ProducerRecord<>(queue.name(), 0, null, new byte[0], new byte[0], headers);
    }

    private void place(RecordHeaders headers, long offset, String reason) {
        put(headers, "dlq_reason", reason);
        put(headers, Letter.TOPIC, partition.topic());
        put(headers, Letter.PARTITION, Integer.toString(partition.partition()));
        put(headers, Letter.OFFSET, Long.toString(offset));
        put(headers, Letter.ATTEMPT, "1");
    }

    private static void put(RecordHeaders headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get(2L * CALL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        } catch (ExecutionException e) {
            throw new KafkaException(e.getCause().getMessage(), e.getCause());
        } catch (java.util.concurrent.TimeoutException e) {
            throw new KafkaException("no answer within " + 2 * CALL_MILLIS + " ms", e);
        }
    }
}
