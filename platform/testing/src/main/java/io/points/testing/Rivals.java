package io.points.testing;

import org.awaitility.Awaitility;

/** What happens to the transactions of the service under test when they are not alone. */
public final class Rivals {

    private static final String BLOCKED = "select count(*) from pg_locks where not granted";

    private static final String END_OPEN_TRANSACTIONS = """
            select count(pg_terminate_backend(pid)) from pg_stat_activity
            where state = 'idle in transaction' and usename like '%_app'
            """;

    private static final String DEADLOCKS = "select sum(deadlocks) from pg_stat_database";

    /** How many connections the services have had since then; those that do nothing are ended. */
    private static final String END_IDLE_SINCE_BEFORE = """
            select count(*), count(case when state = 'idle' then pg_terminate_backend(pid) end) from pg_stat_activity
            where right(usename, 4) = '_app' and backend_start < '%s'
            """;

    private Rivals() {}

    /** On a busy machine a test holds one transaction for some seconds until another has come to wait for it. */
    static void letTransactionsStand(String superuserJdbcUrl, String login) {
        Tables.as(superuserJdbcUrl, connection -> {
            try (var statement = connection.createStatement()) {
                return statement.execute("alter role " + login + " set idle_in_transaction_session_timeout = '15s'");
            }
        });
    }

    /** Whether some transaction waits for another one. */
    public static boolean isAnyBlocked() {
        return asSuperuser(BLOCKED) > 0;
    }

    /** How many transactions wait for others. */
    public static long blocked() {
        return asSuperuser(BLOCKED);
    }

    /** Returns when some transaction waits for another one. */
    public static void awaitBlocked() {
        Awaitility.await().until(Rivals::isAnyBlocked);
    }

    /** Ends the connections of the service's open transactions, as a restart of the database does. */
    public static void endOpenTransactions() {
        if (asSuperuser(END_OPEN_TRANSACTIONS) == 0) {
            throw new IllegalStateException("no transaction was open");
        }
    }

    /**
     * How many transactions the database has ended so far because they waited for each other in a circle. A connection may keep to itself for
     * seconds what it has met, unless it ends; so the services' are ended, and they open new ones.
     */
    public static long deadlocks() {
        var now = Tables.as(superuser(), connection -> Tables.column(connection, "select clock_timestamp()"))
                .get(0);
        Awaitility.await().until(() -> asSuperuser(END_IDLE_SINCE_BEFORE.formatted(now)) == 0);
        return asSuperuser(DEADLOCKS);
    }

    private static long asSuperuser(String query) {
        return Tables.as(superuser(), connection -> Tables.number(connection, query));
    }

    private static String superuser() {
        return PointsTestResource.surroundings().superuserJdbcUrl();
    }
}
