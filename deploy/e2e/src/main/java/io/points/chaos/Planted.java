package io.points.chaos;

import static io.points.contract.Topic.ALLOCATION_ALERTS;
import static io.points.contract.Topic.AUDIT_ALERTS;
import static io.points.contract.Topic.AUDIT_CHECKPOINTS;
import static io.points.contract.Topic.AUDIT_COUNTS;
import static io.points.contract.Topic.BILLING_ENTRIES;
import static io.points.contract.Topic.BILLING_PERIODS;
import static io.points.contract.Topic.POOL_COMMANDS;
import static io.points.contract.Topic.POOL_EVENTS;
import static io.points.contract.Topic.WALLET_EVENTS;
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
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What the harness puts onto the topics: copies of messages, as a relay's re-send makes them, and poison. */
final class Planted {

    private static final int SHAPES = 7;
    private static final int HUGE = 100_000;
    private static final int GIANT = 40 << 20;

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
            case 5 -> {
                var tenant = UUID.randomUUID();
                envelope(headers, poison.topic());
                headers.remove("ce_tenantid");
                headers.add("ce_tenantid", tenant.toString().getBytes(UTF_8));
                value = absurd(poison.topic(), tenant).getBytes(UTF_8);
            }
            case 6 -> {
                requireThatTheBrokerRefuses(poison.topic());
                return;
            }
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

    /** All fields are there, and of their types; only what they say can never be. */
    private static String absurd(String topic, UUID tenant) {
        var id = UUID.randomUUID();
        return switch (topic) {
            case POOL_COMMANDS ->
                "{\"distribution_id\":\"%s\",\"tenant_id\":\"%s\",\"kind\":\"award\",\"amount\":5}"
                        .formatted("9".repeat(9_000), tenant);
            case POOL_EVENTS ->
                ("{\"distribution_id\":\"%s\",\"tenant_id\":\"%s\",\"kind\":\"award\",\"amount\":5,\"balance_after\":5,"
                                + "\"pool_version\":9223372036854775807}")
                        .formatted(id, tenant);
            case WALLET_EVENTS ->
                ("{\"distribution_id\":\"%1$s\",\"tenant_id\":\"%2$s\",\"source\":\"pool\",\"from_user_id\":\"%1$s\","
                                + "\"to_user_id\":\"%1$s\",\"amount\":9007199254740991,\"wallet_entry\":1,\"balance_after\":-5}")
                        .formatted(id, tenant);
            default ->
                "{\"tenant_id\":\"%s\",\"alert_id\":\"%s\",\"kind\":\"%s\"}".formatted(tenant, id, "x".repeat(9_000));
        };
    }

    /** Forty megabytes of blanks in as many kilobytes: whoever read it would need them all. */
    private void requireThatTheBrokerRefuses(String topic) {
        var settings = Map.<String, Object>of(
                "bootstrap.servers",
                bootstrap,
                "compression.type",
                "gzip",
                "max.request.size",
                2 * GIANT,
                "buffer.memory",
                4L * GIANT,
                "delivery.timeout.ms",
                "120000",
                "max.block.ms",
                "60000");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, UUID.randomUUID().toString(), new byte[GIANT]))
                    .get();
            throw new IllegalStateException(topic + " took a record that is " + GIANT + " bytes in memory");
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof RecordTooLargeException)) {
                throw new IllegalStateException(e.getCause());
            }
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
            case AUDIT_COUNTS -> "RecordsCounted";
            default -> throw new IllegalArgumentException("topic " + topic + " has no messages");
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
