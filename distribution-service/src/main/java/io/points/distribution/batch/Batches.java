package io.points.distribution.batch;

import io.points.contract.Envelope;
import io.points.distribution.saga.Approval;
import io.points.distribution.saga.AwardsOfBatches;
import io.points.distribution.saga.Distribution;
import io.points.distribution.saga.Judged;
import io.points.platform.outbox.Tx;
import io.points.platform.persistence.Columns;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The batches in their tables. */
@ApplicationScoped
class Batches implements AwardsOfBatches {

    private static final String INSERT = """
            insert into batches (id, tenant_id, mode, receivers, amount, description, requested_by, requested_role, traceparent,
                   policy_revision, counted_on, approval_levels, approval_hours, created_at, approval_rule,
                   department_id)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
            """;

    private static final String INSERT_LINES = """
            insert into batch_lines (batch_id, line, to_user_id, amount, description, distribution_id)
            select $1::uuid, * from unnest($2::int[], $3::uuid[], $4::bigint[], $5::text[], $6::uuid[])
            """;

    /**
     * Lasts until the distributions that are made of the batches' words are committed, so that an erasure either goes first, or
     * finds them. A separate statement, because one that waits for a lock still reads its old snapshot afterwards.
     */
    private static final String LOCK = "select from batches where id = any($1) order by id for no key update";

    /** With its words, of which distributions are made. */
    private static final String BATCH = """
            select b.id, b.created_at, b.tenant_id, b.mode, b.description as said, b.requested_by, b.requested_role,
                   b.traceparent, b.policy_revision, b.counted_on, b.approval_levels, b.approval_hours, b.approval_rule, b.department_id, l.line, l.to_user_id, l.amount, l.distribution_id,
                   case when not l.erased then coalesce(l.description, b.description) end as description
            from batches b
            """;

    private static final String WHOLE =
            BATCH + "join batch_lines l on l.batch_id = b.id where b.id = any($1) order by b.id, l.line";

    /** The oldest that waits of each tenant and mode: a large one of single awards does not hold up a single debit. */
    private static final String NEXT = """
            select distinct on (b.mode, b.tenant_id) b.id, b.tenant_id, b.mode, b.receivers,
                   coalesce(t.begun_at, b.created_at) as last_turn
            from batches b left join batch_turns t on t.tenant_id = b.tenant_id and t.mode = b.mode
            where b.waiting order by b.mode, b.tenant_id, b.id
            """;

    private static final String TURN_TAKEN = """
            insert into batch_turns (tenant_id, mode, begun_at) values ($1, $2, $3)
            on conflict (tenant_id, mode) do update set begun_at = excluded.begun_at
            """;

    private static final String NEXT_LINES = BATCH + """
            cross join lateral (select * from batch_lines where batch_id = b.id and line > b.begun_to order by line limit $2) l
            where b.id = $1 order by l.line
            """;

    private static final String REFUSE = """
            update batch_lines l set reason = n.reason, rule = n.rule
            from unnest($2::int[], $3::text[], $4::text[]) as n (line, reason, rule)
            where l.batch_id = $1 and l.line = n.line
            """;

    /** Whoever decides what is begun next is alone: the lock ends with the transaction. */
    private static final String TAKE_TURN =
            "select pg_try_advisory_xact_lock(hashtext('points: batches are begun')) as mine";

    /** One that is past its deadline is cancelled, and no longer in its first state. */
    private static final String OPEN = """
            select d.tenant_id, count(*) filter (where b.id is null) as single,
                   count(*) filter (where b.id is null and d.state = 'REQUESTED') as single_in_time,
                   coalesce(sum(b.receivers), 0) as whole,
                   coalesce(sum(b.receivers) filter (where d.state = 'REQUESTED'), 0) as whole_in_time
            from distributions d left join batches b on b.id = d.id
            where d.due_at is not null group by d.tenant_id
            """;

    /** Writes a new batch, of which nothing has begun. */
    Uni<Void> insert(Tx tx, Batch batch) {
        var lines = batch.lines();
        var approval = batch.judged() == null ? null : batch.judged().approval();
        return Tx.together(
                tx.query(
                        INSERT,
                        batch.id(),
                        batch.tenantId(),
                        batch.mode().word(),
                        lines.size(),
                        batch.amount(),
                        batch.description(),
                        batch.fromUserId(),
                        batch.actor().role(),
                        batch.actor().traceparent(),
                        batch.judged() == null ? null : batch.judged().revision(),
                        batch.judged() == null ? null : batch.judged().countedOn(),
                        approval == null ? null : approval.levels(),
                        approval == null ? null : approval.hours(),
                        batch.createdAt().atOffset(ZoneOffset.UTC),
                        approval == null ? null : approval.rule(),
                        batch.departmentId()),
                tx.query(
                        INSERT_LINES,
                        batch.id(),
                        Columns.ints(lines, Batch.Line::number),
                        Columns.uuids(lines, Batch.Line::toUserId),
                        Columns.longs(lines, Batch.Line::amount),
                        Columns.texts(lines, Batch.Line::description),
                        Columns.uuids(lines, Batch.Line::distributionId)));
    }

