package io.points.distribution.limit;

import io.points.distribution.rule.Subject;
import io.points.distribution.rule.Tally;
import io.points.platform.outbox.Tx;
import io.points.platform.persistence.Columns;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What was given, in its table. Whoever judges by it holds its rows until the commit, and locks them before Idempotency-Keys,
 * distributions, members and wallets.
 */
@ApplicationScoped
class Tallies {

    private static final String NAMED = """
            given g
            join unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[]) as n (tenant_id, giver_id, receiver_id, department_id)
              on g.tenant_id = n.tenant_id and g.giver_id = n.giver_id and g.receiver_id = n.receiver_id
             and g.department_id = n.department_id
            """;

    private static final String LOOK =
            "select g.tenant_id, g.giver_id, g.receiver_id, g.department_id, g.day, g.points, g.awards from " + NAMED;

    /** All of them, or none: whoever opens rows while holding others could wait in a circle. */
    private static final String LOCK = LOOK
            + "where (select count(*) from " + NAMED + ") = cardinality($1::uuid[])"
            + " order by g.tenant_id, g.giver_id, g.receiver_id, g.department_id for update of g";

    private static final String OPEN = """
            insert into given (tenant_id, giver_id, receiver_id, department_id, day, points, awards)
            select n.tenant_id, n.giver_id, n.receiver_id, n.department_id, '0001-01-01'::date,
                   array_fill(0::bigint, array[$5::int]), array_fill(0::bigint, array[$5::int])
            from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[]) as n (tenant_id, giver_id, receiver_id, department_id)
            order by tenant_id, giver_id, receiver_id, department_id
            on conflict do nothing
            """;

    private static final String SAVE = """
            update given g set day = n.day, points = n.points::bigint[], awards = n.awards::bigint[]
            from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::date[], $6::text[], $7::text[])
                 as n (tenant_id, giver_id, receiver_id, department_id, day, points, awards)
            where g.tenant_id = n.tenant_id and g.giver_id = n.giver_id and g.receiver_id = n.receiver_id
              and g.department_id = n.department_id
            """;

    /** Which row. */
    record Key(UUID tenantId, Subject subject) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing((Key key) -> key.tenantId().toString()).thenComparing(Key::subject);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /** As they are now; nothing of those that were never counted. */
    Uni<Map<Key, Tally>> look(Tx tx, SortedSet<Key> keys) {
        return keys.isEmpty() ? nothing() : tx.query(LOOK, arguments(keys)).map(Tallies::read);
    }

    /** Locks them all, in key order. */
    Uni<Map<Key, Tally>> lock(Tx tx, SortedSet<Key> keys) {
        if (keys.isEmpty()) {
            return nothing();
        }
        return tx.query(LOCK, arguments(keys))
                .chain(rows -> rows.rowCount() == keys.size()
                        ? Uni.createFrom().item(rows)
                        : open(tx, keys).chain(() -> tx.query(LOCK, arguments(keys))))
                .map(Tallies::read);
    }

    private static Uni<RowSet<Row>> open(Tx tx, SortedSet<Key> keys) {
        var opened = new ArrayList<Object>(Arrays.asList(arguments(keys)));
        opened.add(Tally.SIZE);
        return tx.query(OPEN, opened.toArray());
    }

    /** They must be locked. */
    Uni<Void> save(Tx tx, Map<Key, Tally> changed) {
        if (changed.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var keys = List.copyOf(changed.keySet());
        return tx.query(
                        SAVE,
                        Columns.uuids(keys, Key::tenantId),
                        Columns.uuids(keys, key -> key.subject().giver()),
                        Columns.uuids(keys, key -> key.subject().receiver()),
                        Columns.uuids(keys, key -> key.subject().department()),
                        Columns.of(
                                LocalDate[]::new, keys, key -> changed.get(key).day()),
                        Columns.texts(keys, key -> literal(changed.get(key).points())),
                        Columns.texts(keys, key -> literal(changed.get(key).awards())))
                .replaceWithVoid();
    }

    private static String literal(Long[] figures) {
        return Arrays.stream(figures).map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
    }

    private static Object[] arguments(SortedSet<Key> keys) {
        return new Object[] {
            Columns.uuids(keys, Key::tenantId),
            Columns.uuids(keys, key -> key.subject().giver()),
            Columns.uuids(keys, key -> key.subject().receiver()),
            Columns.uuids(keys, key -> key.subject().department())
        };
    }

    private static Map<Key, Tally> read(RowSet<Row> rows) {
        var tallies = new HashMap<Key, Tally>();
        for (var row : rows) {
            var subject =
                    new Subject(row.getUUID("giver_id"), row.getUUID("receiver_id"), row.getUUID("department_id"));
            tallies.put(
                    new Key(row.getUUID("tenant_id"), subject),
                    Tally.of(row.getLocalDate("day"), row.getArrayOfLongs("points"), row.getArrayOfLongs("awards")));
        }
        return tallies;
    }

    private static Uni<Map<Key, Tally>> nothing() {
        return Uni.createFrom().item(Map.of());
    }
}
