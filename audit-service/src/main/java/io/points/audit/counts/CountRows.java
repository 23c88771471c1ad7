package io.points.audit.counts;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.points.audit.counts.Counting.Counted;
import io.points.audit.counts.Counting.Owed;
import io.points.audit.counts.Counts.Kind;
import io.points.audit.counts.Counts.Sum;
import io.points.contract.AuditEvent.RecordsCounted;
import io.points.contract.AuditEvent.UnbilledVersion;
import io.points.contract.MessageJson;
import io.points.platform.outbox.Tx;
import io.points.platform.persistence.Columns;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Counts in their tables, in one transaction. */
final class CountRows {

    private static final String FIND = "select * from audit_counted where tenant_id = $1";

    private static final String SUMS =
            "select topic, kind, records, points, amount_minor from audit_counts where tenant_id = $1";

    private static final String EVENTS = """
            select leaf.leaf_index, log.type, abs(moved.pool) as points, moved.pool_version, moved.platform, moved.mends
            from audit_leaf_log leaf
            join points_posted moved on moved.sequence = leaf.sequence
            join audit_log log on log.sequence = leaf.sequence
            where leaf.tenant_id = $1 and leaf.leaf_index >= $2 and leaf.leaf_index < $3
              and (moved.pool <> 0 or moved.mends) and moved.pool_version > 0
            """;

    private static final String ENTRIES = """
            select leaf.leaf_index, billed.currency, billed.points, billed.amount_minor, billed.pool_version
            from audit_leaf_log leaf join entries_billed billed on billed.sequence = leaf.sequence
            where leaf.tenant_id = $1 and leaf.leaf_index >= $2 and leaf.leaf_index < $3
            """;

    private static final String UNBILLED =
            "select * from audit_unbilled where tenant_id = $1 and pool_version = any($2::bigint[])";

    private static final String LOWEST =
            "select * from audit_unbilled where tenant_id = $1 order by pool_version limit $2";

    private static final String BILLED =
            "delete from audit_unbilled where tenant_id = $1 and pool_version = any($2::bigint[])";

    private static final String OWED = """
            insert into audit_unbilled (tenant_id, pool_version, event_points, entry_points)
            select $1::uuid, * from unnest($2::bigint[], $3::bigint[], $4::bigint[])
            on conflict (tenant_id, pool_version) do update
               set event_points = excluded.event_points, entry_points = excluded.entry_points
            """;

    private static final String SAVE = """
            insert into audit_counted (tenant_id, tree_size, told, made_up, adjusted_at, pool_version, unbilled, due_at)
            values ($1, $2, $3, $4, $5, $6, $7, now() + make_interval(secs => $8))
            on conflict (tenant_id) do update set tree_size = excluded.tree_size, told = excluded.told,
                   made_up = excluded.made_up, adjusted_at = excluded.adjusted_at, pool_version = excluded.pool_version,
                   unbilled = excluded.unbilled, due_at = excluded.due_at
            """;

    private static final String TOLD = "select message::text as message from audit_counted where tenant_id = $1";

    private static final String REMEMBER = "update audit_counted set message = $2::text::json where tenant_id = $1";

    private static final String SAVE_SUMS = """
            insert into audit_counts (tenant_id, topic, kind, records, points, amount_minor)
            select $1::uuid, topic, kind, records, points::numeric, amount_minor::numeric
            from unnest($2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[])
              as n (topic, kind, records, points, amount_minor)
            on conflict (tenant_id, topic, kind) do update
               set records = excluded.records, points = excluded.points, amount_minor = excluded.amount_minor
            """;

    /** The oldest checkpoint that covers so many leaves. */
    private static final String SEALED_AT = """
            select signed_at from audit_checkpoint_log where tenant_id = $1 and tree_size >= $2 order by tree_size limit 1
            """;

    private final Tx tx;
    private final UUID tenant;

    CountRows(Tx tx, UUID tenant) {
        this.tx = tx;
        this.tenant = tenant;
    }

    Uni<Counts> find() {
        return tx.query(FIND, tenant)
                .chain(rows -> rows.rowCount() == 0
                        ? Uni.createFrom().item(Counts.none(tenant))
                        : tx.query(SUMS, tenant)
                                .map(sums -> counts(rows.iterator().next(), sums)));
    }

    /** The leaves that count from one index on, and before another, in their order. */
    Uni<List<Counted>> leaves(long from, long to) {
        return tx.query(EVENTS, tenant, from, to)
                .chain(events -> tx.query(ENTRIES, tenant, from, to).map(entries -> {
                    var leaves = new ArrayList<Counted>(events.rowCount() + entries.rowCount());
                    events.forEach(row -> leaves.add(event(row)));
                    entries.forEach(row -> leaves.add(entry(row)));
                    leaves.sort(Comparator.comparingLong(Counted::leafIndex));
                    return leaves;
                }));
    }

