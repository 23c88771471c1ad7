package io.points.distribution.policy;

import io.points.ledger.dates.ExpiryTerms;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a policy can be. Plain decisions, without a clock. */
final class PolicyRules {

    static final int MOST_NOTICES = 5;
    static final int LONGEST_NOTICE = 90;
    static final List<Long> USUAL_NOTICES = List.of(30L, 7L);

    /** Whoever has so many days is told as long before as is usual. */
    private static final long LONG_TERM_DAYS = 90;

    private static final long FIRST_NOTICE_OF_LONG_TERMS = 30;
    private static final int DAYS_OF_SHORTEST_MONTH = 28;

    private PolicyRules() {}

    /** What is wrong with it though each field is well formed; by the fields' names. */
    static Map<String, String> faults(EarnedTerms earned) {
        var faults = new LinkedHashMap<String, String>();
        var expires = earned.expires();
        if (expires != null) {
            faults.putAll(expires.faults("earned.expires"));
        }
        var notices = earned.noticeDays();
        if (notices != null && faults.isEmpty()) {
            var fault = fault(notices, expires);
            if (fault != null) {
                faults.put("earned.notice_days", fault);
            }
        }
        return faults;
    }

    /** What is wrong with it though each field is well formed; by the fields' names. */
    static Map<String, String> faults(BudgetsTerms budgets) {
        return budgets.expires() == null ? Map.of() : budgets.expires().faults("budgets.expires");
    }

    private static @Nullable String fault(List<Long> notices, @Nullable ExpiryTerms expires) {
        for (int i = 1; i < notices.size(); i++) {
            if (notices.get(i) >= notices.get(i - 1)) {
                return "must become smaller from one to the next";
            }
        }
        if (expires == null) {
            return null;
        }
        long first = notices.get(0);
        if (first > leastDays(expires)) {
            return "must not be longer than points last at least, which is " + leastDays(expires) + " days";
        }
        return isLong(expires) && first < FIRST_NOTICE_OF_LONG_TERMS
                ? "must begin with at least " + FIRST_NOTICE_OF_LONG_TERMS + " where points last 90 days or more"
                : null;
    }

    /** With what is usual where nothing is said. */
    static EarnedPolicy complete(EarnedTerms earned) {
        var expires = earned.expires() == null ? null : earned.expires().complete();
        var to = earned.to() == null ? Destination.NOWHERE : earned.to();
        var notices = earned.noticeDays();
        return new EarnedPolicy(expires, to.word(), notices == null ? usualNotices(expires) : List.copyOf(notices));
    }

    /** With what is usual where nothing is said. */
    static BudgetsPolicy complete(BudgetsTerms budgets) {
        var expires = budgets.expires() == null ? null : budgets.expires().complete();
        return new BudgetsPolicy(expires, (budgets.to() == null ? Destination.POOL : budgets.to()).word());
    }

    private static List<Long> usualNotices(@Nullable ExpiryTerms expires) {
        if (expires == null) {
            return USUAL_NOTICES;
        }
        var fitting = USUAL_NOTICES.stream()
                .filter(days -> days <= leastDays(expires))
                .toList();
        return fitting.isEmpty() ? List.of(1L) : fitting;
    }

    private static long leastDays(ExpiryTerms expires) {
        var after = expires.after();
        if (after == null) {
            return expires.minDays() == null ? ExpiryTerms.USUAL_MIN_DAYS : expires.minDays();
        }
        return after.endsWith("D") ? number(after) : months(after) * DAYS_OF_SHORTEST_MONTH;
    }

    private static boolean isLong(ExpiryTerms expires) {
        var after = expires.after();
        return after != null && !after.endsWith("D") ? months(after) >= 3 : leastDays(expires) >= LONG_TERM_DAYS;
    }

    private static long months(String after) {
        return after.endsWith("Y") ? 12 * number(after) : number(after);
    }

    private static long number(String after) {
        return Long.parseLong(after.substring(1, after.length() - 1));
    }
}
