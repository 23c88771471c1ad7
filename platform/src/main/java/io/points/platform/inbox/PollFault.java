package io.points.platform.inbox;

import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Why a poll could not be handled, as far as it decides what is done next. */
final class PollFault {

    /** A statement's, a transaction's and an idle transaction's time limit: query_canceled and those of class 25. */
    private static final Set<String> TIME_LIMITS = Set.of("57014", "25P04", "25P03");

    /** One attempt had all the time that one gets. */
    static final class TimeUp extends Exception {
        TimeUp(Duration limit) {
            super("it took longer than " + limit.toSeconds() + " s");
        }
    }

    private PollFault() {}

    /**
     * Only what a record itself can be guilty of: data that the tables refuse (SQLSTATE classes 22 and 23), or that our
     * own code cannot handle. All else is an outage, a lost race or a half-done roll-out, and is waited out.
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
     * The time that one attempt or the database gives was up. It may be an outage; but a poll that needs more time than
     * there is would never get through, so half of it is tried next. That there was no connection is no such thing.
     */
    static boolean isTimeUp(Throwable failure) {
        var state = state(failure);
        return state == null ? failure instanceof TimeUp : TIME_LIMITS.contains(state);
    }

    private static @Nullable String state(Throwable failure) {
        return failure instanceof PgException pg ? pg.getSqlState() : null;
    }
}
