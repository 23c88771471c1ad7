package io.points.allocation.tenant;

import io.points.platform.time.BusinessTime;
import io.points.platform.web.paging.Page;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;

/**
 * Pages of tenants. Each page is one statement: tenants are filtered and sorted by a look at their own table, which is hot, so that
 * it gets no index for this; the rest is found for the tenants of the page alone, each by a few steps in indexes.
 */
@ApplicationScoped
class TenantList {

    /** The days from which a rate, and the sum of the month, are taken; $6 is today. A month began 30 days ago at most. */
    private static final String DAYS = """
            cross join lateral (
                select greatest(0, coalesce(sum(debited - credited) filter (where day > $6::date - %2$s), 0))::bigint as distributed,
                       coalesce(sum(allocated) filter (where day >= date_trunc('month', $6::date)), 0)::bigint as allocated
                from pool_days where tenant_id = %1$s.id and day >= $6::date - 30) days
            """;

    private static final String RUNWAY = """
            cross join lateral (
                select case when days.distributed > 0
                            then least(%3$s, %1$s.points_allocation_balance * %2$s / days.distributed)::int end as days) runway
            """;

    static final String DAYS_OF_T = of(DAYS, "t");
    static final String RUNWAY_OF_T = of(RUNWAY, "t");

    private static final String PAGE = """
            with page as (
                select t.*, %1$s as sort_key
                from tenants t
                %3$s
                where ($1::text is null or strpos(lower(t.name), lower($1)) > 0)
                  and ($2::text is null or t.status = $2)
                  and ($4::uuid is null or (%1$s, t.id) %4$s ($3::%2$s, $4))
                order by sort_key %5$s, t.id %5$s limit $5)
            select page.id, page.name, page.status, page.points_allocation_balance, page.pool_version, page.created_at,
                   page.sort_key, c.revision as contract_revision, c.currency, c.price_per_point, c.po_number, c.cost_centre,
                   c.valid_from, days.distributed, days.allocated as allocated_this_month, runway.days as runway_days,
                   budget.monthly_budget, budget.on_exceed,
                   last.id as last_id, last.amount as last_amount, last.created_at as last_at,
                   (select count(*)::int from business_alerts a where a.tenant_id = page.id and a.state = 'open') as open_alerts
            from page
            cross join lateral contract_at(page.id, $7) c
            """ + of(DAYS, "page") + of(RUNWAY, "page") + """
            left join lateral (select b.monthly_budget, b.on_exceed from budget_logs b
                               where b.tenant_id = page.id order by b.revision desc limit 1) budget on true
            left join lateral (select id, amount, created_at from allocation_logs
                               where tenant_id = page.id and kind = 'allocation' order by id desc limit 1) last on true
            order by page.sort_key %5$s, page.id %5$s
            """;

    private final Pool database;

    TenantList(Pool database) {
        this.database = database;
    }

    /**
     * A row of the list.
     *
     * @param key what it was sorted by
     */
    record Found(TenantOnList tenant, Object key) {}

    /** @param health false leaves out what platform admins alone are shown */
    Uni<Page<TenantOnList>> page(TenantQuery.Understood query, boolean health) {
        var now = BusinessTime.now().atOffset(ZoneOffset.UTC);
        var status = query.status();
        var after = query.after();
        var arguments = Tuple.tuple()
                .addValue(query.q())
                .addValue(status == null ? null : status.word())
                .addValue(after == null ? null : after.key())
                .addValue(after == null ? null : after.id())
                .addValue(query.page().fetch())
                .addValue(LocalDate.ofInstant(now.toInstant(), ZoneOffset.UTC))
                .addValue(now);
        return database.preparedQuery(sql(query.sort(), query.order()))
                .execute(arguments)
                .map(rows -> {
                    var found = new ArrayList<Found>(rows.rowCount());
                    rows.forEach(row -> found.add(new Found(TenantOnList.of(row, health), row.getValue("sort_key"))));
                    return Page.of(found, query.page(), query::cursor, Found::tenant);
                });
    }

    /** The statement for one sort and order. Only words of ours are written into it. */
    static String sql(TenantSort sort, SortOrder order) {
        return PAGE.formatted(sort.key, sort.type, sort.joins, order == SortOrder.ASC ? ">" : "<", order.word());
    }

    private static String of(String lateral, String tenant) {
        return lateral.formatted(tenant, DistributionRate.DAYS, DistributionRate.LONGEST_RUNWAY);
    }
}
