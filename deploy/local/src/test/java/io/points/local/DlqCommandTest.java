package io.points.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.points.contract.Topic;
import io.points.dlq.DeadLetterQueue;
import io.points.dlq.Replay;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as a person runs them, against a real broker; a stand-in reads in a service's place. */
class DlqCommandTest {
    private static final int KEPT = 64 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static LocalKafka kafka;
    private static KafkaProducer<byte[], byte[]> producer;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final PrintStream usualOut = System.out;
    private final PrintStream usualErr = System.err;

    @BeforeAll
    static void start() {
        Ports ports = Ports.free();
        kafka = new LocalKafka(folder.resolve("kafka"), ports.kafka(), ports.kafkaController(), "256m", List.of());
        kafka.start();
        Topics.provision(kafka.bootstrap());
        new RunRecord(RunRecord.Recorded.of(ProcessHandle.current()), ports.base(), true, List.of()).writeTo(folder);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrap(), "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @AfterAll
    static void stop() {
        producer.close();
        kafka.close();
    }

    @BeforeEach
    void listen() {
        System.setOut(new PrintStream(out, true, UTF_8));
        System.setErr(new PrintStream(err, true, UTF_8));
    }

    @AfterEach
    void restore() {
        System.setOut(usualOut);
        System.setErr(usualErr);
    }

    @Test
    void aLetterIsSentOnceUnlessItIsNamed() throws Exception {
        DeadLetterQueue queue = new DeadLetterQueue(Topic.POOL_EVENTS, Service.BILLING.module());
        letter(queue, "good one", "good one".getBytes(UTF_8), 4711);
        letter(queue, "good two", "good two".getBytes(UTF_8), 4711);
        try (StandInReader reader = new StandInReader(kafka.bootstrap(), queue)) {
            assertEquals(0, dlq("replay", queue.name()));
            assertEquals("Replayed 2, of which 0 came back.\n", out());
            assertEquals(List.of("good one", "good two"), reader.values());

            assertEquals(0, dlq("replay", queue.name(), "--all"));
            assertEquals("Replayed 0: no letter waits in " + queue.name() + ".\n", out());
            assertEquals(List.of("good one", "good two"), reader.values());

            assertEquals(0, dlq("replay", queue.name(), "--offset", "1"));
            assertEquals("Replayed 1, of which 0 came back.\n", out());
            assertEquals(List.of("good one", "good two", "good two"), reader.values());

            ConsumerRecord<byte[], byte[]> first = reader.records().get(0);
            assertEquals("tenant", new String(first.key(), UTF_8));
            assertEquals("PointsAllocated", header(first, "ce_type"));
            assertEquals("4711", header(first, "dlq_offset"));
            assertEquals("1", header(first, "dlq_attempt"));
            assertEquals("0", header(first, "dlq_letter"));
            assertEquals(null, first.headers().lastHeader("dlq_reason"));
        }
        assertEquals(0, dlq("list"));
        assertTrue(out().contains("%-56s %7s %7s  -".formatted(queue.name(), 0, 2)), out());
    }

    @Test
    void anotherKafkaIsReachedByItsProperties() throws Exception {
        Path properties = folder.resolve("client.properties");
        Files.writeString(properties, "bootstrap.servers=" + kafka.bootstrap() + "\nsecurity.protocol=PLAINTEXT\n");
        assertEquals(0, Main.run("dlq", "list", "--kafka", properties.toString()));
        assertTrue(out().contains(new DeadLetterQueue(Topic.BILLING_ENTRIES, Service.AUDIT.module()).name()), out());
        String ofTheLauncher = out();
        out.reset();
        assertEquals(0, io.points.dlq.Main.run("list", "--kafka", properties.toString()));
        assertEquals(ofTheLauncher, out(), "the tool by itself says the same");
        Files.writeString(properties, "security.protocol=PLAINTEXT\n");
        assertEquals(1, Main.run("dlq", "list", "--kafka", properties.toString()));
    }

    @Test
    void whatFailsAgainIsToldWithItsReason() throws Exception {
        DeadLetterQueue queue = new DeadLetterQueue(Topic.POOL_EVENTS, Service.AUDIT.module());
        letter(queue, "bad", "bad".getBytes(UTF_8), 1);
        letter(queue, "good", "good".getBytes(UTF_8), 1);
        try (StandInReader reader = new StandInReader(kafka.bootstrap(), queue)) {
            assertEquals(1, dlq("replay", queue.name()));
            assertEquals("Replayed 2, of which 1 came back:\n  offset 2: still \\u001b[31mbad\n", out());
            assertEquals(2, reader.values().size());
        }
        assertEquals(0, dlq("list"));
        assertTrue(out().contains("%-56s %7s %7s  2".formatted(queue.name(), 1, 3)), out());
    }

    @Test
    void aCutValueIsTakenWholeFromItsOrigin() throws Exception {
        DeadLetterQueue queue = new DeadLetterQueue(Topic.WALLET_EVENTS, Service.AUDIT.module());
        byte[] whole = "good €".repeat(20_000).getBytes(UTF_8);
        RecordMetadata place = producer.send(new ProducerRecord<>(queue.topic(), 5, null, whole))
                .get();
        letter(queue, "whole", whole, place.offset());
        letter(queue, "another", Arrays.copyOf(whole, KEPT + 1), place.offset());
        try (StandInReader reader = new StandInReader(kafka.bootstrap(), queue)) {
            assertEquals(1, dlq("replay", queue.name()));
            assertEquals(
                    "Replayed 1, of which 0 came back.\n1 could not be replayed:\n"
                            + "  offset 1: its value was cut, and the record at its origin has another digest\n",
                    out());
            assertEquals(List.of(new String(whole, UTF_8)), reader.values());
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            admin.deleteRecords(Map.of(
                            new TopicPartition(queue.topic(), 5), RecordsToDelete.beforeOffset(place.offset() + 1)))
                    .all()
                    .get();
        }
        assertEquals(1, dlq("replay", queue.name(), "--offset", "0"));
        assertTrue(out().contains("its origin, " + queue.topic() + " partition 5 offset 0, is gone"), out());
    }

    @Test
    void aGiantIsLeftWithOneSentence() throws Exception {
        DeadLetterQueue queue = new DeadLetterQueue(Topic.WALLET_EVENTS, Service.BILLING.module());
        letter(queue, "longer than 65536 bytes", new byte[40 << 20], 0);

        assertEquals(1, dlq("replay", queue.name()));

        assertEquals(
                "Replayed 0, of which 0 came back.\n1 could not be replayed:\n"
                        + "  offset 0: its value has 41943040 bytes, and Kafka takes at most 1048576\n",
                out());
        assertEquals("", err.toString(UTF_8));
    }

    @Test
    void aRecordThatCannotBeReadIsSkippedAndWhatStoodBeforeItIsNotLost() throws Exception {
        DeadLetterQueue queue = new DeadLetterQueue(Topic.ALLOCATION_ALERTS, Service.AUDIT.module());
        for (String value : List.of("one", "two", "giant", "three")) {
            producer.send(new ProducerRecord<>(queue.topic(), 7, null, value.getBytes(UTF_8)))
                    .get();
        }
        assertMistake(
                "audit-service has not to take offset 4 of " + queue.topic()
                        + " partition 7: it stands at 0, and the last record is 3.",
                skip(queue, "4"));

        assertEquals(0, dlq(skip(queue, "2")));

        assertEquals(
                "audit-service goes on behind offset 2 of partition 7. " + queue.name()
                        + " holds a letter for it, and for 2 before it. Start the service, then replay.\n",
                out());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            assertEquals(
                    3,
                    admin.listConsumerGroupOffsets("audit-service")
                            .partitionsToOffsetAndMetadata()
                            .get()
                            .get(new TopicPartition(queue.topic(), 7))
                            .offset());
        }
        assertMistake(
                "audit-service has not to take offset 2 of " + queue.topic()
                        + " partition 7: it stands at 3, and the last record is 3.",
                skip(queue, "2"));
        try (StandInReader reader = new StandInReader(kafka.bootstrap(), queue)) {
            assertEquals(1, dlq("replay", queue.name()));
            assertEquals(
                    "Replayed 2, of which 0 came back.\n1 could not be replayed:\n"
                            + "  offset 2: it was skipped without being read; it stands at " + queue.topic()
                            + " partition 7 offset 2\n",
                    out());
            assertEquals(List.of("one", "two"), reader.values());
        }
        assertEquals(0, dlq("show", queue.name(), "--from", "2"));
        assertTrue(out().contains("skipped without being read: 40 MB of blanks"), out());
    }

