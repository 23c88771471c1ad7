package io.points.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.contract.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalKafkaTest {
    @TempDir
    static Path folder;

    private static LocalKafka kafka;

    @BeforeAll
    static void provisionTwice() {
        kafka = new LocalKafka(folder.resolve("kafka"));
        kafka.start();
        Topics.provision(kafka.bootstrap());
        Topics.provision(kafka.bootstrap());
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void everyDeclaredTopicIsThereAndNoOther() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            assertEquals(Topics.all(), admin.listTopics().names().get());
            assertEquals(9 + 11 + 11, Topics.all().size());
            Map<String, TopicDescription> topics =
                    admin.describeTopics(Topics.all()).allTopicNames().get();
            topics.forEach((name, topic) -> assertEquals(
                    name.endsWith(".dlq") || name.endsWith(".replay") ? 1 : 12,
                    topic.partitions().size(),
                    name));
            assertEquals("604800000", retention(admin, Topic.POOL_COMMANDS));
            assertEquals("-1", retention(admin, Topic.POOL_EVENTS));
            assertEquals("-1", retention(admin, Topics.deadLetters(Topic.POOL_COMMANDS, Service.ALLOCATION)));
            assertEquals("-1", retention(admin, Topics.replays(Topic.POOL_COMMANDS, Service.ALLOCATION)));
        }
    }

    @Test
    void noTopicIsMadeByAccident() {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrap(), "max.block.ms", "2000"),
                new StringSerializer(),
                new StringSerializer())) {
            ExecutionException fault =
                    assertThrows(ExecutionException.class, () -> producer.send(new ProducerRecord<>("a.typo", "x"))
                            .get());
            assertInstanceOf(TimeoutException.class, fault.getCause());
        }
    }

    /** A megabyte on the wire would be forty in the memory of each of its readers, again and again. */
    @Test
    void whatIsLargeOnceItIsUnpackedIsRefused() throws Exception {
        String blanks = " ".repeat(40 << 20);
        for (String compression : List.of("gzip", "zstd")) {
            try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                    Map.of(
                            "bootstrap.servers",
                            kafka.bootstrap(),
                            "compression.type",
                            compression,
                            "max.request.size",
                            100 << 20,
                            "buffer.memory",
                            200L << 20),
                    new StringSerializer(),
                    new StringSerializer())) {
                for (String topic : List.of(Topic.POOL_EVENTS, Topic.POOL_COMMANDS, Topic.WALLET_EVENTS)) {
                    ExecutionException fault = assertThrows(
                            ExecutionException.class, () -> producer.send(new ProducerRecord<>(topic, 4, "key", blanks))
                                    .get(60, TimeUnit.SECONDS));
                    assertInstanceOf(RecordTooLargeException.class, fault.getCause(), compression);
                }
                producer.send(new ProducerRecord<>(Topic.AUDIT_ALERTS, 4, "key", "small"))
                        .get(30, TimeUnit.SECONDS);
            }
        }
        assertTrue(kafka.alive());
    }

    @Test
    void anAcknowledgedRecordSurvivesKillNine() throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrap(), "acks", "all"),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(Topic.POOL_EVENTS, 3, "key", "value"))
                    .get(30, TimeUnit.SECONDS);
        }
        kafka.kill();
        assertFalse(kafka.alive());

        kafka.restart();

        TopicPartition partition = new TopicPartition(Topic.POOL_EVENTS, 3);
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrap(), "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(Set.of(partition));
            ConsumerRecords<String, String> records = consumer.poll(Duration.ofSeconds(30));
            assertEquals(
                    List.of("value"),
                    records.records(partition).stream().map(one -> one.value()).toList());
        }
        assertTrue(kafka.alive());
    }

    @Test
    void whatNoConsumerHasReadYetIsToBeReadToo() throws Exception {
        long before = Topics.lag(kafka.bootstrap(), Service.BILLING);
        TopicPartition partition = new TopicPartition(Topic.AUDIT_COUNTS, 5);
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrap()), new StringSerializer(), new StringSerializer())) {
            for (String value : List.of("one", "two")) {
                producer.send(new ProducerRecord<>(partition.topic(), partition.partition(), "key", value))
                        .get(30, TimeUnit.SECONDS);
            }
        }
        assertEquals(before + 2, Topics.lag(kafka.bootstrap(), Service.BILLING));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            admin.alterConsumerGroupOffsets(Service.BILLING.module(), Map.of(partition, new OffsetAndMetadata(1)))
                    .all()
                    .get();
        }
        assertEquals(before + 1, Topics.lag(kafka.bootstrap(), Service.BILLING));
    }

    private static String retention(Admin admin, String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return admin.describeConfigs(Set.of(resource))
                .all()
                .get()
                .get(resource)
                .get("retention.ms")
                .value();
    }
}
