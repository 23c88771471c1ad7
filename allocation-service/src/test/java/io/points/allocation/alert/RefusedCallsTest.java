package io.points.allocation.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.allocation.alert.RefusedCalls.Caller;
import io.points.allocation.alert.RefusedCalls.Suspect;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RefusedCallsTest {

    private static final int LIMIT = 5;
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final Caller MALLORY = new Caller("mallory", null);
    private static final Caller TRUDY = Caller.at("192.0.2.7");

    private final RefusedCalls calls = new RefusedCalls(LIMIT);

    @Test
    void oneLessThanTheLimitIsNotSuspicious() {
        refuse(MALLORY, LIMIT - 1, Duration.ofSeconds(1));
        assertEquals(List.of(), calls.suspects(WINDOW));
    }

    @Test
    void theLimitIs() {
        refuse(MALLORY, LIMIT, Duration.ofSeconds(1));
        assertEquals(List.of(new Suspect(MALLORY, Duration.ofSeconds(4))), calls.suspects(WINDOW));
    }

    @Test
    void andOneMore() {
        refuse(MALLORY, LIMIT + 1, Duration.ofSeconds(1));
        assertEquals(List.of(new Suspect(MALLORY, Duration.ofSeconds(4))), calls.suspects(WINDOW));
    }

    @Test
    void theyMustLieWithinTheWindow() {
        refuse(MALLORY, LIMIT - 1, Duration.ZERO);
        calls.add(MALLORY, NOW.plus(WINDOW));
        assertEquals(List.of(new Suspect(MALLORY, WINDOW)), calls.suspects(WINDOW));

        refuse(TRUDY, LIMIT - 1, Duration.ZERO);
        calls.add(TRUDY, NOW.plus(WINDOW).plusNanos(1_000));
        assertEquals(List.of(new Suspect(MALLORY, WINDOW)), calls.suspects(WINDOW));
    }

    @Test
    void slowOnesPassAndTheNewestCount() {
        refuse(MALLORY, 20, Duration.ofSeconds(76));
        assertEquals(List.of(), calls.suspects(WINDOW));
        for (int i = 0; i < LIMIT; i++) {
            calls.add(MALLORY, NOW.plus(Duration.ofDays(1)));
        }
        assertEquals(List.of(new Suspect(MALLORY, Duration.ZERO)), calls.suspects(WINDOW));
    }

    @Test
    void eachCallerCountsAlone() {
        refuse(MALLORY, LIMIT - 1, Duration.ZERO);
        refuse(TRUDY, LIMIT - 1, Duration.ZERO);
        assertEquals(List.of(), calls.suspects(WINDOW));
    }

    @Test
    void whatTwoInstancesHeardIsAddedInWhateverOrder() {
        var other = new RefusedCalls(LIMIT);
        refuse(MALLORY, 3, Duration.ofSeconds(2));
        other.add(MALLORY, NOW.minusSeconds(1));
        other.add(MALLORY, NOW.plusSeconds(3));
        calls.addAll(other);
        assertEquals(List.of(new Suspect(MALLORY, Duration.ofSeconds(5))), calls.suspects(WINDOW));
    }

    @Test
    void whoeverWasQuietForLongerThanTheWindowIsForgotten() {
        calls.add(MALLORY, NOW.minus(WINDOW));
        calls.add(TRUDY, NOW.minus(WINDOW).minusNanos(1_000));
        calls.forget(WINDOW, NOW);
        assertEquals(Set.of(MALLORY), calls.callers());
        calls.forget(WINDOW, NOW.plusNanos(1_000));
        assertTrue(calls.isEmpty());
    }

    @Test
    void aFloodIsKeptSmall() {
        for (int i = 0; i < 10_000; i++) {
            calls.add(Caller.at("2001:db8::" + i), NOW);
            calls.add(MALLORY, NOW);
        }
        assertEquals(RefusedCalls.MOST_CALLERS + 1, calls.callers().size());
        assertTrue(calls.callers().contains(Caller.OTHERS));
        var kept = new ArrayList<Instant>();
        calls.each((caller, at) -> kept.add(at));
        assertEquals(RefusedCalls.MOST_CALLERS - 1 + 2 * LIMIT, kept.size());
        assertEquals(
                Set.of(MALLORY, Caller.OTHERS),
                Set.copyOf(calls.suspects(WINDOW).stream().map(Suspect::caller).toList()));
    }

    @Test
    void whoeverIsToldApartStaysSoInWhateverOrderTheyAreRead() {
        for (int i = 0; i < RefusedCalls.MOST_CALLERS + 1; i++) {
            calls.add(Caller.at("2001:db8::" + i), NOW);
        }
        var read = new RefusedCalls(LIMIT);
        read.add(Caller.OTHERS, NOW);
        read.addAll(calls);
        assertEquals(calls.callers(), read.callers());
    }

    @Test
    void asManyCallersAsThereIsRoomForAreToldApart() {
        for (int i = 0; i < RefusedCalls.MOST_CALLERS; i++) {
            calls.add(Caller.at("2001:db8::" + i), NOW);
        }
        assertEquals(RefusedCalls.MOST_CALLERS, calls.callers().size());
        assertFalse(calls.callers().contains(Caller.OTHERS));
        calls.add(TRUDY, NOW);
        assertTrue(calls.callers().contains(Caller.OTHERS));
        assertFalse(calls.callers().contains(TRUDY));
    }

    @Test
    void itIsEmptyUntilSomebodyIsRefused() {
        assertTrue(calls.isEmpty());
        calls.add(TRUDY, NOW);
        assertFalse(calls.isEmpty());
    }

    @Test
    void anEventTellsNoAddress() {
        assertEquals("address", Caller.told(TRUDY.name()));
        assertEquals("mallory", Caller.told(MALLORY.name()));
        assertEquals("others", Caller.told(Caller.OTHERS.name()));
    }

    private void refuse(Caller caller, int times, Duration apart) {
        for (int i = 0; i < times; i++) {
            calls.add(caller, NOW.plus(apart.multipliedBy(i)));
        }
    }
}
