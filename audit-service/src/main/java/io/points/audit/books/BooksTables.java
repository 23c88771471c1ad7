package io.points.audit.books;

import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The books in their tables. */
@ApplicationScoped
class BooksTables {

    private static final String FIND = "select * from audit_books where tenant_id = $1";

    private static final String MOVES = """
            select leaf.leaf_index, moved.*
            from audit_leaf_log leaf join points_posted moved on moved.sequence = leaf.sequence
            where leaf.tenant_id = $1 and leaf.leaf_index >= $2 and leaf.leaf_index < $3
            order by leaf.leaf_index
            """;

    private static final String TRANSIT =
            "select subject, points from audit_transit where tenant_id = $1 and subject = any($2::text[])";

    private static final String ARRIVED =
            "delete from audit_transit where tenant_id = $1 and subject = any($2::text[])";

    private static final String UNDER_WAY = """
            insert into audit_transit (tenant_id, subject, points, since)
            select $1::uuid, subject, points, $4::timestamptz from unnest($2::text[], $3::bigint[]) as n (subject, points)
            on conflict (tenant_id, subject) do update set points = excluded.points
            """;

    private static final String SAVE = """
            insert into audit_books (tenant_id, tree_size, allocated, clawed_back, pool, in_flight, budget, earned,
                                     reserved, expired, credited_early, pool_entries, pool_version, pool_balance)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            on conflict (tenant_id) do update set tree_size = excluded.tree_size, allocated = excluded.allocated,
                   clawed_back = excluded.clawed_back, pool = excluded.pool, in_flight = excluded.in_flight,
                   budget = excluded.budget, earned = excluded.earned, reserved = excluded.reserved,
                   expired = excluded.expired, credited_early = excluded.credited_early,
                   pool_entries = excluded.pool_entries, pool_version = excluded.pool_version,
                   pool_balance = excluded.pool_balance
            """;

    private static final String CUT = """
            insert into audit_cuts (tenant_id, tree_size, sealed_at, allocated, clawed_back, pool, in_flight, budget, earned,
                                    reserved, expired, pool_balance)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict do nothing
            """;

    private static final String ENTRIES = """
            insert into audit_entries (tenant_id, account, holder_id, entry_number, event_id, amount, mends, told_at)
            select told.tenant_id, told.account, told.holder_id, told.entry_number, told.event_id, told.amount, told.mends,
                   told.told_at
            from audit_leaf_log leaf join entries_told told on told.sequence = leaf.sequence
            where leaf.tenant_id = $1 and leaf.leaf_index >= $2 and leaf.leaf_index < $3
              and told.holder_id is not null and told.entry_number > 0 and (told.amount <> 0 or told.mends)
            on conflict do nothing
            """;

    /**
     * Few leaves attest balances, so they are looked up by their type, between the first leaf's sequence and the last's. These are taken
     * from the leaves once they are found: asked for the smallest sequence of some leaves, PostgreSQL goes through the sequences of
     * all tenants from the very first on.
     */
    static final String ATTESTATIONS = """
            with leaves as materialized (
                select sequence from audit_leaf_log where tenant_id = $1 and leaf_index >= $2 and leaf_index < $3),
            range as materialized (select min(sequence) as first, max(sequence) as last from leaves)
            insert into audit_attestations (tenant_id, account, holder_id, event_id, entry_number, stored_balance,
                                            sum_of_entries, attested_at)
            select told.tenant_id, told.account, told.holder_id, told.event_id, told.entry_number, told.stored_balance,
                   told.sum_of_entries, told.attested_at
            from balances_attested told join audit_leaf_log leaf on leaf.sequence = told.sequence
            where told.tenant_id = $1
              and told.sequence between (select first from range) and (select last from range)
              and leaf.leaf_index >= $2 and leaf.leaf_index < $3
              and told.holder_id is not null and told.entry_number >= 0
              and told.stored_balance is not null and told.sum_of_entries is not null
            order by leaf.leaf_index
            on conflict do nothing
            """;

    Uni<Books> find(Tx tx, UUID tenantId) {
        return tx.query(FIND, tenantId)
                .map(rows -> rows.rowCount() == 0
                        ? Books.empty(tenantId)
                        : books(rows.iterator().next()));
    }

