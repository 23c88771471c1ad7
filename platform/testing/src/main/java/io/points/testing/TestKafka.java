package io.points.testing;

import io.points.contract.Envelope;
import io.points.contract.Headers;
import io.points.contract.Ids;
import io.points.contract.Message;
import io.points.contract.MessageJson;
import io.points.local.Service;
import io.points.local.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** The other services, as far as a test of one service needs them: writes to and reads from the real broker. */
public final class TestKafka implements AutoCloseable {

    private final String bootstrap = PointsTestResource.surroundings().kafkaBootstrap();
    private final KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap, "acks", "all"), new StringSerializer(), new ByteArraySerializer());

    private @Nullable Admin admin;

    /** Sends a message as its own service would, under that id, and waits until the broker has it. */
    public void send(UUID id, Message message) {
        send(id, message, Instant.now());
    }

    /** As above, about something that happened at that time. */
    public void send(UUID id, Message message, Instant time) {
        await(begin(id, message, time));
    }

    /** As above, without waiting: those of one tenant keep their order. */
    public Future<RecordMetadata> begin(UUID id, Message message, Instant time) {
        var envelope = new Envelope(
                id,
                message.type(),
                "test",
                message.subject().toString(),
                time,
                message.tenantId(),
                "00000000-0000-4000-8000-00000000000a",
                "platform-admin",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        return producer.send(new ProducerRecord<>(
                message.topic(),
                null,
                null,
                message.tenantId().toString(),
                bytes(MessageJson.write(message)),
                Headers.write(envelope)));
    }

    /** As above, under a new id. */
    public void send(Message message) {
        send(Ids.next(Instant.now()), message);
    }

    /**
     * Sends whatever bytes, to be wrong on purpose.
     *
     * @return where it stands
     */
    public RecordMetadata send(
            String topic,
            String key,
            org.apache.kafka.common.header.@Nullable Headers headers,
            byte @Nullable [] value) {
        return await(producer.send(new ProducerRecord<>(topic, null, null, key, value, headers)));
    }

    /** Waits until the broker has it. */
    public static RecordMetadata await(Future<RecordMetadata> sent) {
        try {
            return sent.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Everything on a topic at this moment. */
    public List<ConsumerRecord<String, byte[]>> read(String topic) {
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrap, "enable.auto.commit", "false"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var records = new ArrayList<ConsumerRecord<String, byte[]>>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
            return records;
        }
    }

    /**
     * The messages of one type and tenant on a topic, in the order of their partition. One that was sent more than once
     * under the same id, as is allowed, is listed once.
     */
    public <M extends Message> List<M> messages(String topic, Class<M> type, UUID tenant) {
        var seen = new HashSet<String>();
        return records(topic, type, tenant)
                .filter(record -> seen.add(String.valueOf(header(record, "ce_id"))))
                .map(record -> type.cast(message(record)))
                .toList();
    }

    /** As above, with every repetition. */
    public <M extends Message> List<M> deliveries(String topic, Class<M> type, UUID tenant) {
        return records(topic, type, tenant)
                .map(record -> type.cast(message(record)))
                .toList();
    }

    private Stream<ConsumerRecord<String, byte[]>> records(String topic, Class<?> type, UUID tenant) {
        return read(topic).stream()
                .filter(record -> type.getSimpleName().equals(header(record, Headers.TYPE))
                        && tenant.toString().equals(record.key()));
    }

    /** How many records of its topics this service has not acknowledged yet. */
    public synchronized long lag(Service reader) throws ExecutionException, InterruptedException {
        if (admin == null) {
            admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
        }
        return Topics.lag(admin, reader);
    }

    public static @Nullable String header(ConsumerRecord<String, byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static Message message(ConsumerRecord<String, byte[]> record) {
        try {
            return MessageJson.read(String.valueOf(header(record, Headers.TYPE)), record.value())
                    .orElseThrow();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ofSeconds(5));
        }
        producer.close(Duration.ofSeconds(5));
    }
}
