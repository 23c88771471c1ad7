package io.points.billing.period;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.billing.Period;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SurroundingsTest {

    private static final Period MARCH = Period.parse("2026-03");
    private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");

    @Test
    void aMonthIsOverWithTheFirstInstantOfTheNext() {
        var last = at(MARCH.end().minusNanos(1));
        assertTrue(last.hasBegun());
        assertFalse(last.isOver());
        assertTrue(at(MARCH.end()).isOver());
    }

    @Test
    void aMonthBeginsWithItsFirstInstant() {
        assertFalse(at(MARCH.start().minusNanos(1)).hasBegun());
        assertTrue(at(MARCH.start()).hasBegun());
    }

    @Test
    void theTenantIsThereFromItsFirstMonthOn() {
        assertFalse(around("2026-04", null).tenantExisted());
        assertTrue(around("2026-03", null).tenantExisted());
        assertTrue(around("2026-02", null).tenantExisted());
        assertFalse(around(null, null).tenantExisted());
    }

    @Test
    void theNextMonthStandsOnIt() {
        assertFalse(around("2026-01", null).laterIsClosed());
        assertFalse(around("2026-01", "2026-03").laterIsClosed());
        assertTrue(around("2026-01", "2026-04").laterIsClosed());
        assertTrue(around("2026-01", "2026-05").laterIsClosed());
    }

    @Test
    void monthsOfAnotherMillenniumAreNobodys() {
        var around = Surroundings.of(Period.parse("1999-01"), Period.parse("2026-01"), null, NOW);
        assertEquals(new Surroundings(false, true, true, false), around);
    }

    private static Surroundings at(Instant now) {
        return Surroundings.of(MARCH, Period.parse("2026-01"), null, now);
    }

    private static Surroundings around(@Nullable String since, @Nullable String closedThrough) {
        return Surroundings.of(
                MARCH,
                since == null ? null : Period.parse(since),
                closedThrough == null ? null : Period.parse(closedThrough),
                NOW);
    }
}
