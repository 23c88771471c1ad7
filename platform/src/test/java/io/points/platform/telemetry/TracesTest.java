package io.points.platform.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TracesTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String WANTED = "00-" + TRACE + "-00f067aa0ba902b7-01";
    private static final String UNWANTED = "00-" + TRACE + "-00f067aa0ba902b7-00";

    @Test
    void withoutAnAddressAStepIsNoneAndTheTraceGoesOn() {
        var traces = new Traces(Optional.empty(), 1, "test-service");
        assertTrue(traces.areOff());
        assertEquals(WANTED, begin(traces, WANTED));
        assertNull(begin(traces, null));
    }

    @Test
    void aStepIsInTheTraceOfTheOneBeforeItAndAParentOfTheNext() {
        var traces = traces(0);
        var step = begin(traces, WANTED);
        assertTrue(step != null && step.startsWith("00-" + TRACE + "-") && step.endsWith("-01"), step);
        assertNotEquals(WANTED, step);
        traces.stop();
    }

    @Test
    void whoeverBeganTheTraceHasDecidedWhetherItIsRecorded() {
        var traces = traces(1);
        assertTrue(String.valueOf(begin(traces, UNWANTED)).endsWith("-00"));
        assertTrue(String.valueOf(begin(traces, null)).endsWith("-01"));
        traces.stop();
        var few = traces(0);
        assertTrue(String.valueOf(begin(few, null)).endsWith("-00"));
        few.stop();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0x",
                "00-zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01"
            })
    void whatIsNoTraceparentBeginsATraceOfItsOwn(String text) {
        assertFalse(Span.fromContext(Traces.context(text)).getSpanContext().isValid());
    }

    private static Traces traces(double ratio) {
        return new Traces(Optional.of("http://127.0.0.1:9/"), ratio, "test-service");
    }

    private static @Nullable String begin(Traces traces, @Nullable String parent) {
        return traces.begin(SpanKind.CONSUMER, "process", "PoolDebited", parent).traceparent();
    }
}
