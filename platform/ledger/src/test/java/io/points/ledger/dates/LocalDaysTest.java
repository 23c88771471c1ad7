package io.points.ledger.dates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalDaysTest {

    @ParameterizedTest
    @CsvSource({
        // Until the end of the day in the tenant's zone.
        "Asia/Kolkata, , 2026-12-31T18:29:59Z, 2026-12-31",
        "Asia/Kolkata, , 2026-12-31T18:30:00Z, 2027-01-01",
        "America/Los_Angeles, , 2027-01-01T07:59:59Z, 2026-12-31",
        "America/Los_Angeles, , 2027-01-01T08:00:00Z, 2027-01-01",
        "Pacific/Kiritimati, , 2026-12-31T10:00:00Z, 2027-01-01",
        "Pacific/Pago_Pago, , 2027-01-01T10:59:59Z, 2026-12-31",
        "UTC, , 2027-01-01T00:00:00Z, 2027-01-01",
        // Where the clock goes forward at midnight, the day begins at one.
        "Africa/Cairo, , 2026-04-23T21:59:59Z, 2026-04-23",
        "Africa/Cairo, , 2026-04-23T22:00:00Z, 2026-04-24",
        // In both, after a move to the east and after one to the west.
        "Asia/Kolkata, UTC, 2026-12-31T18:30:00Z, 2026-12-31",
        "Asia/Kolkata, UTC, 2027-01-01T00:00:00Z, 2027-01-01",
        "UTC, Asia/Kolkata, 2026-12-31T18:30:00Z, 2026-12-31"
    })
    void aDayIsOverWhenItIsOverThere(ZoneId zone, ZoneId previous, Instant moment, LocalDate firstNotOver) {
        assertEquals(firstNotOver, new LocalDays(zone, previous).firstNotOver(moment));
        assertFalse(LocalDays.latestAnywhere(moment).isBefore(firstNotOver));
    }

    /** Whoever had points until the end of a day in UTC keeps them until then when the tenant chooses a zone. */
    @Test
    void whoeverHadChosenNoneHadUtc() {
        assertEquals(new LocalDays(ZoneId.of("Asia/Kolkata"), ZoneId.of("UTC")), LocalDays.of("Asia/Kolkata", null));
        assertEquals(
                new LocalDays(ZoneId.of("Asia/Kolkata"), ZoneId.of("Africa/Cairo")),
                LocalDays.of("Asia/Kolkata", "Africa/Cairo"));
        assertEquals(new LocalDays(ZoneId.of("UTC"), null), LocalDays.of("UTC", null));
        assertEquals(new LocalDays(ZoneId.of("UTC"), ZoneId.of("Asia/Kolkata")), LocalDays.of("UTC", "Asia/Kolkata"));
    }
}
