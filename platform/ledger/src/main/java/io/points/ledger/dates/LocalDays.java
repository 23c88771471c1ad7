package io.points.ledger.dates;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Days as a tenant has them. A day is over when it is over in its time zone; if that was changed, when it is over in the one before
 * too, so that nobody loses hours by a change. Plain Java.
 *
 * @param zone the tenant's
 * @param previous the one before; null if there was none
 */
public record LocalDays(ZoneId zone, @Nullable ZoneId previous) {

    /** Of a tenant that has chosen none. */
    public static final LocalDays UTC = new LocalDays(ZoneOffset.UTC, null);

    /** Nowhere is it a later day. */
    private static final ZoneOffset EARLIEST = ZoneOffset.ofHours(14);

    /**
     * Of a tenant that has chosen a zone.
     *
     * @param previous null if it was none but UTC, which all have that have chosen none: that is over first, too
     */
    public static LocalDays of(String zone, @Nullable String previous) {
        var before = previous == null && !zone.equals("UTC") ? "UTC" : previous;
        return new LocalDays(ZoneId.of(zone), before == null ? null : ZoneId.of(before));
    }

    /** The day of a credit. */
    public LocalDate dayOf(Instant moment) {
        return LocalDate.ofInstant(moment, zone);
    }

    /** All days before it are over. */
    public LocalDate firstNotOver(Instant moment) {
        var here = dayOf(moment);
        if (previous == null) {
            return here;
        }
        var before = LocalDate.ofInstant(moment, previous);
        return before.isBefore(here) ? before : here;
    }

    /** The latest day that it is anywhere: what lapses later than the day before lapses nowhere yet. */
    public static LocalDate latestAnywhere(Instant moment) {
        return LocalDate.ofInstant(moment, EARLIEST);
    }
}
