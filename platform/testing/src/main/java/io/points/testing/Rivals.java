package io.points.testing;

import org.awaitility.Awaitility;

/** What happens to the transactions of the service under test when they are not alone. */
public final class Rivals {

    private static final String BLOCKED = "select count(*) from pg_locks where not granted";

    private static final String END_OPEN_TRANSACTIONS = """
            select count(pg_terminate_backend(pid)) from pg_stat_activity
            where state = 'idle in transaction' and usename like '%_app'
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

    private static long asSuperuser(String query) {
        var url = PointsTestResource.surroundings().superuserJdbcUrl();
        return Tables.as(url, connection -> Tables.number(connection, query));
    }
}
