package io.points.distribution.batch;

import io.points.platform.web.paging.Page;
import io.points.platform.web.paging.PageRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Read models of batches. Every query is within one tenant. */
@ApplicationScoped
class BatchViews {

    private static final String FIND = """
            select b.id, b.mode, b.receivers::bigint, b.amount, b.requested_by, b.created_at, b.approval_rule, r.state, r.reason,
                   count(*) as of_state, sum(r.amount)::bigint as points,
                   (select whole.balance_at_refusal from distributions whole where whole.id = b.id) as balance_at_refusal,
                   u.state as undo_state, u.mode as undo_mode, u.requested_by as undone_by, u.created_at as undone_at, u.reversed,
                   u.amount as undone_amount, u.missing, u.already_reversed, u.empty_wallets
            from batches b join batch_receivers r on r.batch_id = b.id left join batch_undos u on u.batch_id = b.id
            where b.id = any($1) and b.tenant_id = $2
            group by b.id, u.batch_id, r.state, r.reason order by b.id desc, of_state desc, r.reason
            """;

    /** Ids are ordered by time. */
    static final String NEWEST = """
            select id from batches
            where tenant_id = $1 and id < $2 and created_at >= $3 and created_at < $4
            order by id desc limit $5
            """;

    private static final UUID LAST = new UUID(-1, -1);
    private static final OffsetDateTime ALWAYS = Instant.EPOCH.atOffset(ZoneOffset.UTC);
    private static final OffsetDateTime NEVER = OffsetDateTime.of(10_000, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    private static final String RECEIVERS = """
            select line, to_user_id, amount, state, reason, rule, distribution_id
            from batch_receivers
            where tenant_id = $1 and batch_id = $2 and line > $3 and ($4::text is null or state = $4)
            order by line limit $5
            """;

    private static final String BALANCES = """
            select coalesce((select balance from pool_balances where tenant_id = $1), 0) as pool,
                   coalesce(sum(balance), 0)::bigint as in_departments,
                   coalesce(sum(balance) filter (where department_id = $2), 0)::bigint as department
            from department_balances where tenant_id = $1
            """;

    private final Pool database;

    BatchViews(Pool database) {
        this.database = database;
    }

    /** Null if there is no such batch in the tenant. */
    Uni<@Nullable BatchView> find(UUID tenantId, UUID id) {
        return find(tenantId, List.of(id)).map(found -> found.isEmpty() ? null : found.get(0));
    }

    /** Newest first. */
    private Uni<List<BatchView>> find(UUID tenantId, List<UUID> ids) {
        return database.preparedQuery(FIND)
                .execute(Tuple.of(ids.toArray(UUID[]::new), tenantId))
                .map(rows -> {
                    var counts = new LinkedHashMap<UUID, List<Row>>();
                    rows.forEach(row -> counts.computeIfAbsent(row.getUUID("id"), id -> new ArrayList<>())
                            .add(row));
                    return counts.values().stream().map(BatchView::of).toList();
                });
    }

    /**
     * The tenant's batches, newest first. The lines of each on the page are counted, so pages are short; one that is narrowed to a
     * state has those of as many batches that are in it.
     *
     * @param from inclusive
     * @param to exclusive
     */
    Uni<Page<BatchView>> page(
            UUID tenantId,
            @Nullable BatchStateFilter state,
            @Nullable Instant from,
            @Nullable Instant to,
            PageRequest page) {
        var after = page.afterId();
        return database.preparedQuery(NEWEST)
                .execute(Tuple.from(List.of(
                        tenantId,
                        after == null ? LAST : after,
                        from == null ? ALWAYS : from.atOffset(ZoneOffset.UTC),
                        to == null ? NEVER : to.atOffset(ZoneOffset.UTC),
                        page.fetch())))
                .map(rows -> {
                    var ids = new ArrayList<UUID>();
                    rows.forEach(row -> ids.add(row.getUUID("id")));
                    return Page.of(ids, page, UUID::toString, id -> id);
                })
                .chain(ids -> find(tenantId, ids.items())
                        .map(batches -> new Page<>(
                                batches.stream()
                                        .filter(batch -> state == null || state.matches(batch))
                                        .toList(),
                                ids.nextCursor())));
    }

    /** The receivers by line; all, or those in one state. */
    Uni<Page<ReceiverView>> receivers(UUID tenantId, UUID id, @Nullable LineStatus state, PageRequest page) {
        var after = page.afterNumber();
        return database.preparedQuery(RECEIVERS)
                .execute(Tuple.of(
                        tenantId, id, after == null ? 0L : after, state == null ? null : state.word(), page.fetch()))
                .map(rows -> {
                    var found = new ArrayList<ReceiverView>();
                    rows.forEach(row -> found.add(ReceiverView.of(row)));
                    return Page.of(List.copyOf(found), page, it -> Integer.toString(it.line()), it -> it);
                });
    }

    /**
     * What there is to give from, by the latest events; 0 if there are none.
     *
     * @param departmentId out of whose envelope; null: out of none
     */
    Uni<BatchCheck.Held> balances(UUID tenantId, @Nullable UUID departmentId) {
        return database.preparedQuery(BALANCES)
                .execute(Tuple.of(tenantId, departmentId))
                .map(rows -> {
                    var row = rows.iterator().next();
                    long pool = row.getLong("pool");
                    long inNone = Math.max(0, pool - row.getLong("in_departments"));
                    return new BatchCheck.Held(pool, departmentId == null ? inNone : row.getLong("department"));
                });
    }
}
