package io.points.allocation.closing;

import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/** The repository of closings. Whoever changes one holds its row's lock until the commit; it is locked after the tenant. */
@ApplicationScoped
class Closings {

    private static final String INSERT =
            "insert into closings (id, tenant_id, earned_until, unspent, earned_then) values ($1, $2, $3, $4, $5)";

    private static final String LOCK = "select * from closings where id = $1 for update";

    private static final String UNDER_WAY =
            "select * from closings where tenant_id = $1 and begun_at is not null and called_off_at is null";

    private static final String BEGIN = "update closings set begun_at = $2, begun_by = $3 where id = $1";

    private static final String CALL_OFF = "update closings set called_off_at = $2 where id = $1";

    /** Told once, and of a closing that has begun; whatever else is forged or late. */
    private static final String RECALLED = """
            update closings set recalled = $3, recalled_at = $4
            where id = $1 and tenant_id = $2 and begun_at is not null and called_off_at is null and recalled_at is null
            """;

    private static final String EMPTIED = """
            update closings set emptied = $3, emptied_at = $4
            where id = $1 and tenant_id = $2 and recalled_at is not null and called_off_at is null and emptied_at is null
            """;

    private static final String REQUEST_ERASURE =
            "update closings set erasure_requested_at = coalesce(erasure_requested_at, $2) where id = $1";

    private static final String ERASED = """
            update closings set people_erased = $3, people_erased_at = $4
            where id = $1 and tenant_id = $2 and erasure_requested_at is not null and people_erased_at is null
            """;

    private static final String TO_BE_DRAINED = """
            select tenant_id from closings
            where emptied_at is not null and closed_at is null and called_off_at is null and tenant_id > $1
            order by tenant_id limit 1
            """;

    private static final String DRAINED = "update closings set drained = drained + $2, closed_at = $3 where id = $1";

    Uni<Void> insert(Tx tx, Closing made) {
        var terms = made.terms();
        return tx.query(
                        INSERT,
                        made.id(),
                        made.tenantId(),
                        terms.earnedUntil(),
                        terms.unspent().word(),
                        terms.earnedThen().word())
                .replaceWithVoid();
    }

    /** The one that there is. */
    Uni<Closing> lock(Tx tx, UUID id) {
        return tx.query(LOCK, id).map(rows -> Closing.of(rows.iterator().next()));
    }

    /** The one that has begun and is not called off, whether or not it is at its end. */
    Uni<Optional<Closing>> underWay(Tx tx, UUID tenantId) {
        return tx.query(UNDER_WAY, tenantId).map(Closings::first);
    }

    Uni<Optional<Closing>> lockUnderWay(Tx tx, UUID tenantId) {
        return tx.query(UNDER_WAY + " for update", tenantId).map(Closings::first);
    }

    Uni<Void> begin(Tx tx, UUID id, Instant now, UUID by) {
        return tx.query(BEGIN, id, time(now), by).replaceWithVoid();
    }

    Uni<Void> callOff(Tx tx, UUID id, Instant now) {
        return tx.query(CALL_OFF, id, time(now)).replaceWithVoid();
    }

    /** @param points that budgets gave back */
    Uni<Void> recalled(Tx tx, UUID id, UUID tenantId, long points, Instant at) {
        return tx.query(RECALLED, id, tenantId, points, time(at)).replaceWithVoid();
    }

    /** @param points earned ones that are gone */
    Uni<Void> emptied(Tx tx, UUID id, UUID tenantId, long points, Instant at) {
        return tx.query(EMPTIED, id, tenantId, points, time(at)).replaceWithVoid();
    }

    Uni<Void> requestErasure(Tx tx, UUID id, Instant now) {
        return tx.query(REQUEST_ERASURE, id, time(now)).replaceWithVoid();
    }

    /** @param members how many the tenant had */
    Uni<Void> peopleErased(Tx tx, UUID id, UUID tenantId, long members, Instant at) {
        return tx.query(ERASED, id, tenantId, members, time(at)).replaceWithVoid();
    }

    /** The next tenant behind that one whose wallets are empty. */
    Uni<Optional<UUID>> nextToBeDrained(Tx tx, UUID behind) {
        return tx.query(TO_BE_DRAINED, behind)
                .map(rows -> rows.rowCount() == 0
                        ? Optional.empty()
                        : Optional.of(rows.iterator().next().getUUID("tenant_id")));
    }

    /**
     * Some points have left the pool for it.
     *
     * @param closedAt if nothing is left
     */
    Uni<Void> drained(Tx tx, UUID id, long points, Optional<Instant> closedAt) {
        return tx.query(DRAINED, id, points, closedAt.map(Closings::time).orElse(null))
                .replaceWithVoid();
    }

    private static Optional<Closing> first(RowSet<Row> rows) {
        return rows.rowCount() == 0
                ? Optional.empty()
                : Optional.of(Closing.of(rows.iterator().next()));
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
