package io.points.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.points.contract.Topic;
import io.points.dlq.DeadLetterQueue;
import io.points.local.Service;
import io.points.local.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All four services by their certificates, on a broker that allows what the manifests allow: each can do all that it has to,
 * and whoever is no service cannot do more than it should.
 */
class SecuredKafkaIT {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static final List<Pod> PODS = new ArrayList<>();
    private static SecuredKafka kafka;
    /** May do everything. */
    private static Admin admin;

    private static Surroundings surroundings;

    @BeforeAll
    static void start() throws Exception {
        kafka = SecuredKafka.start(folder, Manifests.of("prod"));
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()));
        surroundings = Surroundings.with(kafka, folder);
        List<Pod> migrations = new ArrayList<>();
        try {
            for (Service service : Service.values()) {
                migrations.add(Pod.migrating(service, folder, surroundings.ofMigration(service)));
            }
            for (Pod migration : migrations) {
                assertEquals(0, migration.awaitEnd(), migration::said);
            }
        } finally {
            migrations.forEach(Pod::close);
        }
        for (Service service : Service.values()) {
            PODS.add(Pod.serving(service, folder, surroundings.ofServing(service)));
        }
        PODS.forEach(Pod::awaitReady);
    }

    @AfterAll
    static void stop() {
        PODS.forEach(Pod::stop);
        PODS.forEach(Pod::close);
        surroundings.close();
        admin.close();
        kafka.close();
    }

    /** What cannot be read becomes a letter of each group that reads its topic, by which one sees that it does. */
    @Test
    void everyServiceReadsItsTopicsAndWritesItsDeadLetters() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrap()), new ByteArraySerializer(), new ByteArraySerializer())) {
            Set<String> topics = new TreeSet<>();
            for (DeadLetterQueue queue : DeadLetterQueue.all()) {
                topics.add(queue.topic());
                topics.add(queue.replays());
            }
            for (String topic : topics) {
                producer.send(new ProducerRecord<>(topic, "no message".getBytes(StandardCharsets.UTF_8)))
                        .get();
            }
        }
        for (DeadLetterQueue queue : DeadLetterQueue.all()) {
            Awaitility.await(queue.name()).atMost(LONGEST).until(() -> end(queue.name()) == 2);
        }
        for (Pod pod : PODS) {
            Awaitility.await().atMost(LONGEST).until(() -> pod.metrics().contains("points_dead_letters_waiting{"));
        }
    }

    /** A rule calls somebody before they end. */
    @Test
    void everyServiceShowsUntilWhenItsCertificatesAreValid() {
        for (Pod pod : PODS) {
            String metrics = pod.metrics();
            for (String certificate : List.of("kafka-user", "kafka-ca", "database-ca", "keycloak-ca")) {
                assertTrue(
                        metrics.contains(
                                "points_certificate_expiry_timestamp_seconds{certificate=\"" + certificate + "\""),
                        metrics);
            }
        }
    }

    /** Whatever stands in a service's outbox goes to its topics. */
    @Test
    void everyServiceWritesItsTopics() throws Exception {
        for (Service service : Service.values()) {
            for (String topic : writtenBy(service)) {
                long before = sumOfEnds(admin, topic, Topics.PARTITIONS);
                surroundings.tell(service, """
                        insert into outbox (event_id, topic, type, subject, occurred_at, tenant_id, payload)
                        values ('%s', '%s', 'Test', 'x', now(), '%s', '{}')""".formatted(UUID.randomUUID(), topic, UUID.randomUUID()));
                Awaitility.await(topic)
                        .atMost(LONGEST)
                        .until(() -> sumOfEnds(admin, topic, Topics.PARTITIONS) > before);
            }
        }
        for (Service service : Service.values()) {
            Awaitility.await().atMost(LONGEST).until(() -> "0"
                    .equals(surroundings.ask(service, "select count(*)::text from outbox")));
        }
    }

    /** Only by asking the broker how much there is to be heard is it known that no event tells of the entry. */
    @Test
    void anEntryThatWasInsertedWithItsBalanceIsReported() throws Exception {
        UUID tenant = UUID.randomUUID();
        UUID user = UUID.randomUUID();
        surroundings.tell(Service.DISTRIBUTION, """
                insert into wallets (tenant_id, user_id, kind, balance, entry_number) values ('%1$s', '%2$s', 'earned', 500, 1);
                insert into wallet_ledger (tenant_id, user_id, kind, entry_number, amount, balance_after, distribution_id, event_id,
                                           created_at)
                values ('%1$s', '%2$s', 'earned', 1, 500, 500, gen_random_uuid(), gen_random_uuid(), now());
                update attestation_round set due_at = now()""".formatted(tenant, user));
        Awaitility.await().atMost(LONGEST).until(() -> surroundings
                .ask(Service.AUDIT, "select count(*)::text from audit_alert_log where tenant_id = '" + tenant + "'")
                .equals("1"));
        assertEquals(
                "entry-missing",
                surroundings.ask(Service.AUDIT, "select kind from audit_alert_log where tenant_id = '" + tenant + "'"));
        Pod audit = PODS.get(Service.AUDIT.ordinal());
        Awaitility.await().atMost(LONGEST).until(() -> audit.metrics().contains("points_ledger_imbalance 500.0"));
    }

    @Test
    void financeReadsBillingEntriesAndNothingElse() {
        read("finance", "finance-ledger", Topic.BILLING_ENTRIES);
        for (String topic : Topics.all()) {
            if (!topic.equals(Topic.BILLING_ENTRIES)) {
                assertThrows(AuthorizationException.class, () -> read("finance", "finance-ledger", topic), topic);
            }
        }
        assertThrows(AuthorizationException.class, () -> read("finance", "audit-service", Topic.BILLING_ENTRIES));
        assertThrows(AuthorizationException.class, () -> write("finance", Topic.BILLING_ENTRIES));
        read("auditor", "auditor-1", Topic.AUDIT_CHECKPOINTS);
        assertThrows(AuthorizationException.class, () -> read("auditor", "auditor-1", Topic.BILLING_ENTRIES));
    }

    @Test
    void oneServiceCannotWriteForAnother() {
        assertThrows(AuthorizationException.class, () -> write("distribution-service", Topic.POOL_EVENTS));
        assertThrows(AuthorizationException.class, () -> write("allocation-service", Topic.POOL_COMMANDS));
        assertThrows(AuthorizationException.class, () -> write("billing-service", Topic.AUDIT_CHECKPOINTS));
    }

    private static boolean isMessage(String line) {
        try {
            return new ObjectMapper().readTree(line).path("message").isTextual();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    @Test
    void everyLineOfAPodsLogIsJson() {
        for (Pod pod : PODS) {
            List<String> lines = pod.said().lines().toList();
            assertFalse(lines.isEmpty());
            assertEquals(
                    List.of(), lines.stream().filter(line -> !isMessage(line)).toList());
        }
    }

    @Test
    void kedaSeesTheLag() throws Exception {
        try (Admin keda = Admin.create(kafka.clientOf("kafka-lag"))) {
            for (Service service : Service.values()) {
                keda.listConsumerGroupOffsets(service.module())
                        .partitionsToOffsetAndMetadata()
                        .get();
            }
            assertTrue(sumOfEnds(keda, Topic.POOL_EVENTS, Topics.PARTITIONS) >= 0);
        }
        assertThrows(AuthorizationException.class, () -> read("kafka-lag", "audit-service", Topic.POOL_EVENTS));
    }

    private static List<String> writtenBy(Service service) {
        return Manifests.each(
                        Manifests.of("prod").one("KafkaUser", service.module()).at("/spec/authorization/acls"))
                .filter(acl -> Manifests.each(acl.path("operations")).anyMatch(one -> "Write".equals(one.asText())))
                .map(acl -> acl.at("/resource/name").asText())
                .filter(topic -> !topic.endsWith(".dlq"))
                .toList();
    }

    private static void read(String user, String group, String topic) {
        Map<String, Object> settings = new HashMap<>(kafka.clientOf(user));
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            consumer.position(partition);
            consumer.poll(Duration.ofMillis(500));
            consumer.committed(Set.of(partition));
        }
    }

    private static void write(String user, String topic) throws Exception {
        Map<String, Object> settings = new HashMap<>(kafka.clientOf(user));
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, new byte[0])).get();
        } catch (ExecutionException e) {
            throw (Exception) e.getCause();
        }
    }

    /** Of a topic with one partition. */
    private static long end(String topic) throws Exception {
        return sumOfEnds(admin, topic, 1);
    }

    private static long sumOfEnds(Admin admin, String topic, int partitions) throws Exception {
        return admin
                .listOffsets(IntStream.range(0, partitions)
                        .mapToObj(partition -> new TopicPartition(topic, partition))
                        .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest())))
                .all()
                .get()
                .values()
                .stream()
                .mapToLong(ListOffsetsResultInfo::offset)
                .sum();
    }
}
