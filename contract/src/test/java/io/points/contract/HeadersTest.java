package io.points.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.contract.Headers.Unreadable;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersTest {

    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void whatIsWrittenIsRead() throws Unreadable {
        var envelope = envelope("ada", "manager", TRACE);
        assertEquals(envelope, Headers.read(Headers.write(envelope)));
    }

    @Test
    void whatTheSystemItselfCausesHasNoActor() throws Unreadable {
        var envelope = envelope(null, null, null);
        var headers = Headers.write(envelope);
        assertNull(headers.lastHeader("ce_actorid"));
        assertNull(headers.lastHeader("traceparent"));
        assertEquals(envelope, Headers.read(headers));
    }

    @Test
    void everyoneElsesLibrariesCanReadThem() {
        var headers = Headers.write(envelope("ada", "manager", TRACE));
        assertEquals("1.0", text(headers, "ce_specversion"));
        assertEquals("PoolDebited", text(headers, "ce_type"));
        assertEquals("2026-11-23T10:00:00.123456Z", text(headers, "ce_time"));
        assertEquals(TRACE, text(headers, "traceparent"));
        assertEquals(TRACE, text(headers, "ce_traceparent"));
        assertEquals("application/json", text(headers, "content-type"));
    }

    @Test
    void theStepThatSendsARecordDoesNotChangeWhatBeganIt() throws Unreadable {
        var step = "00-4bf92f3577b34da6a3ce929d0e0e4736-aaaaaaaaaaaaaaaa-01";
        var envelope = envelope(null, null, TRACE);
        var headers = Headers.write(envelope, step);
        assertEquals(step, text(headers, "traceparent"));
        assertEquals(envelope, Headers.read(headers));
        headers.remove("ce_traceparent");
        assertEquals(step, Headers.read(headers).traceparent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce_specversion", "ce_id", "ce_type", "ce_source", "ce_subject", "ce_time", "ce_tenantid"})
    void aRequiredHeaderIsNamedIfItIsMissing(String name) {
        var headers = headers();
        headers.remove(name);
        assertNamed(name, headers);
        headers.add(name, null);
        assertNamed(name, headers);
        assertNamed(name, with(name, " "));
    }

    @ParameterizedTest
    @CsvSource({
        "ce_specversion, 0.3",
        "ce_id, x",
        "ce_id, 1-1-1-1-1",
        "ce_tenantid, 550e8400-e29b-41d4-a716-44665544000",
        "ce_time, yesterday",
        "ce_time, 2026-11-23",
        "ce_time, 1969-12-31T23:59:59Z",
        "ce_time, +10000-01-01T00:00:00Z"
    })
    void aWrongHeaderIsNamed(String name, String value) {
        assertNamed(name, with(name, value));
    }

    @Test
    void noHeaderIsLongOrHoldsWhatADatabaseCannot() throws Unreadable {
        assertNamed("ce_actorid", with("ce_actorid", "a\0b"));
        assertNamed("ce_actorid", with("ce_actorid", "\0b"));
        assertNamed("ce_subject", with("ce_subject", "x".repeat(501)));
        assertEquals(
                500, Headers.read(with("ce_subject", "x".repeat(500))).subject().length());
    }

    @Test
    void anyHeaderHasATextOrNone() {
        var headers = with("dlq_topic", "a topic");
        headers.add("dlq_offset", null);
        assertEquals("a topic", Headers.text(headers, "dlq_topic"));
        assertNull(Headers.text(headers, "dlq_offset"));
        assertNull(Headers.text(headers, "dlq_partition"));
    }

    @Test
    void upperCaseUuidsAreUuids() throws Unreadable {
        var id = UUID.fromString("550e8400-e29b-41d4-a716-44665544abcd");
        assertEquals(
                id,
                Headers.read(with("ce_id", id.toString().toUpperCase(java.util.Locale.ROOT)))
                        .id());
    }

    private static void assertNamed(String name, org.apache.kafka.common.header.Headers headers) {
        var failure = assertThrows(Unreadable.class, () -> Headers.read(headers));
        assertTrue(failure.getMessage().contains(name), failure::getMessage);
    }

    private static RecordHeaders with(String name, String value) {
        var headers = headers();
        headers.remove(name);
        headers.add(name, value.getBytes(UTF_8));
        return headers;
    }

    private static RecordHeaders headers() {
        return (RecordHeaders) Headers.write(envelope(null, null, null));
    }

    private static Envelope envelope(@Nullable String actor, @Nullable String role, @Nullable String trace) {
        return new Envelope(
                UUID.fromString("01a20000-0000-7000-8000-000000000001"),
                "PoolDebited",
                "allocation-service",
                "01a20000-0000-7000-8000-000000000002",
                Instant.parse("2026-11-23T10:00:00.123456Z"),
                UUID.fromString("550e8400-e29b-41d4-a716-446655440000"),
                actor,
                role,
                trace);
    }

    private static String text(org.apache.kafka.common.header.Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), UTF_8);
    }
}
