package io.points.distribution.member;

import io.points.platform.web.paging.Page;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Read models of members. Every query is within one tenant. */
@ApplicationScoped
class MemberViews {

    private static final String BALANCES = """
            select user_id, coalesce(sum(balance) filter (where kind = 'budget'), 0)::bigint as budget,
                   coalesce(sum(balance) filter (where kind = 'earned'), 0)::bigint as earned
            from wallets where tenant_id = $1 and user_id = any($2) group by user_id
            """;

    private final Pool database;

    MemberViews(Pool database) {
        this.database = database;
    }

    /** A page for a manager, by id or by name. */
    Uni<Page<MemberView>> page(UUID tenantId, MemberQuery.Asked asked) {
        var page = asked.page();
        var among = new MemberSearch.Among(tenantId, asked.roles(), asked.active());
        var isByName = asked.order() == MemberOrder.NAME;
        var search = isByName
                ? MemberSearch.byName(
                        among, new MemberSearch.Text(asked.text(), true), NameCursor.of(page), null, page.fetch())
                : MemberSearch.byId(among, page.afterId(), page.fetch());
        return find(search).chain(rows -> balances(tenantId, asked.withBalances() ? rows : List.of())
                .map(balances -> Page.of(
                        rows,
                        page,
                        row -> isByName
                                ? new NameCursor(row.getUUID("user_id"), row.getString("name_key")).text()
                                : row.getUUID("user_id").toString(),
                        row -> MemberView.of(
                                row,
                                asked.withBalances()
                                        ? balances.getOrDefault(row.getUUID("user_id"), MemberView.Balances.NONE)
                                        : null))));
    }

    /** One member; null if the tenant has no such member. */
    Uni<@Nullable MemberView> find(UUID tenantId, UUID userId) {
        return find(MemberSearch.ofIds(tenantId, List.of(userId)))
                .map(rows -> rows.isEmpty() ? null : MemberView.of(rows.get(0), null));
    }

    /** The members that a search finds, in its order. */
    Uni<List<Row>> find(MemberSearch search) {
        return database.preparedQuery(search.sql())
                .execute(Tuple.tuple(search.values()))
                .map(rows -> {
                    var found = new ArrayList<Row>(rows.rowCount());
                    rows.forEach(found::add);
                    return found;
                });
    }

    private Uni<Map<UUID, MemberView.Balances>> balances(UUID tenantId, List<Row> members) {
        if (members.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        var users = members.stream().map(row -> row.getUUID("user_id")).toArray(UUID[]::new);
        return database.preparedQuery(BALANCES)
                .execute(Tuple.of(tenantId, users))
                .map(rows -> {
                    var balances = new HashMap<UUID, MemberView.Balances>();
                    rows.forEach(row -> balances.put(
                            row.getUUID("user_id"),
                            new MemberView.Balances(row.getLong("budget"), row.getLong("earned"))));
                    return balances;
                });
    }
}
