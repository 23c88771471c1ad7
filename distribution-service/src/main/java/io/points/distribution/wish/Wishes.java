package io.points.distribution.wish;

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

/** Wishes in their table. Every query but that for those whose time is over is within one tenant. */
@ApplicationScoped
class Wishes {

    /** What was granted and could not be given is open again. */
    private static final String SELECT = """
            select w.*, case when d.state in ('REJECTED', 'CANCELLED', 'COMPENSATED') then d.reason end as refusal,
                   case when d.state in ('REJECTED', 'CANCELLED', 'COMPENSATED') then 'open' else w.state end as state_now
            from wishes w left join distributions d on d.id = w.distribution_id
            """;

    private static final String FIND = SELECT + "where w.id = $1 and w.tenant_id = $2";
    private static final String LOCK = FIND + " for update of w";

    private static final String PAGE = SELECT + """
            where w.tenant_id = $1 and w.id < $2 and ($3::uuid is null or w.asked_by = $3)
              and (w.state = 'open' or d.state in ('REJECTED', 'CANCELLED', 'COMPENSATED')) is not distinct from $4
            order by w.id desc limit $5
            """;

    private static final String LOCK_DUE =
            SELECT + "where w.expires_at < $1 order by w.expires_at limit $2 for update of w skip locked";

    private static final String INSERT = """
            insert into wishes (id, tenant_id, kind, asked_by, to_user_id, amount, note, slot, state, expires_at, created_at)
            select $1, $2, $3, $4, $5, $6, $7, slot, 'open', $8, $9 from generate_series(1, $10::int) as slot
            where not exists (select from wishes w
                              where w.tenant_id = $2 and w.asked_by = $4 and w.state = 'open' and w.slot = slot.slot)
            order by slot limit 1
            on conflict (tenant_id, asked_by, slot) where state = 'open' do nothing
            """;

    private static final String DECIDE = """
            update wishes set state = $2, decided_by = $3, decided_at = $4, decision_reason = $5, distribution_id = $6,
                   expires_at = null, decisions = decisions + 1
            where id = $1
            """;

    /** Null if the tenant has no such wish. */
    Uni<@Nullable Row> find(Tx tx, UUID tenantId, UUID id) {
        return tx.query(FIND, id, tenantId)
                .map(rows -> list(rows).stream().findFirst().orElse(null));
    }

    /** Nothing if the tenant has no such wish. */
    Uni<Optional<Wish>> lock(Tx tx, UUID tenantId, UUID id) {
        return tx.query(LOCK, id, tenantId)
                .map(rows -> list(rows).stream().findFirst().map(Wishes::wish));
    }

    /** Newest first. Ids are ordered by time. */
    Uni<List<Row>> page(Tx tx, UUID tenantId, boolean open, @Nullable UUID askedBy, UUID before, int most) {
        return tx.query(PAGE, tenantId, before, askedBy, open, most).map(Wishes::list);
    }

    /** Those whose time is over. */
    Uni<List<Wish>> lockDue(Tx tx, Instant now, int most) {
        return tx.query(LOCK_DUE, now.atOffset(ZoneOffset.UTC), most)
                .map(rows -> list(rows).stream().map(Wishes::wish).toList());
    }

    /** @return false if as many of the member's are open as there may be, or another one came at this moment */
    Uni<Boolean> insert(Tx tx, Wish wish, String note, Instant now) {
        return tx.query(
                        INSERT,
                        wish.id(),
                        wish.tenantId(),
                        wish.kind().word(),
                        wish.askedBy(),
                        wish.toUserId(),
                        wish.amount(),
                        note,
                        wish.expiresAt().atOffset(ZoneOffset.UTC),
                        now.atOffset(ZoneOffset.UTC),
                        WishRules.MOST_OPEN)
                .map(rows -> rows.rowCount() > 0);
    }

    /** @param wish locked */
    Uni<Void> decide(
            Tx tx,
            Wish wish,
            WishState state,
            @Nullable UUID by,
            Instant now,
            @Nullable String reason,
            @Nullable UUID distributionId) {
        return tx.query(DECIDE, wish.id(), state.word(), by, now.atOffset(ZoneOffset.UTC), reason, distributionId)
                .replaceWithVoid();
    }

    private static Wish wish(Row row) {
        return new Wish(
                row.getUUID("id"),
                row.getUUID("tenant_id"),
                WishKind.of(row.getString("kind")),
                row.getUUID("asked_by"),
                row.getUUID("to_user_id"),
                row.getLong("amount"),
                WishState.of(row.getString("state_now")),
                row.getInteger("decisions"),
                row.getUUID("decided_by"),
                WishView.time(row, "decided_at"),
                row.getUUID("distribution_id"),
                WishView.time(row, "expires_at"));
    }

    private static List<Row> list(RowSet<Row> rows) {
        var list = new ArrayList<Row>(rows.size());
        rows.forEach(list::add);
        return list;
    }
}