    /** What is owed for the leaves' versions of the pool. */
    Uni<Map<Long, Owed>> unbilled(List<Counted> leaves) {
        var versions = leaves.stream().map(Counted::poolVersion).distinct().toArray(Long[]::new);
        return tx.query(UNBILLED, tenant, versions).map(rows -> {
            var owed = new HashMap<Long, Owed>();
            rows.forEach(row -> owed.put(
                    row.getLong("pool_version"), new Owed(row.getLong("event_points"), row.getLong("entry_points"))));
            return owed;
        });
    }

    /** The lowest versions of the pool that are not settled, so many at most. */
    Uni<List<UnbilledVersion>> lowestUnbilled(int most) {
        return tx.query(LOWEST, tenant, most).map(rows -> {
            var lowest = new ArrayList<UnbilledVersion>();
            rows.forEach(row -> lowest.add(new UnbilledVersion(
                    row.getLong("pool_version"), row.getLong("event_points"), row.getLong("entry_points"))));
            return lowest;
        });
    }

    /** What was told last, if anything was. */
    Uni<Optional<RecordsCounted>> told() {
        return tx.query(TOLD, tenant)
                .map(rows -> rows.rowCount() == 0 || rows.iterator().next().getString("message") == null
                        ? Optional.empty()
                        : Optional.of(read(rows.iterator().next().getString("message"))));
    }

    private static RecordsCounted read(String json) {
        try {
            return (RecordsCounted) MessageJson.read(RecordsCounted.class.getSimpleName(), json.getBytes(UTF_8))
                    .orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException("what was told last cannot be read", e);
        }
    }

    Uni<Void> remember(RecordsCounted told) {
        return tx.query(REMEMBER, tenant, MessageJson.write(told)).replaceWithVoid();
    }

    /** Writes what was counted. */
    Uni<Void> save(Counting counting, Duration next) {
        var counts = counting.counts();
        var sums = List.copyOf(counts.sums().entrySet());
        var billed = new ArrayList<Long>();
        var owed = new ArrayList<Map.Entry<Long, Owed>>();
        counting.unbilled().entrySet().forEach(version -> {
            if (version.getValue().isSettled()) {
                billed.add(version.getKey());
            } else {
                owed.add(version);
            }
        });
        return Tx.together(
                tx.query(BILLED, tenant, billed.toArray(Long[]::new)),
                tx.query(
                        OWED,
                        tenant,
                        Columns.longs(owed, Map.Entry::getKey),
                        Columns.longs(owed, it -> it.getValue().event()),
                        Columns.longs(owed, it -> it.getValue().entries())),
                tx.query(
                        SAVE_SUMS,
                        tenant,
                        Columns.texts(sums, it -> it.getKey().topic()),
                        Columns.texts(sums, it -> it.getKey().kind()),
                        Columns.longs(sums, it -> it.getValue().records()),
                        Columns.texts(sums, it -> it.getValue().points().toString()),
                        Columns.texts(sums, it -> text(it.getValue().amountMinor()))),
                tx.query(
                        SAVE,
                        tenant,
                        counts.treeSize(),
                        counts.told(),
                        counts.madeUp(),
                        counts.adjustedAt(),
                        counts.poolVersion(),
                        counts.unbilled(),
                        next.toMillis() / 1e3));
    }

    /** Time of the checkpoint that covers the first {@code treeSize} leaves. */
    Uni<Instant> sealedAt(long treeSize) {
        return tx.query(SEALED_AT, tenant, treeSize)
                .map(rows ->
                        rows.iterator().next().getOffsetDateTime("signed_at").toInstant());
    }

    static @Nullable String text(@Nullable BigInteger number) {
        return number == null ? null : number.toString();
    }

    private static Counted event(Row row) {
        return Counted.event(
                row.getLong("leaf_index"),
                row.getString("type"),
                row.getLong("points"),
                row.getLong("pool_version"),
                row.getLong("platform"),
                row.getBoolean("mends"));
    }

    private static Counted entry(Row row) {
        return Counted.entry(
                row.getLong("leaf_index"),
                row.getString("currency"),
                row.getLong("points"),
                row.getLong("amount_minor"),
                row.getLong("pool_version"));
    }

    private Counts counts(Row row, RowSet<Row> sums) {
        var byKind = new HashMap<Kind, Sum>();
        sums.forEach(sum -> byKind.put(
                new Kind(sum.getString("topic"), sum.getString("kind")),
                new Sum(
                        sum.getLong("records"),
                        sum.getBigDecimal("points").toBigIntegerExact(),
                        whole(sum.getBigDecimal("amount_minor")))));
        return new Counts(
                tenant,
                row.getLong("tree_size"),
                row.getLong("told"),
                row.getLong("made_up"),
                row.getLong("adjusted_at"),
                row.getLong("pool_version"),
                row.getLong("unbilled"),
                Map.copyOf(byKind));
    }

    private static @Nullable BigInteger whole(@Nullable BigDecimal number) {
        return number == null ? null : number.toBigIntegerExact();
    }
}