    /** Keeps others from making distributions of the batches, and from erasing their words, while this transaction lasts. */
    Uni<Void> lockRows(Tx tx, Collection<UUID> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.query(LOCK, (Object) ids.toArray(UUID[]::new)).replaceWithVoid();
    }

    /** The batches with all their lines, in order. They must be locked. */
    Uni<Map<UUID, Batch>> whole(Tx tx, Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return tx.query(WHOLE, (Object) ids.toArray(UUID[]::new)).map(Batches::read);
    }

    @Override
    public Uni<Map<UUID, List<Distribution>>> lock(Tx tx, Collection<UUID> ids) {
        return lockRows(tx, ids).chain(() -> whole(tx, ids)).map(found -> {
            var awards = new HashMap<UUID, List<Distribution>>();
            found.forEach((id, batch) -> awards.put(id, batch.awards(batch.createdAt())));
            return awards;
        });
    }

    /** Whether this instance may begin something in this transaction. */
    Uni<Boolean> takeTurn(Tx tx) {
        return tx.query(TAKE_TURN).map(rows -> rows.iterator().next().getBoolean("mine"));
    }

    /** Those with something open, by tenant. */
    Uni<Map<UUID, BatchShares.Open>> open(Tx tx) {
        return tx.query(OPEN).map(rows -> {
            var open = new HashMap<UUID, BatchShares.Open>();
            rows.forEach(row -> open.put(
                    row.getUUID("tenant_id"),
                    new BatchShares.Open(
                            row.getLong("single"),
                            row.getLong("single_in_time"),
                            row.getLong("whole"),
                            row.getLong("whole_in_time"))));
            return open;
        });
    }

    /** Of each tenant and mode the oldest of which something is yet to be begun. */
    Uni<List<BatchShares.PendingBatch>> next(Tx tx) {
        return tx.query(NEXT).map(rows -> {
            var waiting = new ArrayList<BatchShares.PendingBatch>();
            rows.forEach(row -> waiting.add(new BatchShares.PendingBatch(
                    row.getUUID("id"),
                    row.getUUID("tenant_id"),
                    Batch.Mode.of(row.getString("mode")),
                    row.getInteger("receivers"),
                    row.getOffsetDateTime("last_turn").toInstant())));
            return waiting;
        });
    }

    /** The tenant's batches of this mode come after those of all others that wait. */
    Uni<Void> turnTaken(Tx tx, BatchShares.PendingBatch batch, Instant now) {
        return tx.query(TURN_TAKEN, batch.tenantId(), batch.mode().word(), now.atOffset(ZoneOffset.UTC))
                .replaceWithVoid();
    }

    /** The batch with the next of its lines that are to be begun; null if there are none. It must be locked. */
    Uni<@Nullable Batch> nextLines(Tx tx, UUID id, int most) {
        return tx.query(NEXT_LINES, id, most).map(rows -> read(rows).get(id));
    }

    /** All up to this line have been begun or refused. */
    Uni<Void> begunTo(Tx tx, UUID id, int line) {
        return tx.query("update batches set begun_to = $2 where id = $1", id, line)
                .replaceWithVoid();
    }

    /** Nothing is left to be begun. */
    Uni<Void> allBegun(Tx tx, UUID id) {
        return tx.query("update batches set waiting = false where id = $1", id).replaceWithVoid();
    }

    /** No distribution will be made of these lines. */
    Uni<Void> refuse(Tx tx, UUID id, List<BatchRefusals.Refused> refused) {
        if (refused.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.query(
                        REFUSE,
                        id,
                        Columns.ints(refused, it -> it.line().number()),
                        Columns.texts(refused, it -> it.reason().name()),
                        Columns.texts(refused, BatchRefusals.Refused::rule))
                .replaceWithVoid();
    }

    private static Map<UUID, Batch> read(RowSet<Row> rows) {
        var lines = new LinkedHashMap<UUID, List<Row>>();
        rows.forEach(row -> lines.computeIfAbsent(row.getUUID("id"), id -> new ArrayList<>())
                .add(row));
        var batches = new LinkedHashMap<UUID, Batch>();
        lines.forEach((id, ofOne) -> batches.put(id, batch(ofOne)));
        return batches;
    }

    private static Batch batch(List<Row> lines) {
        var row = lines.get(0);
        var manager = row.getUUID("requested_by");
        return new Batch(
                row.getUUID("id"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getUUID("tenant_id"),
                Batch.Mode.of(row.getString("mode")),
                manager,
                row.getString("said"),
                row.getUUID("department_id"),
                lines.stream().map(Batches::line).toList(),
                new Envelope.Actor(manager.toString(), row.getString("requested_role"), row.getString("traceparent")),
                row.getLong("policy_revision") == null
                        ? null
                        : new Judged(row.getLong("policy_revision"), row.getLocalDate("counted_on"), Approval.of(row)));
    }

    private static Batch.Line line(Row row) {
        return new Batch.Line(
                row.getInteger("line"),
                row.getUUID("to_user_id"),
                row.getLong("amount"),
                row.getString("description"),
                row.getUUID("distribution_id"));
    }
}
