package io.points.distribution.expiry;

import io.points.ledger.dates.LocalDays;
import io.points.ledger.dates.Lots;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Which points of a wallet lapse on a day, and of which their owner is told. Earned points lapse only if the first notice was given as
 * long before as it says: if it came late, they stay longer, never shorter. Plain decisions, without a clock.
 */
final class ExpiryRules {

    /** After a suspension nothing lapses for so long: nobody could use anything while it lasted. */
    static final int DAYS_AFTER_SUSPENSION = 7;

    /** Days before budgets lapse, on which their owners are told. */
    static final List<Long> NOTICES_OF_BUDGETS = List.of(7L);

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
     */
    record Decision(List<Lots> lapsed, List<Notice> notices) {}

    /**
     * Of earned points.
     *
     * @param lots what of the wallet is dated
     * @param told what its owner was told, by the day until which the points can be used
     * @param noticeDays when they are told, the earliest first
     * @param today all days before it are over
     * @param lapses false while nothing may lapse
     */
    static Decision decide(
            Lots lots, Map<LocalDate, List<Told>> told, List<Long> noticeDays, LocalDate today, boolean lapses) {
        return decide(lots, told, noticeDays, today, (day, soFar) -> {
            var end = end(day, soFar);
            return lapses && end != null && end.isBefore(today);
        });
    }

    /** Of a budget: its owner is told, but nothing waits for it. */
    static Decision decideOfBudget(Lots lots, Map<LocalDate, List<Told>> told, LocalDate today) {
        return decide(lots, told, NOTICES_OF_BUDGETS, today, (day, soFar) -> day.isBefore(today));
    }

    private static Decision decide(
            Lots lots,
            Map<LocalDate, List<Told>> told,
            List<Long> noticeDays,
            LocalDate today,
            BiPredicate<LocalDate, List<Told>> isOver) {
        var lapsed = new ArrayList<Lots>();
        var notices = new ArrayList<Notice>();
        for (var ofOneDay : lots.byDay()) {
            var day = ofOneDay.list().get(0).expiresOn();
            var soFar = told.getOrDefault(day, List.of());
            if (isOver.test(day, soFar)) {
                lapsed.add(ofOneDay);
                continue;
            }
            var end = end(day, soFar);
            var days = notice(end == null ? day : end, soFar, noticeDays, today);
            if (days != null) {
                notices.add(new Notice(day, ofOneDay.sum(), days));
            }
        }
        return new Decision(lapsed, notices);
    }

    /** What of points of a budget that have lapsed the company has bought until a day that is over, too: nobody can give it again. */
    static Lots boughtUntilBefore(Lots lapsed, LocalDate today) {
        return Lots.of(lapsed.list().stream()
                .filter(lot -> lot.purchaseExpiresOn() != null
                        && lot.purchaseExpiresOn().isBefore(today))
                .toList());
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
