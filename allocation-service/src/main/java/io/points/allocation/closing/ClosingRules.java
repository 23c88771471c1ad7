package io.points.allocation.closing;

import io.points.contract.Settlement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** How a tenant can be closed. Plain decisions, without a clock. */
final class ClosingRules {

    /** So long before earned points lapse, their owners know. */
    static final int NOTICE_DAYS = 30;

    static final int MOST_YEARS_AHEAD = 3;

    /** What is wrong with a field. */
    record Fault(String field, String message) {}

    private static final Duration KEPT_AFTER_CLOSING = Duration.ofDays(30);

    private ClosingRules() {}

    /**
     * What is wrong with terms though each field is well formed.
     *
     * @param today in the tenant's time zone
     */
    static List<Fault> faults(ClosingTerms terms, LocalDate today) {
        var faults = new ArrayList<Fault>();
        var until = terms.earnedUntil();
        boolean lapses = terms.earnedThen() == Settlement.EXPIRE;
        if (lapses && until.isBefore(today.plusDays(NOTICE_DAYS))) {
            faults.add(new Fault(
                    "earned_until",
                    "must be at least " + NOTICE_DAYS + " days ahead, which is " + today.plusDays(NOTICE_DAYS)
                            + ", unless earned_then is credit"));
        } else if (until.isBefore(today)) {
            faults.add(new Fault("earned_until", "must not be over"));
        } else if (until.isAfter(today.plusYears(MOST_YEARS_AHEAD))) {
            faults.add(new Fault("earned_until", "must be at most " + MOST_YEARS_AHEAD + " years ahead"));
        }
        if (!lapses && terms.unspent() == Settlement.EXPIRE) {
            faults.add(new Fault(
                    "earned_then", "must be expire where unspent is: what goes back to the pool lapses there"));
        }
        return faults;
    }

    /**
     * Whether a closing can still be called off: not after the day that was promised, for then points lapse.
     *
     * @param today in the tenant's time zone
     */
    static boolean canBeCalledOff(Closing closing, LocalDate today) {
        return closing.emptiedAt() == null && !today.isAfter(closing.terms().earnedUntil());
    }

    /** From when on what is known of the people of a closed tenant can be deleted: until then they may ask for what they had. */
    static Instant erasableFrom(Instant closedAt) {
        return closedAt.plus(KEPT_AFTER_CLOSING);
    }
}
