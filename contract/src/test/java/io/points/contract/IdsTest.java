package io.points.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdsTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void anIdIsAVersion7OfItsTime() {
        var id = Ids.next(NOON);
        assertEquals(7, id.version());
        assertEquals(2, id.variant());
        assertEquals(NOON.toEpochMilli(), id.getMostSignificantBits() >>> 16);
        assertTrue(id.toString().compareTo(Ids.next(NOON.plusMillis(1)).toString()) < 0);
        assertNotEquals(id.getLeastSignificantBits(), Ids.next(NOON).getLeastSignificantBits());
    }

    @Test
    void anIdTellsItsTime() {
        assertEquals(NOON, Ids.timeOf(Ids.next(NOON)));
        assertEquals(NOON, Ids.timeOf(Ids.derive(Ids.next(NOON), "PoolDebited")));
    }

    @Test
    void aTextFromOutsideNamesAnIdOrNone() {
        var text = "01a20000-0000-7000-a006-546db81fdd91";
        assertEquals(UUID.fromString(text), Ids.parse(text));
        assertEquals(UUID.fromString(text), Ids.parse(text.toUpperCase(Locale.ROOT)));
        assertEquals(UUID.fromString(text), Ids.parseOrNil(text));
        for (var none : List.of("", "1-1-1-1-1", text + "0", "{" + text + "}", text.replace('a', 'g'))) {
            assertNull(Ids.parse(none), none);
            assertNull(Ids.parseOrNil(none), none);
        }
        assertNull(Ids.parse(Ids.NIL.toString()));
        assertEquals(Ids.NIL, Ids.parseOrNil(Ids.NIL.toString()));
    }

    @Test
    void whatFollowsFromTheSameHasTheSameId() {
        var cause = Ids.next(NOON);
        var derived = Ids.derive(cause, "PoolDebited");
        assertEquals(derived, Ids.derive(cause, "PoolDebited"));
        assertEquals(cause.getMostSignificantBits(), derived.getMostSignificantBits());
        assertEquals(7, derived.version());
        assertEquals(2, derived.variant());
        assertNotEquals(derived, Ids.derive(cause, "PoolRefunded"));
        assertNotEquals(derived, Ids.derive(new UUID(cause.getMostSignificantBits(), 1), "PoolDebited"));
    }

    /** Services of different ages must agree on it, or a repeat is not recognised. */
    @Test
    void whatFollowsHasTheSameIdInEveryVersion() {
        assertEquals(
                UUID.fromString("01a20000-0000-7000-a006-546db81fdd91"),
                Ids.derive(UUID.fromString("01a20000-0000-7000-8000-000000000001"), "PoolDebited"));
    }

    @Test
    void whatHappensAtAMomentHasItsPlaceInTimeAndAlwaysTheSameId() {
        var cause = Ids.next(NOON);
        var later = NOON.plusSeconds(86_400);
        var id = Ids.at(later, cause, "2026-11");
        assertEquals(id, Ids.at(later, cause, "2026-11"));
        assertEquals(later, Ids.timeOf(id));
        assertEquals(7, id.version());
        assertEquals(2, id.variant());
        assertNotEquals(id, Ids.at(later, cause, "2026-12"));
        assertNotEquals(id, Ids.at(later, Ids.next(NOON), "2026-11"));
        assertNotEquals(id, Ids.at(later.plusMillis(1), cause, "2026-11"));
    }

    @Test
    void aTraceparentHoldsTheTraceId() {
        assertEquals(
                "4bf92f3577b34da6a3ce929d0e0e4736",
                envelope("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                        .traceId());
        assertEquals(null, envelope("00-short-01").traceId());
        assertEquals(null, envelope(null).traceId());
    }

    private static Envelope envelope(String traceparent) {
        return new Envelope(Ids.next(NOON), "T", "s", "x", NOON, UUID.randomUUID(), null, null, traceparent);
    }
}
