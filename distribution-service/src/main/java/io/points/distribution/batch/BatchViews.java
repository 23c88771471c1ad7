package io.points.distribution.batch;

import io.points.platform.web.paging.Page;
import io.points.platform.web.paging.PageRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Read models of batches. Every query is within one tenant. */
@ApplicationScoped
class BatchViews {

    private static final String FIND = """
            select b.id, b.mode, b.receivers::bigint, b.amount, b.requested_by, b.created_at, r.state, r.reason,
                   count(*) as of_state, sum(r.amount)::bigint as points,
                   (select whole.balance_at_refusal from distributions whole where whole.id = b.id) as balance_at_refusal
            from batches b join batch_receivers r on r.batch_id = b.id
            where b.id = $1 and b.tenant_id = $2
            group by b.id, r.state, r.reason order by of_state desc, r.reason
            """;

    private static final String RECEIVERS = """
            select line, to_user_id, amount, state, reason, distribution_id
            from batch_receivers
            where tenant_id = $1 and batch_id = $2 and line > $3 and ($4::text is null or state = $4)
            order by line limit $5
            """;

    private final Pool database;

    BatchViews(Pool database) {
        this.database = database;
    }

    /** Null if there is no such batch in the tenant. */
    Uni<@Nullable BatchView> find(UUID tenantId, UUID id) {
        return database.preparedQuery(FIND).execute(Tuple.of(id, tenantId)).map(rows -> {
            var counts = new ArrayList<Row>();
            rows.forEach(counts::add);
            return counts.isEmpty() ? null : BatchView.of(counts);
        });
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

    /** The pool's balance by its latest event; 0 if there is none. */
    Uni<Long> poolBalance(UUID tenantId) {
        return database.preparedQuery("select balance from pool_balances where tenant_id = $1")
                .execute(Tuple.of(tenantId))
                .map(rows -> rows.rowCount() == 0 ? 0L : rows.iterator().next().getLong("balance"));
    }
}
