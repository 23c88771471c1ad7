package io.points.distribution.batch;

import io.points.contract.Envelope;
import io.points.distribution.approval.UndoMode;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The undos of batches in their table, and what they find of their batches. */
@ApplicationScoped
class BatchUndos {

    private static final String BATCH = """
            select b.created_at, u.state, u.requested_by from batches b left join batch_undos u on u.batch_id = b.id
            where b.id = $1 and b.tenant_id = $2
            """;

    /** Each row by its key, however many there are: a planner that knows nothing of new batches would join them otherwise. */
    private static final String RECEIVERS = """
            select r.line, r.to_user_id, r.amount, r.state, r.distribution_id,
                   (select d.reversed_by from distributions d where d.id = r.distribution_id) as reversed_by,
                   coalesce((select w.balance from wallets w
                             where w.tenant_id = r.tenant_id and w.user_id = r.to_user_id and w.kind = 'earned'), 0) as held
            from batch_receivers r where r.batch_id = $1 order by r.line
            """;

    /** Of two at once the second waits, and finds the first. One that was refused leaves the place to the next. */
    private static final String INSERT = """
            insert into batch_undos as u (batch_id, tenant_id, mode, state, reason, requested_by, requested_role, traceparent,
                   created_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            on conflict (batch_id) do update set mode = excluded.mode, state = excluded.state, reason = excluded.reason,
                   requested_by = excluded.requested_by, requested_role = excluded.requested_role,
                   traceparent = excluded.traceparent, created_at = excluded.created_at
            where u.state = 'REFUSED'
            returning batch_id
            """;

    private static final String LOCK_NEXT = """
            select * from batch_undos where state = 'UNDOING' and batch_id > $1
            order by batch_id limit 1 for update skip locked
            """;

    private static final String NEXT_LINES = """
            select line, distribution_id, erased from batch_lines
            where batch_id = $1 and line > $2 order by line limit $3
            """;

    private static final String UPDATE = """
            update batch_undos set state = $2, reason = case when $3 then reason end, reached = $4, reversed = $5, amount = $6,
                   missing = $7, already_reversed = $8, empty_wallets = $9
            where batch_id = $1
            """;

    /**
     * A batch that may be undone.
     *
     * @param undo null if none was asked for
     * @param undoneBy who asked for it
     */
    record Undoable(
            Instant createdAt,
            BatchUndo.@Nullable State undo,
            @Nullable UUID undoneBy) {

        /** Whether there is an undo that stands in the way of another. */
        boolean isUndone() {
            return undo != null && undo != BatchUndo.State.REFUSED;
        }
    }

    /**
     * What has become of the lines of a batch.
     *
     * @param arrived the awards that have completed
     */
    record Receivers(List<UndoPlan.Line> arrived, boolean areOpen) {}

    /** @param erased whether nothing that was said may be written with it */
    record Line(int number, UUID distributionId, boolean erased) {}

    /** Empty if the tenant has no such batch. */
    Uni<Optional<Undoable>> find(Tx tx, UUID tenantId, UUID batch) {
        return tx.query(BATCH, batch, tenantId)
                .map(rows -> rows.rowCount() == 0
                        ? Optional.empty()
                        : Optional.of(undoable(rows.iterator().next())));
    }

    private static Undoable undoable(Row row) {
        var state = row.getString("state");
        return new Undoable(
                row.getOffsetDateTime("created_at").toInstant(),
                state == null ? null : BatchUndo.State.valueOf(state),
                row.getUUID("requested_by"));
    }

    /** As they are now; nothing is locked. */
    Uni<Receivers> look(Tx tx, UUID batch) {
        return tx.query(RECEIVERS, batch).map(rows -> {
            var arrived = new ArrayList<UndoPlan.Line>();
            var areOpen = false;
            for (var row : rows) {
                switch (LineStatus.of(row.getString("state"))) {
                    case ACCEPTED -> areOpen = true;
                    case COMPLETED ->
                        arrived.add(new UndoPlan.Line(
                                row.getInteger("line"),
                                row.getUUID("to_user_id"),
                                row.getUUID("distribution_id"),
                                row.getLong("amount"),
                                row.getUUID("reversed_by") != null,
                                row.getLong("held")));
                    case REFUSED -> {}
                }
            }
            return new Receivers(List.copyOf(arrived), areOpen);
        });
    }

    /** False if there is one already. */
    Uni<Boolean> insert(Tx tx, BatchUndo undo) {
        return tx.query(
                        INSERT,
                        undo.batchId(),
                        undo.tenantId(),
                        undo.mode().word(),
                        undo.state().name(),
                        undo.reason(),
                        UUID.fromString(undo.actor().id()),
                        undo.actor().role(),
                        undo.actor().traceparent(),
                        undo.createdAt().atOffset(ZoneOffset.UTC))
                .map(rows -> rows.rowCount() == 1);
    }

    /** The next one behind that batch that is not over and that nobody else sees to, locked. */
    Uni<Optional<BatchUndo>> lockNext(Tx tx, UUID behind) {
        return tx.query(LOCK_NEXT, behind)
                .map(rows -> rows.rowCount() == 0
                        ? Optional.empty()
                        : Optional.of(undo(rows.iterator().next())));
    }

    /** The lines that come next. The batch must be locked, so that what is erased stays so. */
    Uni<List<Line>> nextLines(Tx tx, BatchUndo undo, int most) {
        return tx.query(NEXT_LINES, undo.batchId(), undo.reached(), most).map(rows -> {
            var lines = new ArrayList<Line>();
            rows.forEach(row -> lines.add(
                    new Line(row.getInteger("line"), row.getUUID("distribution_id"), row.getBoolean("erased"))));
            return lines;
        });
    }

    /** Writes how far it is now. It must be locked. */
    Uni<Void> update(Tx tx, BatchUndo undo) {
        var sums = undo.sums();
        return tx.query(
                        UPDATE,
                        undo.batchId(),
                        undo.state().name(),
                        undo.state() == BatchUndo.State.UNDOING,
                        undo.reached(),
                        sums.reversed(),
                        sums.amount(),
                        sums.missing(),
                        sums.alreadyReversed(),
                        sums.emptyWallets())
                .replaceWithVoid();
    }

    private static BatchUndo undo(Row row) {
        return new BatchUndo(
                row.getUUID("batch_id"),
                row.getUUID("tenant_id"),
                UndoMode.of(row.getString("mode")),
                BatchUndo.State.valueOf(row.getString("state")),
                row.getString("reason"),
                row.getInteger("reached"),
                sums(row),
                new Envelope.Actor(
                        row.getUUID("requested_by").toString(),
                        row.getString("requested_role"),
                        row.getString("traceparent")),
                row.getOffsetDateTime("created_at").toInstant());
    }

    private static UndoPlan.Sums sums(Row row) {
        return new UndoPlan.Sums(
                row.getInteger("reversed"),
                row.getLong("amount"),
                row.getLong("missing"),
                row.getInteger("already_reversed"),
                row.getInteger("empty_wallets"));
    }
}
