package io.points.testing;

import static io.points.testing.TestKafka.bytes;
import static io.points.testing.TestKafka.header;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.contract.Envelope;
import io.points.contract.Headers;
import io.points.contract.Ids;
import io.points.contract.Message;
import io.points.contract.MessageJson;
import io.points.contract.Sha256;
import io.points.dlq.DeadLetterQueue;
import io.points.dlq.Replay;
import io.points.local.Service;
import io.points.local.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Dead letters of the running service, replayed with the operator's own tool. */
public final class Replays {

    private static final int HUGE = 900_000;
    private static final String SOMEWHERE = "4711";

    private final TestKafka kafka;
    private final Service reader;
    private final DeadLetterQueue queue;
    private final Message good;

    /** @param good a message of the topic that would be handled; its tenant is the test's own */
    public Replays(TestKafka kafka, Service reader, Message good) {
        this.kafka = kafka;
        this.reader = reader;
        this.good = good;
        queue = new DeadLetterQueue(good.topic(), reader.module());
    }

    /** Replays the good message twice, as if a bug that was mended since had made it a dead letter. */
    public void replayTheGoodOneTwice() {
        var headers = envelope();
        var value = bytes(MessageJson.write(good));
        headers.add("dlq_reason", bytes("cannot be handled: a bug"));
        headers.add("dlq_topic", bytes(good.topic()));
        headers.add("dlq_partition", bytes("3"));
        headers.add("dlq_offset", bytes(SOMEWHERE));
        headers.add("dlq_attempt", bytes("1"));
        headers.add("dlq_value_length", bytes(Integer.toString(value.length)));
        headers.add("dlq_value_sha256", bytes(Sha256.hex(value)));
        var letter = kafka.send(queue.name(), key(), headers, value).offset();
        for (int i = 0; i < 2; i++) {
            assertEquals(new Replay.Report(1, 0, List.of(), List.of()), replay(letter));
        }
    }

    /** A bad record stays one, keeps the place where it first stood, and its attempts are counted. */
    public void aBadOneComesBack() {
        for (var value : List.of("points!", "x".repeat(HUGE))) {
            var place = kafka.send(good.topic(), key(), envelope(), bytes(value));
            var origin = List.of(
                    good.topic(),
                    Integer.toString(place.partition()),
                    Long.toString(place.offset()),
                    Integer.toString(value.length()),
                    Sha256.hex(bytes(value)));
            var letter = await(origin, 1);
            assertEquals(null, header(letter, "dlq_replay_offset"));
            for (int attempt = 2; attempt <= 3; attempt++) {
                var outcome = replay(letter.offset());
                letter = await(origin, attempt);
                var names = headerNames(letter);
                assertEquals(names.stream().distinct().toList(), names, "no header stands there twice");
                assertEquals(1, outcome.sent());
                assertEquals(0, outcome.unread());
                assertEquals(
                        List.of(new Replay.Trouble(letter.offset(), String.valueOf(header(letter, "dlq_reason")))),
                        outcome.back());
            }
        }
    }

    /** The service reads each of its topics with the replays that are for itself, and no other's. */
    public void onlyItsOwnAreRead() {
        var expected = Topics.readBy(reader).stream()
                .flatMap(topic -> Stream.of(topic, Topics.replays(topic, reader)))
                .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(Topics.all().containsAll(expected));
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertEquals(expected, assigned()));
    }

    private Set<String> assigned() throws Exception {
        var bootstrap = PointsTestResource.surroundings().kafkaBootstrap();
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            var group = admin.describeConsumerGroups(List.of(reader.module()))
                    .all()
                    .get()
                    .get(reader.module());
            return group.members().stream()
                    .flatMap(member -> member.assignment().topicPartitions().stream())
                    .map(TopicPartition::topic)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private ConsumerRecord<String, byte[]> await(List<String> origin, int attempt) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> kafka.read(queue.name()).stream()
                                .filter(letter -> origin.equals(origin(letter))
                                        && Integer.toString(attempt).equals(header(letter, "dlq_attempt")))
                                .toList(),
                        found -> found.size() == 1)
                .get(0);
    }

    private static List<@Nullable String> origin(ConsumerRecord<String, byte[]> letter) {
        return Stream.of("dlq_topic", "dlq_partition", "dlq_offset", "dlq_value_length", "dlq_value_sha256")
                .<@Nullable String>map(name -> header(letter, name))
                .toList();
    }

    private static List<String> headerNames(ConsumerRecord<String, byte[]> letter) {
        return Stream.of(letter.headers().toArray())
                .map(org.apache.kafka.common.header.Header::key)
                .sorted()
                .toList();
    }

    private Replay.Report replay(long letter) {
        var bootstrap = PointsTestResource.surroundings().kafkaBootstrap();
        return new Replay(bootstrap, queue, Duration.ofSeconds(30)).one(letter);
    }

    private String key() {
        return good.tenantId().toString();
    }

    private RecordHeaders envelope() {
        return (RecordHeaders) Headers.write(new Envelope(
                Ids.next(Instant.now()),
                good.type(),
                "test",
                good.subject().toString(),
                Instant.now(),
                good.tenantId(),
                null,
                null,
                null));
    }
}
