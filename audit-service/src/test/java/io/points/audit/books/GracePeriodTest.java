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
    private final GracePeriod gracePeriod = new GracePeriod(Duration.ofSeconds(60));
    private Instant now = START;

    @Test
    void itEndsAfterItsTimeOnceNothingWaitsAnyMore() {
        gracePeriod.waitFor(List.of(key));
        assertEquals(Set.of(TENANT), gracePeriod.tenants());
        pass(55);
        assertFalse(gracePeriod.isOver(key));
        pass(5);
        assertStages(EMPTY, Map.of(), Map.of());
    }

    @Test
    void timeInWhichKafkaDoesNotAnswerDoesNotCount() {
        gracePeriod.waitFor(List.of(key));
        for (int i = 0; i < 100; i++) {
            check(5, null, Map.of(), Map.of(), Map.of());
        }
        for (int i = 0; i < 11; i++) {
            check(5, EMPTY, Map.of(), Map.of(), Map.of());
        }
        check(4, EMPTY, Map.of(), Map.of(), Map.of());
        check(0, EMPTY, Map.of(), Map.of(), Map.of());
        check(0, EMPTY, Map.of(), Map.of(), Map.of());
        check(0, EMPTY, Map.of(), Map.of(), Map.of());
        assertFalse(gracePeriod.isOver(key));
        check(1, EMPTY, Map.of(), Map.of(), Map.of());
        assertStages(EMPTY, Map.of(), Map.of());
    }

    @Test
    void aLongPauseBetweenTwoLooksCountsForLittle() {
        gracePeriod.waitFor(List.of(key));
        check(3_600, EMPTY, Map.of(), Map.of(), Map.of());
        pass(50);
        check(0, EMPTY, Map.of(), Map.of(), Map.of());
        check(0, EMPTY, Map.of(), Map.of(), Map.of());
        check(0, EMPTY, Map.of(), Map.of(), Map.of());
        assertFalse(gracePeriod.isOver(key));
    }

    @Test
    void whatStoodOnTheTopicsByThenIsHeardFirst() {
        gracePeriod.waitFor(List.of(key));
        pass(55);
        check(5, Map.of("t-0", 7L, "t-1", 0L), Map.of(), Map.of(), Map.of());
        for (int i = 0; i < 5; i++) {
            check(5, Map.of("t-0", 9L), Map.of("t-0", 6L), Map.of(), Map.of());
            assertFalse(gracePeriod.isOver(key));
        }
        check(5, Map.of("t-0", 9L), Map.of("t-0", 7L), Map.of(), Map.of());
        assertFalse(gracePeriod.isOver(key));
        check(1, EMPTY, Map.of(), Map.of(), Map.of());
        assertFalse(gracePeriod.isOver(key));
        check(1, EMPTY, Map.of(), Map.of(), Map.of());
        assertTrue(gracePeriod.isOver(key));
    }

    @Test
    void whatWasHeardIsSealedAndPostedFirst() {
        gracePeriod.waitFor(List.of(key));
        pass(60);
        check(1, EMPTY, Map.of(), Map.of(), Map.of());
        var consumedAt = now;
        check(1, EMPTY, Map.of(), Map.of(TENANT, consumedAt.minusSeconds(1)), Map.of());
        check(1, EMPTY, Map.of(), Map.of(TENANT, consumedAt), Map.of());
        check(1, EMPTY, Map.of(), Map.of(TENANT, consumedAt.plusMillis(1)), Map.of());
        var sealedAt = now;
        check(1, EMPTY, Map.of(), Map.of(), Map.of(TENANT, sealedAt));
        assertFalse(gracePeriod.isOver(key));
        check(1, EMPTY, Map.of(), Map.of(), Map.of(TENANT, sealedAt.plusMillis(1)));
        assertTrue(gracePeriod.isOver(key));
    }

    @Test
    void whoIsNotWaitedForAnyMoreBeginsAnew() {
        gracePeriod.waitFor(List.of(key));
        pass(60);
        gracePeriod.waitFor(List.of());
        assertEquals(Set.of(), gracePeriod.tenants());
        gracePeriod.waitFor(List.of(key));
        pass(10);
        assertFalse(gracePeriod.isOver(key));
    }

    @Test
    void whatIsOverStaysSo() {
        gracePeriod.waitFor(List.of(key));
        pass(60);
        assertStages(EMPTY, Map.of(), Map.of());
        check(1, Map.of("t-0", 9L), Map.of(), Map.of(TENANT, START), Map.of(TENANT, START));
        assertTrue(gracePeriod.isOver(key));
    }

    private void assertStages(Map<String, Long> heard, Map<UUID, Instant> unsealed, Map<UUID, Instant> unposted) {
        for (int i = 0; i < 3; i++) {
            assertFalse(gracePeriod.isOver(key));
            check(1, EMPTY, heard, unsealed, unposted);
        }
        assertTrue(gracePeriod.isOver(key));
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i += 5) {
            check(5, EMPTY, Map.of(), Map.of(), Map.of());
        }
    }

    private void check(
            int seconds,
            @Nullable Map<String, Long> ends,
            Map<String, Long> heard,
            Map<UUID, Instant> unsealed,
            Map<UUID, Instant> unposted) {
        now = now.plusSeconds(seconds);
        gracePeriod.check(new GracePeriod.Check(Duration.ofSeconds(seconds), now, ends, heard, unsealed, unposted));
    }
}
