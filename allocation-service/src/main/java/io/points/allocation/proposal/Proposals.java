package io.points.allocation.proposal;

import io.points.ledger.dates.LotColumns;
import io.points.ledger.dates.Lots;
import io.points.platform.outbox.Tx;
import io.points.platform.web.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The repository of proposals. Whoever decides about one holds its row's lock until the commit; it is locked before tenants are. */
@ApplicationScoped
class Proposals {

    private static final String SELECT = "select * from proposals where ";

    static final String ALL = SELECT + "id < $1 order by id desc limit $2";

    static final String IN_STATE = SELECT + "state = $3 and id < $1 order by id desc limit $2";

    static final String OF_TENANT =
            SELECT + "tenant_id = $3 and ($4::text is null or state = $4) and id < $1 order by id desc limit $2";

    /** Another instance's is left to it. */
    static final String OVER =
            SELECT + "state = 'proposed' and expires_at <= $1 order by expires_at, id limit 1 for update skip locked";

    private static final String FIND = SELECT + "id = $1";

    private static final String LOCK = FIND + " for update";

    private static final String OPEN =
            "select id from proposals where tenant_id = $1 and kind = $2 and state = 'proposed' limit 1";

    private static final String LOCK_OPEN = SELECT + "tenant_id = $1 and state = 'proposed' order by id for update";

    static final String ASKED_FOR = SELECT + "tenant_id = $1 and asked_by_tenant and id < $2 order by id desc limit $3";

    static final String OPEN_REQUESTS =
            "select count(*) as open from proposals where tenant_id = $1 and asked_by_tenant and state = 'proposed'";

    private static final String FIND_REQUEST = SELECT + "id = $1 and tenant_id = $2 and asked_by_tenant";

    private static final String LOCK_REQUEST = FIND_REQUEST + " for update";

    private static final String APPROVE_FIRST =
            "update proposals set first_approved_by = $2, first_approved_at = $3 where id = $1 returning *";

    private static final String ERASE = """
            update proposals set note = null, decision_reason = null
            where tenant_id = $1 and asked_by_tenant and ($2::uuid is null or proposed_by = $2)
              and (note is not null or decision_reason is not null)
            """;

    private static final String LOTS = "select lot_dates, lot_points from proposals where id = $1";

    private static final String INSERT = """
            insert into proposals (id, tenant_id, kind, amount, reserved, reason, state, proposed_by, proposed_at, expires_at,
                                   lot_dates, lot_points, asked_by_tenant, note)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::text::date[], $12::text::bigint[], $13, $14)
            """;

    private static final String DECIDE = """
            update proposals set state = $2, reserved = 0, lot_dates = null, lot_points = null, decided_by = $3, decided_at = $4,
                   decision_reason = $5, result_id = $6
            where id = $1 returning *
            """;

    /** @return fails with a 404 problem if there is none */
    Uni<Proposal> find(Tx tx, UUID id) {
        return tx.query(FIND, id).map(Proposals::only);
    }

    /** @return fails with a 404 problem if there is none */
    Uni<Proposal> lock(Tx tx, UUID id) {
        return tx.query(LOCK, id).map(Proposals::only);
    }

    /** The one of that kind that waits for a second person; it stays as it is for whoever holds the tenant's lock. */
    Uni<Optional<UUID>> open(Tx tx, UUID tenantId, ProposalKind kind) {
        return tx.query(OPEN, tenantId, kind.word())
                .map(rows -> rows.rowCount() == 0
                        ? Optional.empty()
                        : Optional.of(rows.iterator().next().getUUID("id")));
    }

    /** Locks all of a tenant that wait for a second person. */
    Uni<List<Proposal>> lockOpen(Tx tx, UUID tenantId) {
        return tx.query(LOCK_OPEN, tenantId).map(Proposals::all);
    }

    /** Locks the one whose time was over first, of those that nobody has locked. */
    Uni<Optional<Proposal>> lockOver(Tx tx, Instant now) {
        return tx.query(OVER, time(now)).map(rows -> all(rows).stream().findFirst());
    }

