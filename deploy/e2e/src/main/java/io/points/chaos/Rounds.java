package io.points.chaos;

import static io.points.local.Service.ALLOCATION;
import static io.points.local.Service.DISTRIBUTION;

import io.points.e2e.Books;
import java.time.Duration;

/** What is due by the calendar: points that lapse, owners to be told of it, schedules to be run, approvals that nobody has given in time. */
final class Rounds {

    private static final Duration LONGEST = Duration.ofSeconds(60);

    private static final String POOLS = """
            select count(*) from tenants t
            where next_expiry < (to_timestamp(%s) at time zone coalesce(
                (select time_zone from tenant_settings_logs s where s.tenant_id = t.id order by revision desc limit 1), 'UTC'))::date
            """;

    private static final String SCHEDULES = "select count(*) from schedules where next_due_at <= to_timestamp(%s)";
    private static final String HELD = "select count(*) from distributions where held_until < to_timestamp(%s)";
    private static final String WALLETS = "select count(*) from expiry_rounds where due_at <= to_timestamp(%s)";

    private final Calendar calendar;
    private final Books books;

    Rounds(Calendar calendar, Books books) {
        this.calendar = calendar;
        this.books = books;
    }

    /** Returns when nothing is due any more; false if something still is after a minute. */
    boolean awaitRest() {
        return await(LONGEST);
    }

    /** As above, with a limit of the caller's own. */
    boolean await(Duration longest) {
        return Waits.untilSeen(longest, () -> {
            var now = Long.toString(calendar.now().getEpochSecond());
            return books.number(ALLOCATION, POOLS.formatted(now)) == 0
                    && books.number(ALLOCATION, SCHEDULES.formatted(now)) == 0
                    && books.number(DISTRIBUTION, WALLETS.formatted(now)) == 0
                    && books.number(DISTRIBUTION, HELD.formatted(now)) == 0;
        });
    }
}
