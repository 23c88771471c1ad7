package io.points.testing;

import static io.points.testing.TestKafka.bytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.points.contract.Envelope;
import io.points.contract.Headers;
import io.points.contract.Ids;
import io.points.contract.Message;
import io.points.contract.MessageJson;
import io.points.contract.Topic;
import io.restassured.RestAssured;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Records that nobody can handle. Each must end in the group's dead letters, with its reason; those that are only of an
 * unknown type are skipped; and the good one behind them must be handled.
 */
public final class Poison {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int HUGE = 900_000;
    private static final int LONGEST_LETTER = 64 * 1024;

    private final TestKafka kafka;
    private final Message good;
    private final List<Bad> bad = new ArrayList<>();

    private record Bad(String what, RecordHeaders headers, byte @Nullable [] value, String reason) {}

    /** @param good a message of the topic that would be handled; its tenant is the test's own */
    public Poison(TestKafka kafka, Message good) {
        this.kafka = kafka;
        this.good = good;
        var json = bytes(MessageJson.write(good));
        value("not JSON", bytes("points!"), "");
        value("JSON null", bytes("null"), "null");
        value("an array", bytes("[]"), "");
        value("an empty object", bytes("{}"), "");
        value("two objects", bytes("{} {}"), "");
        value("no value", null, "no value");
        value("an empty value", new byte[0], "");
        value("a huge value", bytes("x".repeat(HUGE)), "longer than");
        for (var header :
                List.of("ce_specversion", "ce_id", "ce_type", "ce_source", "ce_subject", "ce_time", "ce_tenantid")) {
            bad.add(new Bad("without " + header, headers(header, null), json, header));
        }
        bad.add(new Bad("no headers", new RecordHeaders(), json, "missing"));
        for (var header : Map.of("ce_id", "7", "ce_time", "yesterday", "ce_tenantid", "Triton", "ce_specversion", "2.0")
                .entrySet()) {
            bad.add(new Bad("bad " + header, headers(header.getKey(), header.getValue()), json, header.getKey()));
        }
        bad.add(new Bad(
                "another tenant in the header",
                headers("ce_tenantid", UUID.randomUUID().toString()),
                json,
                "tenant_id differs"));
        fields(MessageJson.write(good));
        bad.add(new Bad("a short tenant id", headers("ce_tenantid", "1-1-1-1-1"), json, "ce_tenantid"));
        bad.add(new Bad("a date", headers("ce_time", "2026-11-23"), json, "ce_time"));
        bad.add(new Bad("a time beyond the calendar", headers("ce_time", "+10000-01-01T00:00:00Z"), json, "ce_time"));
        bad.add(new Bad("U+0000 in a header", headers("ce_actorid", "a\0b"), json, "ce_actorid"));
        bad.add(new Bad("a blank type", headers("ce_type", " "), json, "ce_type"));
        bad.add(new Bad("a long header", headers("ce_source", "x".repeat(2_000)), json, "ce_source"));
    }

    /** Every field of the good message missing, null and mistyped; those that may be null are null in it. */
    private void fields(String json) {
        for (var field : object(json).properties()) {
            if (field.getValue().isNull()) {
                continue;
            }
            var name = field.getKey();
            var without = object(json);
            without.remove(name);
            value("without " + name, bytes(without.toString()), name);
            var wrong = field.getValue().isNumber()
                    ? List.of("null", "1.5", "1.0", "1e3", "\"5\"", "true", "{}", "[5]", "9223372036854775808")
                    : List.of("null", "{}", "[]", "[\"x\"]");
            for (var other : wrong) {
                var members = without.toString().substring(1);
                value(name + " = " + other, bytes("{\"%s\":%s,%s".formatted(name, other, members)), name);
            }
            if (name.endsWith("_id")) {
                value(name + " is no UUID", bytes(object(json).put(name, "x").toString()), name);
            }
        }
        value("half of it", bytes(json.substring(0, json.length() / 2)), "");
        value("something behind it", bytes(json + " x"), "");
        value("invalid UTF-8", json.replaceFirst("\":", "\u00ff\":").getBytes(StandardCharsets.ISO_8859_1), "");
    }

