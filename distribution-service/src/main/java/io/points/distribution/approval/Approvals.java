package io.points.distribution.approval;

import io.points.distribution.approval.ApprovalRules.Vote;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What needs approval, and the votes about it, in their tables. Every query is within one tenant. */
@ApplicationScoped
class Approvals {

    private static final String COLUMNS = """
            select d.*, r.message, r.value_name, r.visibility from distributions d
            left join recognitions r on r.distribution_id = d.id
            """;

    private static final String FIND = COLUMNS + "where d.id = $1 and d.tenant_id = $2";

    private static final String OPEN = COLUMNS + """
            where d.state = 'HELD' and d.tenant_id = $1 and d.id < $2 and ($3::uuid is null or d.requested_by = $3)
            order by d.id desc limit $4
            """;

    private static final String DECIDED = COLUMNS + """
            where d.approval_levels is not null and d.tenant_id = $1 and d.id < $2 and ($3::uuid is null or d.requested_by = $3)
              and d.state not in ('HELD', 'REQUESTED')
            order by d.id desc limit $4
            """;

    private static final String VOTES = """
            select distribution_id, voter, level, approved, created_at from approval_log
            where distribution_id = any($1) order by distribution_id, level
            """;

    private static final String VOTE = """
            insert into approval_log (distribution_id, voter, tenant_id, level, approved, event_id, created_at)
            values ($1, $2, $3, $4, $5, $6, $7)
            """;

    private static final String RECEIVES =
            "select exists (select from batch_lines where batch_id = $1 and to_user_id = $2) as yes";

    private static final String REASON = "update distributions set decision_reason = $2 where id = $1";

    /** What waits, or has waited, with when its state was reached. Null if the tenant has no such distribution. */
    Uni<@Nullable Row> find(Tx tx, UUID tenantId, UUID id) {
        return tx.query(FIND, id, tenantId)
                .map(rows -> rows.rowCount() == 0 ? null : rows.iterator().next());
    }

    /** Newest first. Ids are ordered by time. */
    Uni<List<Row>> page(Tx tx, UUID tenantId, boolean open, @Nullable UUID askedBy, UUID before, int most) {
        return tx.query(open ? OPEN : DECIDED, tenantId, before, askedBy, most).map(Approvals::list);
    }

    /** By distribution, in their order; nothing of those that have none. */
    Uni<Map<UUID, List<Vote>>> votes(Tx tx, Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return tx.query(VOTES, (Object) ids.toArray(UUID[]::new)).map(rows -> {
            var votes = new HashMap<UUID, List<Vote>>();
            rows.forEach(row -> votes.computeIfAbsent(row.getUUID("distribution_id"), id -> new ArrayList<>())
                    .add(vote(row)));
            return votes;
        });
    }

    /** Whether somebody is among the receivers of a batch. */
    Uni<Boolean> receives(Tx tx, UUID batch, UUID user) {
        return tx.query(RECEIVES, batch, user)
                .map(rows -> rows.iterator().next().getBoolean("yes"));
    }

    Uni<Void> vote(Tx tx, UUID tenantId, UUID id, Vote vote, UUID eventId) {
        return tx.query(
                        VOTE,
                        id,
                        vote.voter(),
                        tenantId,
                        vote.level(),
                        vote.approved(),
                        eventId,
                        vote.at().atOffset(ZoneOffset.UTC))
                .replaceWithVoid();
    }

    Uni<Void> keepReason(Tx tx, UUID id, @Nullable String reason) {
        return reason == null
                ? Uni.createFrom().voidItem()
                : tx.query(REASON, id, reason).replaceWithVoid();
    }

    static @Nullable Instant time(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }

    private static Vote vote(Row row) {
        return new Vote(
                row.getUUID("voter"),
                row.getInteger("level"),
                row.getBoolean("approved"),
                row.getOffsetDateTime("created_at").toInstant());
    }

    private static List<Row> list(RowSet<Row> rows) {
        var list = new ArrayList<Row>(rows.size());
        rows.forEach(list::add);
        return list;
    }
}
