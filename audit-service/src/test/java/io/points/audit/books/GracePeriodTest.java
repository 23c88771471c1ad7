package io.points.audit.books;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.contract.Account;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GracePeriodTest {

    private static final UUID TENANT = new UUID(1, 1);
    private static final Instant START = Instant.parse("2026-11-25T10:00:00Z");
    private static final Map<String, Long> EMPTY = Map.of("t-0", 0L);

    private final Attested.Key key = new Attested.Key(TENANT, Account.POOL, TENANT);
    private final GracePeriod patience = new GracePeriod(Duration.ofSeconds(60));
    private Instant now = START;

    @Test
    void itEndsAfterItsTimeOnceNothingWaitsAnyMore() {
        patience.waitFor(List.of(key));
        assertEquals(Set.of(TENANT), patience.tenants());
        pass(55);
        assertFalse(patience.isOver(key));
        pass(5);
        assertStages(EMPTY, Map.of(), Map.of());
    }

    @Test
    void timeInWhichKafkaDoesNotAnswerDoesNotCount() {
        patience.waitFor(List.of(key));
        for (int i = 0; i < 100; i++) {
            look(5, null, Map.of(), Map.of(), Map.of());
        }
        for (int i = 0; i < 11; i++) {
            look(5, EMPTY, Map.of(), Map.of(), Map.of());
        }
        look(4, EMPTY, Map.of(), Map.of(), Map.of());
        look(0, EMPTY, Map.of(), Map.of(), Map.of());
        look(0, EMPTY, Map.of(), Map.of(), Map.of());
        look(0, EMPTY, Map.of(), Map.of(), Map.of());
        assertFalse(patience.isOver(key));
        look(1, EMPTY, Map.of(), Map.of(), Map.of());
        assertStages(EMPTY, Map.of(), Map.of());
    }

    @Test
    void aLongPauseBetweenTwoLooksCountsForLittle() {
        patience.waitFor(List.of(key));
        look(3_600, EMPTY, Map.of(), Map.of(), Map.of());
        pass(50);
        look(0, EMPTY, Map.of(), Map.of(), Map.of());
        look(0, EMPTY, Map.of(), Map.of(), Map.of());
        look(0, EMPTY, Map.of(), Map.of(), Map.of());
        assertFalse(patience.isOver(key));
    }

    @Test
    void whatStoodOnTheTopicsByThenIsHeardFirst() {
        patience.waitFor(List.of(key));
        pass(55);
        look(5, Map.of("t-0", 7L, "t-1", 0L), Map.of(), Map.of(), Map.of());
        for (int i = 0; i < 5; i++) {
            look(5, Map.of("t-0", 9L), Map.of("t-0", 6L), Map.of(), Map.of());
            assertFalse(patience.isOver(key));
        }
        look(5, Map.of("t-0", 9L), Map.of("t-0", 7L), Map.of(), Map.of());
        assertFalse(patience.isOver(key));
        look(1, EMPTY, Map.of(), Map.of(), Map.of());
        assertFalse(patience.isOver(key));
        look(1, EMPTY, Map.of(), Map.of(), Map.of());
        assertTrue(patience.isOver(key));
    }

    @Test
    void whatWasHeardIsSealedAndPostedFirst() {
        patience.waitFor(List.of(key));
        pass(60);
        look(1, EMPTY, Map.of(), Map.of(), Map.of());
        var heardAt = now;
        look(1, EMPTY, Map.of(), Map.of(TENANT, heardAt.minusSeconds(1)), Map.of());
        look(1, EMPTY, Map.of(), Map.of(TENANT, heardAt), Map.of());
        look(1, EMPTY, Map.of(), Map.of(TENANT, heardAt.plusMillis(1)), Map.of());
        var sealedAt = now;
        look(1, EMPTY, Map.of(), Map.of(), Map.of(TENANT, sealedAt));
        assertFalse(patience.isOver(key));
        look(1, EMPTY, Map.of(), Map.of(), Map.of(TENANT, sealedAt.plusMillis(1)));
        assertTrue(patience.isOver(key));
    }

    @Test
    void whoIsNotWaitedForAnyMoreBeginsAnew() {
        patience.waitFor(List.of(key));
        pass(60);
        patience.waitFor(List.of());
        assertEquals(Set.of(), patience.tenants());
        patience.waitFor(List.of(key));
        pass(10);
        assertFalse(patience.isOver(key));
    }

    @Test
    void whatIsOverStaysSo() {
        patience.waitFor(List.of(key));
        pass(60);
        assertStages(EMPTY, Map.of(), Map.of());
        look(1, Map.of("t-0", 9L), Map.of(), Map.of(TENANT, START), Map.of(TENANT, START));
        assertTrue(patience.isOver(key));
    }

    private void assertStages(Map<String, Long> heard, Map<UUID, Instant> unsealed, Map<UUID, Instant> unposted) {
        for (int i = 0; i < 3; i++) {
            assertFalse(patience.isOver(key));
            look(1, EMPTY, heard, unsealed, unposted);
        }
        assertTrue(patience.isOver(key));
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i += 5) {
            look(5, EMPTY, Map.of(), Map.of(), Map.of());
        }
    }

    private void look(
            int seconds,
            @Nullable Map<String, Long> ends,
            Map<String, Long> heard,
            Map<UUID, Instant> unsealed,
            Map<UUID, Instant> unposted) {
        now = now.plusSeconds(seconds);
        patience.look(new GracePeriod.Look(Duration.ofSeconds(seconds), now, ends, heard, unsealed, unposted));
    }
}
