package io.points.chaos;

import static io.points.local.Topics.ALLOCATION_ALERTS;
import static io.points.local.Topics.AUDIT_ALERTS;
import static io.points.local.Topics.AUDIT_CHECKPOINTS;
import static io.points.local.Topics.BILLING_ENTRIES;
import static io.points.local.Topics.BILLING_PERIODS;
import static io.points.local.Topics.POOL_COMMANDS;
import static io.points.local.Topics.POOL_EVENTS;
import static io.points.local.Topics.WALLET_EVENTS;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.points.e2e.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What the harness puts onto the topics: copies of messages, as a relay's re-send makes them, and poison. */
final class Planted {

    private static final int SHAPES = 5;
    private static final int HUGE = 100_000;

    private final String bootstrap;

    Planted(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    /** Takes messages from somewhere in the topic and sends them again, unchanged, in another order. */
    void resend(Fault.Resend resend) {
        var random = new Random(resend.choice());
        var copies = new ArrayList<ConsumerRecord<String, byte[]>>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        "bootstrap.servers", bootstrap, "enable.auto.commit", "false", "max.poll.records", "200"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(resend.topic()).stream()
                    .map(partition -> new TopicPartition(resend.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            var ends = consumer.endOffsets(partitions);
            for (var partition : partitions) {
                consumer.seek(partition, (long) (random.nextDouble() * ends.get(partition)));
            }
            for (int i = 0; i < 20 && copies.size() < resend.messages(); i++) {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    if (!Topics.isPlanted(record) && copies.size() < resend.messages()) {
                        copies.add(record);
                    }
                }
            }
        }
        Collections.shuffle(copies, random);
        try (var producer = producer()) {
            for (var copy : copies) {
                producer.send(new ProducerRecord<>(copy.topic(), null, copy.key(), copy.value(), copy.headers()));
            }
        }
    }

    /** A record that every reader of the topic must set aside, and only that one. */
    void poison(Fault.Poison poison) {
        var headers = new RecordHeaders();
        byte[] value = "{}".getBytes(UTF_8);
        switch (poison.shape() % SHAPES) {
            case 0 -> value = "points!".getBytes(UTF_8);
            case 1 -> {
                envelope(headers, poison.topic());
                value = "not JSON".getBytes(UTF_8);
            }
            case 2 -> {
                envelope(headers, poison.topic());
                value = null;
            }
            case 3 -> {
                envelope(headers, poison.topic());
                value = ("{\"x\":\"" + "x".repeat(HUGE) + "\"}").getBytes(UTF_8);
            }
            default -> {
                envelope(headers, poison.topic());
                headers.remove("ce_time");
                headers.add("ce_time", "yesterday".getBytes(UTF_8));
            }
        }
        headers.add(Topics.PLANTED, "poison".getBytes(UTF_8));
        try (var producer = producer()) {
            producer.send(new ProducerRecord<>(
                            poison.topic(), null, UUID.randomUUID().toString(), value, headers))
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void envelope(RecordHeaders headers, String topic) {
        Map.of(
                        "ce_specversion",
                        "1.0",
                        "ce_id",
                        UUID.randomUUID().toString(),
                        "ce_type",
                        typeOn(topic),
                        "ce_source",
                        "chaos",
                        "ce_subject",
                        UUID.randomUUID().toString(),
                        "ce_time",
                        "2026-11-25T00:00:00Z",
                        "ce_tenantid",
                        UUID.randomUUID().toString())
                .forEach((name, text) -> headers.add(name, text.getBytes(UTF_8)));
    }

    /** A type that its reader knows, so that the record is refused for what is wrong with it. */
    private static String typeOn(String topic) {
        return switch (topic) {
            case POOL_COMMANDS -> "DebitPool";
            case POOL_EVENTS -> "PoolDebited";
            case ALLOCATION_ALERTS -> "BusinessAlertRaised";
            case WALLET_EVENTS -> "PointsAwarded";
            case BILLING_ENTRIES -> "BillingEntryRecorded";
            case BILLING_PERIODS -> "PeriodClosed";
            case AUDIT_CHECKPOINTS -> "RecordsSealed";
            case AUDIT_ALERTS -> "AlertRaised";
            default -> throw new IllegalArgumentException("no messages stand on " + topic);
        };
    }

    private KafkaProducer<String, byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", bootstrap,
                        "acks", "all",
                        "enable.idempotence", "true",
                        "delivery.timeout.ms", "120000",
                        "max.block.ms", "60000"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** What the topics must be read as: which positions hold poison. */
    static List<String> positions(Topics topics, String topic) {
        var positions = new ArrayList<String>();
        topics.each(topic, record -> {
            if (Topics.isPlanted(record)) {
                positions.add(record.topic() + "/" + record.partition() + "/" + record.offset());
            }
        });
        return positions;
    }
}
