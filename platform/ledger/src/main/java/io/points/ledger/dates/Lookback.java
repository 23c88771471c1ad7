package io.points.ledger.dates;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What would have lapsed in the last days, had a rule always been there. Plain Java, without a clock. */
public final class Lookback {

    /** How far it looks back. */
    public static final int DAYS = 90;

    private Lookback() {}

    /**
     * What was credited on a day, or would have lapsed on one.
     *
     * @param credits how many credits they are
     */
    public record Credited(LocalDate day, int credits, long points) {
        private Credited plus(Credited more) {
            return new Credited(day, credits + more.credits, Math.addExact(points, more.points));
        }
    }

    /** On which days it was credited what would have lapsed in these days. */
    public record Span(LocalDate first, LocalDate last) {}

    /** The first of these days. */
    public static LocalDate from(LocalDate today) {
        return today.minusDays(DAYS);
    }

    /** @return null if nothing would have lapsed */
    public static @Nullable Span span(Expiry expiry, LocalDate today) {
        var from = from(today);
        LocalDate first = null;
        LocalDate last = null;
        // The day on which points lapse never comes earlier for what is credited later.
        for (var day = today; !expiry.lastDay(day).isBefore(from); day = day.minusDays(1)) {
            if (expiry.lastDay(day).isBefore(today)) {
                last = last == null ? day : last;
                first = day;
            }
        }
        return first == null ? null : new Span(first, last);
    }

    /**
     * What would have lapsed in these days, by the day, the earliest first.
     *
     * @param credited at least what was credited in the {@link #span}
     */
    public static List<Credited> lapsed(Expiry expiry, LocalDate today, Collection<Credited> credited) {
        var from = from(today);
        var days = new TreeMap<LocalDate, Credited>();
        for (var one : credited) {
            var lastDay = expiry.lastDay(one.day());
            if (!lastDay.isBefore(from) && lastDay.isBefore(today)) {
                days.merge(lastDay, new Credited(lastDay, one.credits(), one.points()), Credited::plus);
            }
        }
        return List.copyOf(days.values());
    }

    /** No id that was made on that day or later is less, for ids begin with their time. */
    public static UUID firstIdOf(LocalDate day) {
        return new UUID(day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli() << 16, 0);
    }
}
