package io.points.testing;

import io.points.contract.BalanceEvent.AttestedBalance;
import io.points.contract.BalanceEvent.BalanceAttested;
import io.smallrye.mutiny.Uni;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/** Somebody who changes rows of a balance owner behind its back, and what the owner then attests. */
public final class Attesting {

    private Attesting() {}

    /** Makes a round due now. */
    public static void demand(String database) {
        asSuperuser(database, "update attestation_round set due_at = now()");
    }

    /** As above, of this tenant and whoever comes after it in the order of ids: the round rests after each few balances of all others. */
    public static void demand(String database, UUID from) {
        asSuperuser(database, """
                update attestation_round set due_at = now(), began_at = now(), tenant_id = '%s', holder_id = '%s', account = ''
                """.formatted(from, new UUID(0, 0)));
    }

    /**
     * How the database adds up the entries of one balance, found out on copies of the ledgers: an open transaction of
     * whoever else is at work keeps the ledgers themselves from being cleaned up, and with that from this plan.
     *
     * @param account of which kind the balance is
     */
    public static String planOfSums(String account) {
        return Tables.asOwner(connection -> {
            var view = Tables.column(connection, "select pg_get_viewdef('entries_to_attest'::regclass)");
            try (var statement = connection.createStatement()) {
                for (var ledger : Tables.column(connection, """
                        select table_name from information_schema.view_table_usage where view_name = 'entries_to_attest'
                        """)) {
                    statement.execute("create temp table %1$s (like public.%1$s including all)".formatted(ledger));
                    statement.execute("insert into pg_temp.%1$s select * from public.%1$s".formatted(ledger));
                    statement.execute("vacuum analyze pg_temp." + ledger);
                }
                statement.execute("create temp view entries_to_attest as " + view.get(0));
                var plan = plan(connection, """
                        select sum(amount) from entries_to_attest
                        where tenant_id = '%1$s' and holder_id = '%1$s' and account = '%2$s' and entry_number <= 1000
                        """.formatted(new UUID(0, 0), account));
                statement.execute("discard temp");
                return plan;
            }
        });
    }

    /** How the database answers a query by its indexes. */
    public static String plan(String query) {
        return Tables.asOwner(connection -> plan(connection, query));
    }

    private static String plan(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("set enable_seqscan = off; set enable_bitmapscan = off");
        }
        return String.join("\n", Tables.column(connection, "explain " + query));
    }

    /** One text that a query gives. */
    public static String text(String query) {
        return Tables.asOwner(connection -> Tables.column(connection, query).get(0));
    }

    /** Begins all of them before it waits for any. */
    public static void together(List<Supplier<Uni<Void>>> works) {
        works.stream()
                .map(work -> SideBySide.begin(() -> work.get().await().indefinitely()))
                .toList()
                .forEach(CompletableFuture::join);
    }

    /** What was attested of a tenant, once all that was written has been sent. */
    public static List<AttestedBalance> told(TestKafka kafka, String topic, UUID tenant) {
        Awaitility.await().until(() -> Tables.asOwner(connection -> Tables.column(
                        connection,
                        "select count(*) from outbox where type = 'BalanceAttested' and tenant_id = '" + tenant + "'"))
                .equals(List.of("0")));
        return kafka.messages(topic, BalanceAttested.class, tenant).stream()
                .flatMap(event -> event.balances().stream())
                .toList();
    }

    /** Runs statements that nothing stops: not the rights, not the triggers. */
    public static void asSuperuser(String database, String... statements) {
        var url = PointsTestResource.surroundings().superuserJdbcUrl().replaceFirst("(?<=:\\d{1,5}/)[^?]*", database);
        try (var connection = DriverManager.getConnection(url);
                var sql = connection.createStatement()) {
            connection.setAutoCommit(false);
            sql.execute("set session_replication_role = replica");
            for (var statement : statements) {
                sql.execute(statement);
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
