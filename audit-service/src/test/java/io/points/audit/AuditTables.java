package io.points.audit;

import static org.awaitility.Awaitility.await;

import io.points.testing.PointsTestResource;
import io.points.testing.Tables;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** The service's tables, behind its back. */
final class AuditTables {

    /** PostgreSQL, appendix A. */
    private static final String DEADLOCK = "40P01";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String INSERT = """
            with recorded as (
                insert into audit_log (event_id, type, source, subject, tenant_id, occurred_at, topic, data_digest, data)
                select gen_random_uuid(), 'PointsAwarded', 'test', gen_random_uuid()::text, '%s', now(),
                       'distribution.wallet.events.v1', encode(sha256(convert_to(content, 'UTF8')), 'hex'), content::json
                from (select '{"note": "nothing to see", "amount": ' || i || '}' as content
                      from generate_series(1, %d) as i) as contents
                returning sequence, event_id),
            waiting as (insert into audit_unsealed select sequence from recorded)
            select event_id from recorded order by sequence
            """;

    private AuditTables() {}

    /** Records events as the service does, without a topic. */
    static List<UUID> insert(UUID tenant, int count) {
        try (var owner = owner()) {
            return insert(owner, tenant, count);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<UUID> insert(Connection connection, UUID tenant, int count) throws SQLException {
        var ids = new ArrayList<UUID>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(INSERT.formatted(tenant, count))) {
            while (rows.next()) {
                ids.add(rows.getObject(1, UUID.class));
            }
        }
        return ids;
    }

    /** Records an event as if it had been heard, whatever it says. */
    static void record(UUID tenant, String topic, String type, String json) {
        recordUnder(tenant, "'" + topic + "'", type, json);
    }

    /** As above; gives the event's id. */
    static UUID recorded(UUID tenant, String topic, String type, String json) {
        record(tenant, topic, type, json);
        return UUID.fromString(
                column("select event_id from audit_log where tenant_id = '%s' and topic = '%s' and type = '%s'"
                                .formatted(tenant, topic, type))
                        .get(0));
    }

    /**
     * As above, under any topic.
     *
     * @param json may have ' || … || ' in it
     * @param topicSql what stands in the record
     */
    static void recordUnder(UUID tenant, String topicSql, String type, String json) {
        asSuperuser("""
                with recorded as (
                    insert into audit_log (event_id, type, source, subject, tenant_id, occurred_at, topic, data_digest, data)
                    select gen_random_uuid(), '%s', 'test', gen_random_uuid()::text, '%s', now(), %s,
                           encode(sha256(convert_to(content, 'UTF8')), 'hex'), content::json
                    from (select '%s' as content) as contents
                    returning sequence)
                insert into audit_unsealed select sequence from recorded
                """.formatted(type, tenant, topicSql, json));
    }

    /** Records what somebody did by a request; gives the event's id. */
    static UUID recordedBy(UUID tenant, @Nullable String actor, @Nullable String trace) {
        return insert(tenant, "some subject", actor, trace);
    }

    /** Records what happened to an object. */
    static UUID recordedOf(UUID tenant, String subject) {
        return insert(tenant, subject, null, null);
    }

    private static UUID insert(UUID tenant, String subject, @Nullable String actor, @Nullable String trace) {
        return Tables.asOwner(connection -> {
            try (var statement = connection.prepareStatement("""
                    with recorded as (
                        insert into audit_log (event_id, type, source, subject, tenant_id, actor_id, trace_id, occurred_at, topic,
                               data_digest, data)
                        values (gen_random_uuid(), 'PointsAwarded', 'test', ?, ?, ?, ?, now(), 'distribution.wallet.events.v1',
                                encode(sha256('{}'), 'hex'), '{}')
                        returning sequence, event_id),
                    waiting as (insert into audit_unsealed select sequence from recorded)
                    select event_id from recorded""")) {
                statement.setString(1, subject);
                statement.setObject(2, tenant);
                statement.setString(3, actor);
                statement.setString(4, trace);
                try (var rows = statement.executeQuery()) {
                    rows.next();
                    return rows.getObject(1, UUID.class);
                }
            }
        });
    }

    static Connection owner() throws SQLException {
        return DriverManager.getConnection(PointsTestResource.surroundings().ownerJdbcUrl());
    }

    /** Runs statements that nothing stops: not the rights, not the triggers. Again, if a round of the service was in their way. */
    static void asSuperuser(String... statements) {
        Awaitility.await().until(() -> {
            try {
                runAsSuperuser(statements);
                return true;
            } catch (SQLException e) {
                if (DEADLOCK.equals(e.getSQLState())) {
                    return false;
                }
                throw new IllegalStateException(e);
            }
        });
    }

    private static void runAsSuperuser(String... statements) throws SQLException {
        var url = PointsTestResource.surroundings().superuserJdbcUrl().replaceFirst("(?<=:\\d{1,5}/)[^?]*", "audit");
        try (var connection = DriverManager.getConnection(url);
                var sql = connection.createStatement()) {
            connection.setAutoCommit(false);
            sql.execute("set session_replication_role = replica");
            for (var statement : statements) {
                sql.execute(statement);
            }
            connection.commit();
        }
    }

    /** The first column of what a query gives. */
    static List<String> column(String query) {
        return Tables.asOwner(connection -> Tables.column(connection, query));
    }

    /** Waits until every record of the tenant has its leaf. */
    static void awaitSealed(UUID tenant) {
        await().atMost(PATIENCE)
                .until(() -> column("select count(*) = (select count(*) from audit_leaf_log where tenant_id = '"
                                + tenant + "') and count(*) > 0 from audit_log where tenant_id = '" + tenant + "'")
                        .equals(List.of("t")));
    }

    /** Waits until the books have every leaf of the tenant. */
    static void awaitPosted(UUID tenant) {
        await().atMost(PATIENCE).until(() -> column(
                        "select tree_size = (select max(leaf_index) + 1 from audit_leaf_log where tenant_id = '"
                                + tenant + "') from audit_books where tenant_id = '" + tenant + "'")
                .equals(List.of("t")));
    }

    /** Waits until nothing waits any more, of whatever tenant. */
    static void awaitAllPosted() {
        await().atMost(PATIENCE).until(() -> column(
                        "select (select count(*) from audit_unsealed) + (select count(*) from audit_unposted)"
                                + " + (select count(*) from audit_attestations)"
                                + " + (select count(*) from audit_books b left join audit_counted c using (tenant_id)"
                                + " where b.tree_size > coalesce(c.tree_size, 0))")
                .equals(List.of("0")));
    }
}