    private static ObjectNode object(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One more of the test's own: a good envelope around this value. */
    public Poison value(String what, byte @Nullable [] value, String reason) {
        bad.add(new Bad(what, headers("ce_source", "test"), value, reason));
        return this;
    }

    /** Sends them all, an unknown type and the good message last, and looks where they end. */
    public void check(String group, Runnable awaitThatTheGoodOneIsHandled) {
        var key = good.tenantId().toString();
        var sent = new TreeMap<String, Bad>();
        for (var one : bad) {
            var place = kafka.send(good.topic(), key, one.headers(), one.value());
            sent.put(place.partition() + "/" + place.offset(), one);
        }
        double skipped = skipped();
        kafka.send(good.topic(), key, headers("ce_type", "PointsTeleported"), bytes("{}"));
        kafka.send(good.topic(), key, headers("ce_type", "PointsTeleported"), bytes("x"));
        kafka.send(good);
        awaitThatTheGoodOneIsHandled.run();
        assertEquals(skipped + 2, skipped(), "messages of an unknown type are counted");
        var letters = letters(group, key, sent.size());
        assertEquals(
                names(sent.keySet(), sent),
                names(letters.keySet(), sent),
                "the bad records, and nothing else, are dead letters");
        sent.forEach((place, one) -> assertLetter(one, letters.get(place)));
    }

    /** How many messages of the topic the running service has skipped. */
    private double skipped() {
        return RestAssured.get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("points_inbox_skipped_messages")
                        && line.contains("topic=\"" + good.topic() + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private Map<String, ConsumerRecord<String, byte[]>> letters(String group, String key, int expected) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> kafka.read(Topic.deadLetters(good.topic(), group)).stream()
                                .filter(letter -> key.equals(letter.key()))
                                .collect(Collectors.toMap(
                                        letter -> TestKafka.header(letter, "dlq_partition") + "/"
                                                + TestKafka.header(letter, "dlq_offset"),
                                        letter -> letter)),
                        found -> found.size() >= expected);
    }

    private static List<String> names(java.util.Set<String> places, Map<String, Bad> sent) {
        return places.stream()
                .map(place -> sent.containsKey(place) ? sent.get(place).what() : "unexpected at " + place)
                .sorted()
                .toList();
    }

    private void assertLetter(Bad one, ConsumerRecord<String, byte[]> letter) {
        var reason = String.valueOf(TestKafka.header(letter, "dlq_reason"));
        assertTrue(!reason.isBlank() && reason.contains(one.reason()), () -> one.what() + ": " + reason);
        assertEquals(good.topic(), TestKafka.header(letter, "dlq_topic"));
        assertEquals("1", TestKafka.header(letter, "dlq_attempt"));
        int length = one.value() == null ? 0 : one.value().length;
        assertEquals(Integer.toString(length), TestKafka.header(letter, "dlq_value_length"));
        var value = one.value() == null ? new byte[0] : one.value();
        assertArrayEquals(Arrays.copyOf(value, Math.min(length, LONGEST_LETTER)), letter.value(), one.what());
        for (var name : List.of("ce_id", "ce_type", "ce_time", "ce_tenantid")) {
            var before = one.headers().lastHeader(name);
            assertEquals(
                    before == null ? null : new String(before.value(), StandardCharsets.UTF_8),
                    TestKafka.header(letter, name),
                    one.what());
        }
    }

    /** The good message's headers, with one changed or, if the value is null, left out. */
    private RecordHeaders headers(String name, @Nullable String value) {
        var headers = (RecordHeaders) Headers.write(new Envelope(
                Ids.next(Instant.now()),
                good.type(),
                "test",
                good.subject().toString(),
                Instant.now(),
                good.tenantId(),
                null,
                null,
                null));
        headers.remove(name);
        if (value != null) {
            headers.add(name, bytes(value));
        }
        return headers;
    }
}
