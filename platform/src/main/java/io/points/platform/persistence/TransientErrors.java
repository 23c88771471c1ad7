package io.points.platform.persistence;

import io.smallrye.mutiny.TimeoutException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.util.Set;

/** Tells faults that pass (an outage, a lost lock race) from those that no retry mends. */
public final class TransientErrors {

    /** SQLSTATE classes, PostgreSQL manual, appendix A. */
    private static final Set<String> PASSING_CLASSES = Set.of(
            "08", // connection
            "25", // transaction state: the server ended an idle or long transaction
            "40", // serialization failure, deadlock
            "53", // out of resources
            "55", // lock not available, object in use
            "57", // operator intervention: shutdown, cancelled
            "58"); // system error

    /** How the texts of Vert.x failures begin that have no type of their own. */
    private static final Set<String> PASSING_TEXTS = Set.of(
            "Timeout", "Connection is not active now", "Pool closed", "Connection pool reached max wait queue size");

    private TransientErrors() {}

    public static boolean isTransient(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PgException pg && pg.getSqlState() != null) {
                return PASSING_CLASSES.contains(pg.getSqlState().substring(0, 2)) || isTornDownLogin(pg);
            }
            if (cause instanceof IOException
                    || cause instanceof TimeoutException
                    || cause instanceof ClosedConnectionException
                    || cause instanceof io.vertx.core.VertxException
                    || PASSING_TEXTS.stream().anyMatch(String.valueOf(cause.getMessage())::startsWith)) {
                return true;
            }
        }
        return false;
    }

    /** 28xxx while a server starts up or an operator rotates a password. */
    private static boolean isTornDownLogin(PgException pg) {
        return pg.getSqlState().startsWith("28");
    }
}
