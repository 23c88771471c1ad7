package io.points.distribution.expiry;

import io.points.contract.DatedPoints;
import io.points.ledger.dates.LocalDays;
import io.points.ledger.dates.Lots;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which points of a wallet lapse on a day, and of which their owner is told. Points lapse only if the first notice was given as long
 * before as it says: if it came late, they stay longer, never shorter. Plain decisions, without a clock.
 */
final class ExpiryRules {

    /** After a suspension nothing lapses for so long: nobody could use anything while it lasted. */
    static final int DAYS_AFTER_SUSPENSION = 7;

    private ExpiryRules() {}

    /**
     * What somebody was told of the points of one day.
     *
     * @param days so long before it is told
     * @param on when it was
     */
    record Told(long days, LocalDate on) {
        private LocalDate until() {
            return on.plusDays(days);
        }
    }

    /** What is to be told now. */
    record Notice(LocalDate expiresOn, long points, long days) {}

    /**
     * What is to be done with a wallet.
     *
     * @param lapsed what lapses, day by day, the earliest first
     * @param left what is dated then
     */
    record Decision(List<Lots> lapsed, Lots left, List<Notice> notices) {}

    /**
     * @param lots what of the wallet is dated
     * @param told what its owner was told, by the day until which the points can be used
     * @param noticeDays when they are told, the earliest first
     * @param today all days before it are over
     * @param lapses false while nothing may lapse
     */
    static Decision decide(
            Lots lots, Map<LocalDate, List<Told>> told, List<Long> noticeDays, LocalDate today, boolean lapses) {
        var lapsed = new ArrayList<Lots>();
        var left = new ArrayList<DatedPoints>();
        var notices = new ArrayList<Notice>();
        for (var lot : lots.list()) {
            var day = lot.expiresOn();
            var soFar = told.getOrDefault(day, List.of());
            var end = end(day, soFar);
            if (lapses && end != null && end.isBefore(today)) {
                lapsed.add(Lots.of(List.of(lot)));
                continue;
            }
            left.add(lot);
            var days = notice(end == null ? day : end, soFar, noticeDays, today);
            if (days != null) {
                notices.add(new Notice(day, lot.points(), days));
            }
        }
        return new Decision(lapsed, Lots.of(left), notices);
    }

    /** The last day on which they can be used, as their owner was told; null if nothing was told yet. */
    private static @Nullable LocalDate end(LocalDate day, List<Told> told) {
        return told.stream()
                .max(Comparator.comparingLong(Told::days))
                .map(first -> first.until().isAfter(day) ? first.until() : day)
                .orElse(null);
    }

    private static @Nullable Long notice(LocalDate end, List<Told> told, List<Long> noticeDays, LocalDate today) {
        var due = noticeDays.stream()
                .filter(days -> !today.plusDays(days).isBefore(end))
                .toList();
        if (due.isEmpty()) {
            return null;
        }
        if (told.isEmpty()) {
            return due.get(0);
        }
        // Those that were missed meanwhile are not made up for: one says it.
        long last = due.get(due.size() - 1);
        return told.stream().anyMatch(earlier -> earlier.days() <= last) || end.isBefore(today) ? null : last;
    }

    /** When the day after this one begins, in both zones if the tenant's was changed. */
    static Instant beginOfNext(LocalDate today, LocalDays days) {
        var next = today.plusDays(1);
        var here = next.atStartOfDay(days.zone()).toInstant();
        if (days.previous() == null) {
            return here;
        }
        var before = next.atStartOfDay(days.previous()).toInstant();
        return before.isAfter(here) ? before : here;
    }
}
