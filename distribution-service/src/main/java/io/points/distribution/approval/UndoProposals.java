package io.points.distribution.approval;

import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is to be taken back, in its table. Every query of a caller is within one tenant. */
@ApplicationScoped
class UndoProposals {

    private static final String FIND = "select * from undo_proposals where id = $1 and tenant_id = $2";

    private static final String LOCK = FIND + " for update";

    private static final String OPEN = "select * from undo_proposals where distribution_id = $1 and state = 'open'";

    /** Another instance's is left to it. */
    private static final String OVER = """
            select * from undo_proposals where state = 'open' and expires_at <= $1
            order by expires_at limit 1 for update skip locked
            """;

    private static final String PAGE = """
            select * from undo_proposals
            where tenant_id = $1 and id < $2 and (state = 'open') = $3 and ($4::uuid is null or requested_by = $4)
            order by id desc limit $5
            """;

    private static final String RECEIVED = """
            select exists (select from distributions where id = $1 and to_user_id = $2)
                or exists (select from batch_lines where batch_id = $1 and to_user_id = $2) as yes
            """;

    private static final String INSERT = """
            insert into undo_proposals (id, tenant_id, kind, distribution_id, amount, mode, reason, state, requested_by,
                   requested_role, traceparent, created_at, expires_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            on conflict (distribution_id) where state = 'open' do nothing
            """;

    private static final String DECIDE = """
            update undo_proposals set state = $2, decided_by = $3, decided_at = $4, decision_reason = $5
            where id = $1 returning *
            """;

    /** Empty if the tenant has none of that id. */
    Uni<Optional<UndoProposal>> find(Tx tx, UUID tenantId, UUID id) {
        return tx.query(FIND, id, tenantId).map(UndoProposals::first);
    }

    /** Nobody else decides about it until the commit. */
    Uni<Optional<UndoProposal>> lock(Tx tx, UUID tenantId, UUID id) {
        return tx.query(LOCK, id, tenantId).map(UndoProposals::first);
    }

    /** The one of an award or a batch that waits. */
    Uni<Optional<UndoProposal>> open(Tx tx, UUID distributionId) {
        return tx.query(OPEN, distributionId).map(UndoProposals::first);
    }

    /** Locks the one whose time was over first, of those that nobody has locked. */
    Uni<Optional<UndoProposal>> lockOver(Tx tx, Instant now) {
        return tx.query(OVER, now.atOffset(ZoneOffset.UTC)).map(UndoProposals::first);
    }

    /** Newest first. Ids are ordered by time. */
    Uni<List<UndoProposal>> page(Tx tx, UUID tenantId, boolean open, @Nullable UUID askedBy, UUID before, int most) {
        return tx.query(PAGE, tenantId, before, open, askedBy, most).map(UndoProposals::all);
    }

    /** Whether somebody received what is to be taken back. */
    Uni<Boolean> received(Tx tx, UUID distributionId, UUID user) {
        return tx.query(RECEIVED, distributionId, user)
                .map(rows -> rows.iterator().next().getBoolean("yes"));
    }

    /** False if one of the same waits already. */
    Uni<Boolean> insert(Tx tx, UndoProposal made) {
        return tx.query(
                        INSERT,
                        made.proposalId(),
                        made.tenantId(),
                        made.kind().word(),
                        made.distributionId(),
                        made.amount(),
                        made.mode().word(),
                        made.reason(),
                        made.state().word(),
                        made.requestedBy(),
                        made.actor().role(),
                        made.actor().traceparent(),
                        made.createdAt().atOffset(ZoneOffset.UTC),
                        made.expiresAt().atOffset(ZoneOffset.UTC))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Writes what became of one that is locked. */
    Uni<UndoProposal> decide(
            Tx tx, UUID id, ApprovalState state, @Nullable UUID by, Instant now, @Nullable String reason) {
        return tx.query(DECIDE, id, state.word(), by, now.atOffset(ZoneOffset.UTC), reason)
                .map(rows -> UndoProposal.of(rows.iterator().next()));
    }

    private static Optional<UndoProposal> first(RowSet<Row> rows) {
        return rows.rowCount() == 0
                ? Optional.empty()
                : Optional.of(UndoProposal.of(rows.iterator().next()));
    }

    private static List<UndoProposal> all(RowSet<Row> rows) {
        var found = new ArrayList<UndoProposal>(rows.rowCount());
        rows.forEach(row -> found.add(UndoProposal.of(row)));
        return found;
    }
}
