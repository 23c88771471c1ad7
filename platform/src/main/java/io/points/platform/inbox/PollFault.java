package io.points.platform.inbox;

import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Why a poll failed, as far as it determines the next step. */
final class PollFault {

    /** The time-outs of a statement, a transaction and an idle transaction: query_canceled and those of class 25. */
    private static final Set<String> TIME_LIMITS = Set.of("57014", "25P04", "25P03");

    /** The attempt timed out. */
    static final class TimeUp extends Exception {
        TimeUp(Duration limit) {
            super("it took longer than " + limit.toSeconds() + " s");
        }
    }

    private PollFault() {}

    /**
     * Only faults that a record itself can cause: data that the tables reject (SQLSTATE classes 22 and 23), or that our
     * own code cannot process. Everything else is an outage, a lost race or an incomplete roll-out, and is retried.
     */
    static boolean isRecords(Throwable failure) {
        var state = state(failure);
        if (state != null) {
            return state.startsWith("22") || state.startsWith("23");
        }
        return failure instanceof IllegalArgumentException
                || failure instanceof IllegalStateException
                || failure instanceof ArithmeticException
                || failure instanceof NullPointerException
                || failure instanceof ClassCastException
                || failure instanceof IndexOutOfBoundsException;
    }

    /**
     * The attempt or the database timed out. It may be an outage; but a poll that needs more time than
     * that would never succeed, so half of it is tried next. A missing connection does not count.
     */
    static boolean isTimeUp(Throwable failure) {
        var state = state(failure);
        return state == null ? failure instanceof TimeUp : TIME_LIMITS.contains(state);
    }

    private static @Nullable String state(Throwable failure) {
        return failure instanceof PgException pg ? pg.getSqlState() : null;
    }
}