    /**
     * The newest first.
     *
     * @param before ids before this one
     * @param tenantId null for those of all tenants
     * @param state null for those in any state
     */
    Uni<List<Proposal>> newestFirst(
            Tx tx, UUID before, int rows, @Nullable UUID tenantId, @Nullable ProposalState state) {
        if (tenantId != null) {
            return tx.query(OF_TENANT, before, rows, tenantId, state == null ? null : state.word())
                    .map(Proposals::all);
        }
        return (state == null ? tx.query(ALL, before, rows) : tx.query(IN_STATE, before, rows, state.word()))
                .map(Proposals::all);
    }

    /** @param dated what of its points is dated */
    Uni<Void> insert(Tx tx, Proposal made, Lots dated) {
        return tx.query(
                        INSERT,
                        made.proposalId(),
                        made.tenantId(),
                        made.kind().word(),
                        made.amount(),
                        made.reserved(),
                        made.reason(),
                        made.state().word(),
                        made.proposedBy(),
                        time(made.proposedAt()),
                        time(made.expiresAt()),
                        LotColumns.dates(dated),
                        LotColumns.points(dated),
                        made.askedByTenant(),
                        made.note())
                .replaceWithVoid();
    }

    /** What managers of a tenant ask for, and have asked for, the newest first. */
    Uni<List<Proposal>> requests(Tx tx, UUID tenantId, UUID before, int rows) {
        return tx.query(ASKED_FOR, tenantId, before, rows).map(Proposals::all);
    }

    /** How many requests of a tenant wait; there are not more for whoever holds the tenant's lock. */
    Uni<Long> openRequests(Tx tx, UUID tenantId) {
        return tx.query(OPEN_REQUESTS, tenantId)
                .map(rows -> rows.iterator().next().getLong("open"));
    }

    /** @return fails with a 404 problem if managers of that tenant have never asked for it */
    Uni<Proposal> findRequest(Tx tx, UUID tenantId, UUID id) {
        return tx.query(FIND_REQUEST, id, tenantId).map(Proposals::onlyRequest);
    }

    /** @return fails with a 404 problem if managers of that tenant have never asked for it */
    Uni<Proposal> lockRequest(Tx tx, UUID tenantId, UUID id) {
        return tx.query(LOCK_REQUEST, id, tenantId).map(Proposals::onlyRequest);
    }

    /** Writes the first of two approvals of a request that is locked. */
    Uni<Proposal> approveFirst(Tx tx, UUID id, UUID by, Instant now) {
        return tx.query(APPROVE_FIRST, id, by, time(now)).map(Proposals::only);
    }

    /**
     * Deletes what was written to and by whoever asked for points.
     *
     * @param userId null for all managers of the tenant
     */
    Uni<Void> erase(Tx tx, UUID tenantId, @Nullable UUID userId) {
        return tx.query(ERASE, tenantId, userId).replaceWithVoid();
    }

    /** What of the points that it holds is dated. */
    Uni<Lots> lots(Tx tx, UUID id) {
        return tx.query(LOTS, id)
                .map(rows -> LotColumns.readOfPool(rows.iterator().next()));
    }

    /** Writes what became of one that is locked; it holds no points any more. */
    Uni<Proposal> decide(
            Tx tx,
            UUID id,
            ProposalState state,
            @Nullable UUID by,
            Instant now,
            @Nullable String reason,
            @Nullable UUID resultId) {
        return tx.query(DECIDE, id, state.word(), by, time(now), reason, resultId)
                .map(Proposals::only);
    }

    private static Proposal only(RowSet<Row> rows) {
        return only(rows, "proposal");
    }

    private static Proposal onlyRequest(RowSet<Row> rows) {
        return only(rows, "request");
    }

    private static Proposal only(RowSet<Row> rows, String what) {
        if (rows.rowCount() == 0) {
            throw Problem.notFound(what).exception();
        }
        return Proposal.of(rows.iterator().next());
    }

    private static List<Proposal> all(RowSet<Row> rows) {
        var found = new ArrayList<Proposal>(rows.rowCount());
        rows.forEach(row -> found.add(Proposal.of(row)));
        return found;
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