    /** What the leaves from one index on, and before another, move. */
    Uni<List<Posting.Move>> moves(Tx tx, UUID tenantId, long from, long to) {
        return tx.query(MOVES, tenantId, from, to).map(BooksTables::moves);
    }

    /** What of the moves' subjects is under way. */
    Uni<Map<String, Long>> transit(Tx tx, UUID tenantId, List<Posting.Move> moves) {
        var subjects = moves.stream().map(Posting.Move::subject).distinct().toArray(String[]::new);
        return tx.query(TRANSIT, tenantId, subjects).map(rows -> {
            var points = new HashMap<String, Long>();
            rows.forEach(row -> points.put(row.getString("subject"), row.getLong("points")));
            return points;
        });
    }

    /** Writes what was posted, with the time of the checkpoint that covers it. */
    Uni<Void> save(Tx tx, Posting posting, Instant sealedAt) {
        var books = posting.books();
        var arrived = new ArrayList<String>();
        var subjects = new ArrayList<String>();
        var points = new ArrayList<Long>();
        posting.transit().forEach((subject, underWay) -> {
            if (underWay == 0) {
                arrived.add(subject);
            } else {
                subjects.add(subject);
                points.add(underWay);
            }
        });
        return Tx.together(
                tx.query(ARRIVED, books.tenantId(), arrived.toArray(String[]::new)),
                tx.query(
                        UNDER_WAY,
                        books.tenantId(),
                        subjects.toArray(String[]::new),
                        points.toArray(Long[]::new),
                        sealedAt.atOffset(ZoneOffset.UTC)),
                save(tx, books),
                posting.cut().map(cut -> cut(tx, cut, sealedAt)).orElseGet(() -> Uni.createFrom()
                        .voidItem()));
    }

    /** Puts the entries and attestations of those leaves where they wait to be compared. */
    Uni<Void> toBeCompared(Tx tx, UUID tenantId, long from, long to) {
        return Tx.together(tx.query(ENTRIES, tenantId, from, to), tx.query(ATTESTATIONS, tenantId, from, to));
    }

    private static Uni<Void> save(Tx tx, Books books) {
        return tx.query(
                        SAVE,
                        books.tenantId(),
                        books.treeSize(),
                        books.allocated(),
                        books.clawedBack(),
                        books.pool(),
                        books.inFlight(),
                        books.budget(),
                        books.earned(),
                        books.reserved(),
                        books.expired(),
                        books.creditedEarly(),
                        books.poolEntries(),
                        books.poolVersion(),
                        books.poolBalance())
                .replaceWithVoid();
    }

    private static Uni<Void> cut(Tx tx, Books cut, Instant sealedAt) {
        return tx.query(
                        CUT,
                        cut.tenantId(),
                        cut.treeSize(),
                        sealedAt.atOffset(ZoneOffset.UTC),
                        cut.allocated(),
                        cut.clawedBack(),
                        cut.pool(),
                        cut.inFlight(),
                        cut.budget(),
                        cut.earned(),
                        cut.reserved(),
                        cut.expired(),
                        cut.poolBalance())
                .replaceWithVoid();
    }

    private static List<Posting.Move> moves(RowSet<Row> rows) {
        var moves = new ArrayList<Posting.Move>(rows.rowCount());
        rows.forEach(row -> moves.add(new Posting.Move(
                row.getLong("leaf_index"),
                row.getString("subject"),
                row.getLong("platform"),
                row.getLong("pool"),
                row.getLong("transit"),
                row.getLong("budget"),
                row.getLong("earned"),
                row.getLong("reserved"),
                row.getLong("expired"),
                row.getLong("pool_version"),
                row.getLong("balance_after"),
                row.getBoolean("mends"))));
        return moves;
    }

    private static Books books(Row row) {
        return new Books(
                row.getUUID("tenant_id"),
                row.getLong("tree_size"),
                row.getLong("allocated"),
                row.getLong("clawed_back"),
                row.getLong("pool"),
                row.getLong("in_flight"),
                row.getLong("budget"),
                row.getLong("earned"),
                row.getLong("reserved"),
                row.getLong("expired"),
                row.getLong("credited_early"),
                row.getLong("pool_entries"),
                row.getLong("pool_version"),
                row.getLong("pool_balance"));
    }
}
