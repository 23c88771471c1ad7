package io.points.platform.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.points.contract.Envelope;
import io.points.contract.Headers;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.Test;

class LogIdsTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final UUID TENANT = UUID.fromString("550e8400-e29b-41d4-a716-446655440000");
    private static final UUID SAGA = UUID.fromString("01a20000-0000-7000-8000-000000000001");
    private static final Envelope ENVELOPE = new Envelope(
            UUID.fromString("01a20000-0000-7000-8000-000000000002"),
            "PoolDebited",
            "allocation-service",
            SAGA.toString(),
            Instant.parse("2026-11-23T10:00:00Z"),
            TENANT,
            null,
            null,
            "00-" + TRACE + "-00f067aa0ba902b7-01");

    private static final Map<String, Object> OF_THE_MESSAGE = Map.of("trace_id", TRACE, "tenant_id", TENANT.toString());

    @Test
    void aMessagesLineHasItsTraceAndTenant() {
        assertEquals(OF_THE_MESSAGE, seenBy(LogIds.of(ENVELOPE)));
        assertEquals(OF_THE_MESSAGE, seenBy(LogIds.of(Headers.write(ENVELOPE))));
    }

    @Test
    void aSagasLineHasItsIdToo() {
        var all = new TreeMap<>(OF_THE_MESSAGE);
        all.put("distribution_id", SAGA.toString());
        assertEquals(all, seenBy(LogIds.of(ENVELOPE).distribution(SAGA)));
    }

    @Test
    void whatIsNotKnownIsLeftOut() {
        assertEquals(Map.of(), seenBy(LogIds.NONE));
        assertEquals(Map.of(), seenBy(LogIds.of(new RecordHeaders())));
        assertEquals(Map.of("tenant_id", "t"), seenBy(LogIds.of(null, "t")));
        assertEquals(Map.of(), seenBy(LogIds.of("no traceparent", null)));
    }

    @Test
    void theNextLineHasNoneOfIt() {
        assertThrows(
                IllegalStateException.class,
                () -> LogIds.of(ENVELOPE).distribution(SAGA).around(() -> {
                    throw new IllegalStateException();
                }));
        assertEquals(Map.of(), ids());
    }

    private static Map<String, Object> seenBy(LogIds ids) {
        var seen = new TreeMap<String, Object>();
        ids.around(() -> seen.putAll(ids()));
        assertEquals(Map.of(), ids());
        return seen;
    }

    private static Map<String, Object> ids() {
        var all = new TreeMap<>(MDC.getMap());
        all.keySet().retainAll(java.util.Set.of("trace_id", "tenant_id", "distribution_id"));
        return all;
    }
}
