package io.points.chaos;

import static io.points.local.Service.ALLOCATION;

import io.points.e2e.Books;
import java.time.Duration;

/**
 * Two schedulers at the same period: one has written its run, and dies or freezes right before it commits; the other one finds the
 * period due. Of a tenant whose schedule falls due each day.
 */
final class Schedulers {

    private static final String FAULT_POINT = "transaction-before-commit";
    private static final int TRIES = 4;
    private static final Duration LONGEST_WAY_TO_THE_COMMIT = Duration.ofSeconds(8);

    /** The database ends the transaction of whoever is frozen after 5 s; then the other one is to look. */
    private static final Duration LONGEST_WAY_TO_THE_RUN = Duration.ofSeconds(30);

    private final Cluster cluster;
    private final Company company;
    private final Books books;

    Schedulers(Cluster cluster, Company company, Books books) {
        this.cluster = cluster;
        this.company = company;
        this.books = books;
    }

    /**
     * Until it has come about: a fault of the database can end the transaction before.
     *
     * @param first the instance that is stopped, whose turn the caller has
     * @param dies whether it is killed, and not frozen and woken up later
     * @return whether another instance had run the period before the first was there again
     */
    boolean meet(Part first, boolean dies) {
        for (int i = 0; i < TRIES; i++) {
            if (meetOnce(first, dies)) {
                return true;
            }
        }
        return false;
    }

    private boolean meetOnce(Part first, boolean dies) {
        cluster.calendar().level();
        long before = runs();
        if (!Waits.untilSeen(LONGEST_WAY_TO_THE_COMMIT, () -> !isDue())
                || !first.process().alive()) {
            return false;
        }
        first.arm(FAULT_POINT, "hold");
        // Only for it has the next day begun.
        cluster.calendar().passOnlyFor(first.name());
        boolean stood = Waits.untilSeen(LONGEST_WAY_TO_THE_COMMIT, () -> first.isHit(FAULT_POINT) && isLocked());
        if (dies) {
            first.process().kill();
        } else {
            first.process().suspend();
        }
        first.disarm(FAULT_POINT);
        long written = runs();
        cluster.calendar().level();
        boolean ran = Waits.untilSeen(LONGEST_WAY_TO_THE_RUN, () -> runs() > written);
        if (dies) {
            cluster.revive(first);
        } else {
            first.process().resume();
        }
        return stood && before >= 0 && written == before && ran;
    }

    private boolean isDue() {
        return books.number(
                        ALLOCATION,
                        "select count(*) from schedules where tenant_id = '" + company.id()
                                + "' and next_due_at <= to_timestamp("
                                + cluster.calendar().now().getEpochSecond() + ")")
                > 0;
    }

    private boolean isLocked() {
        return books.texts(
                        ALLOCATION,
                        "select id from schedules where tenant_id = '" + company.id() + "' for update skip locked")
                .isEmpty();
    }

    /** How often the schedule has been run; below 0 if the database is away. */
    private long runs() {
        try {
            return books.number(
                    ALLOCATION,
                    "select count(*) from schedule_runs r join schedules s on s.id = r.schedule_id where s.tenant_id = '"
                            + company.id() + "'");
        } catch (IllegalStateException e) {
            return -1;
        }
    }
}