    private static String[] skip(DeadLetterQueue queue, String offset) {
        return new String[] {"skip", queue.name(), "--partition", "7", "--offset", offset, "--reason", "40 MB of blanks"
        };
    }

    @Test
    void aReaderThatDoesNotRunIsNamed() throws Exception {
        DeadLetterQueue queue = new DeadLetterQueue(Topic.POOL_EVENTS, Service.DISTRIBUTION.module());
        letter(queue, "good", "good".getBytes(UTF_8), 1);
        Replay.Report outcome = new Replay(kafka.bootstrap(), queue, Duration.ofMillis(300)).waiting();
        assertEquals(new Replay.Report(1, 1, List.of(), List.of()), outcome);
        assertFalse(outcome.isGood());
    }

    @Test
    void lettersAreShownForPeopleAndForPrograms() throws Exception {
        DeadLetterQueue queue = new DeadLetterQueue(Topic.POOL_COMMANDS, Service.ALLOCATION.module());
        letter(queue, "no good", "{\"a\":\"\u001b[2J\"}".getBytes(UTF_8), 4711);
        letter(queue, "not text", new byte[] {(byte) 0xff, 1}, 4711);
        letter(queue, "long", "€".repeat(30_000).getBytes(UTF_8), 4711);

        assertEquals(0, dlq("show", queue.name(), "--limit", "1"));
        String shown = out();
        for (String part : List.of(
                "offset 0 ",
                "waiting",
                "no good",
                queue.topic() + " partition 5 offset 4711",
                "PointsAllocated",
                "tenant",
                "{\"a\":\"\\u001b[2J\"}",
                "12 bytes",
                "There are more: --from 1")) {
            assertTrue(shown.contains(part), part + " in " + shown);
        }

        assertEquals(0, dlq("show", queue.name(), "--json", "--from", "1"));
        List<String> lines = out().lines().toList();
        assertEquals(2, lines.size());
        JsonNode bytes = JSON.readTree(lines.get(0));
        assertEquals("ff01", bytes.get("value_hex").asText());
        assertEquals(1, bytes.get("offset").asLong());
        JsonNode cut = JSON.readTree(lines.get(1));
        assertTrue(cut.get("value_cut").asBoolean());
        assertEquals(90_000, cut.get("value_length").asInt());
        assertEquals("€".repeat(KEPT / 3), cut.get("value").asText());
        assertEquals("PointsAllocated", cut.at("/headers/ce_type").asText());
        assertEquals(4711, cut.at("/origin/offset").asLong());
        assertFalse(cut.get("replayed").asBoolean());
    }

    @Test
    void aMistakeIsOneSentence() throws Exception {
        DeadLetterQueue empty = new DeadLetterQueue(Topic.BILLING_ENTRIES, Service.AUDIT.module());
        DeadLetterQueue queue = new DeadLetterQueue(Topic.WALLET_EVENTS, Service.ALLOCATION.module());
        letter(queue, "bad", "bad".getBytes(UTF_8), 1);

        assertMistake("There is no queue nonsense; ./points dlq list shows those there are.", "show", "nonsense");
        assertMistake("There is no queue nonsense; ./points dlq list shows those there are.", "replay", "nonsense");
        assertMistake(
                "There is no letter at --offset 7: " + queue.name() + " has the offsets 0 to 0.",
                "replay",
                queue.name(),
                "--offset",
                "7");
        assertMistake(
                "There is no letter at --offset -1: " + empty.name() + " is empty.",
                "replay",
                empty.name(),
                "--offset",
                "-1");
        assertMistake(
                "There is no letter at --from 1: " + queue.name() + " has the offsets 0 to 0.",
                "show",
                queue.name(),
                "--from",
                "1");
        assertMistake("--limit must be at least 1, not 0.", "show", queue.name(), "--limit", "0");

        assertEquals(0, dlq("show", empty.name()));
        assertEquals(empty.name() + " is empty.\n", out());
        assertEquals(0, dlq("replay", empty.name()));
        assertEquals("Replayed 0: no letter waits in " + empty.name() + ".\n", out());

        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        assertEquals(1, Main.run("dlq", "list", "--data", elsewhere.toString()));
        assertEquals(
                "Points is not running here; start it with ./points up --data " + elsewhere + ".\n",
                err.toString(UTF_8));
    }

    private void assertMistake(String sentence, String... arguments) {
        assertEquals(1, dlq(arguments), sentence);
        assertEquals(sentence + "\n", err.toString(UTF_8));
        err.reset();
        assertEquals("", out());
    }

    private int dlq(String... arguments) {
        out.reset();
        String[] all = Arrays.copyOf(new String[] {"dlq"}, arguments.length + 3);
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[arguments.length + 1] = "--data";
        all[arguments.length + 2] = folder.toString();
        return Main.run(all);
    }

    private String out() {
        return out.toString(UTF_8);
    }

    /** What a service would have written of a record at partition 5. */
    private static void letter(DeadLetterQueue queue, String reason, byte[] value, long offset) throws Exception {
        ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(
                queue.name(), "tenant".getBytes(UTF_8), Arrays.copyOf(value, Math.min(value.length, KEPT)));
        Map.of(
                        "ce_type",
                        "PointsAllocated",
                        "dlq_reason",
                        reason,
                        "dlq_topic",
                        queue.topic(),
                        "dlq_partition",
                        "5",
                        "dlq_offset",
                        Long.toString(offset),
                        "dlq_attempt",
                        "1",
                        "dlq_value_length",
                        Integer.toString(value.length),
                        "dlq_value_sha256",
                        HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-256").digest(value)))
                .forEach((name, text) -> letter.headers().add(name, text.getBytes(UTF_8)));
        producer.send(letter).get();
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }
}
