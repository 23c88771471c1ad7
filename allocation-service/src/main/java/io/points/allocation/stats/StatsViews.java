package io.points.allocation.stats;

import io.points.allocation.tenant.TenantViews;
import io.points.platform.time.BusinessTime;
import io.points.platform.web.paging.Page;
import io.points.platform.web.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.UUID;

/** Finds a tenant's figures in running sums: no scan, however long the history. */
@ApplicationScoped
class StatsViews {

    private static final String FIND = """
            select t.id, t.status, t.points_allocation_balance, t.pool_version, t.allocated, t.clawed_back, t.debited,
                   t.credited, t.returned, t.taken_back, t.expired, t.reserved, t.lot_dates, t.lot_points,
                   coalesce(w.delegated, 0) as delegated, coalesce(w.awarded_from_pool, 0) as awarded_from_pool,
                   coalesce(w.awarded_from_budget, 0) as awarded_from_budget,
                   coalesce(w.budget_returned + w.reversed + w.earned_returned, 0) as back_from_wallets,
                   coalesce(w.held - w.released, 0) as held, coalesce(w.held_from_budget - w.released_to_budget, 0) as held_from_budget,
                   l.id as last_id, l.amount as last_amount, l.created_at as last_at,
                   (select greatest(0, coalesce(sum(d.debited - d.credited), 0))::bigint from pool_days d
                    where d.tenant_id = t.id and d.day > (now() at time zone 'UTC')::date - 30) as distributed_30d
            from tenants t
            left join wallet_totals w on w.tenant_id = t.id
            left join lateral (select id, amount, created_at from allocation_logs
                               where tenant_id = t.id and kind = 'allocation' order by id desc limit 1) l on true
            where t.id = $1
            """;

    /**
     * The newest first, from the day on which the tenant was registered. What is in neither of the day's sums has come back from
     * wallets, has lapsed, or is an adjustment.
     */
    static final String DAYS = """
            select days.day, coalesce(d.allocated, 0) as allocated, coalesce(d.clawed_back, 0) as clawed_back,
                   coalesce(d.debited, 0) as debited, coalesce(d.credited, 0) as credited, coalesce(d.reserved, 0) as reserved,
                   days.closing,
                   days.closing - days.opening - coalesce(d.allocated - d.clawed_back - d.debited + d.credited - d.reserved, 0)
                       as returned
            from tenants t
            cross join lateral (
                select day, pool_balance_before(t.id, t.pool_version, (day + 1)::timestamp at time zone 'UTC') as closing,
                       pool_balance_before(t.id, t.pool_version, day::timestamp at time zone 'UTC') as opening
                from (select least($4::date, $3::date) - back as day
                      from generate_series(0, least($4::date, $3::date)
                                              - greatest($2::date, (t.created_at at time zone 'UTC')::date)) back
                      order by back limit $5) asked
            ) days
            left join pool_days d on d.tenant_id = t.id and d.day = days.day
            where t.id = $1 order by days.day desc
            """;

    private final Pool database;
    private final TenantViews tenants;

    StatsViews(Pool database, TenantViews tenants) {
        this.database = database;
        this.tenants = tenants;
    }

    /** @return fails with a 404 problem if there is no such tenant */
    Uni<TenantStats> find(UUID tenantId) {
        return database.preparedQuery(FIND).execute(Tuple.of(tenantId)).map(rows -> {
            if (rows.rowCount() == 0) {
                throw Problem.notFound("tenant").exception();
            }
            return TenantStats.of(rows.iterator().next());
        });
    }

    /** @return fails with a 404 problem if there is no such tenant */
    Uni<Page<PoolDay>> days(UUID tenantId, DaysQuery.Understood query) {
        var today = LocalDate.ofInstant(BusinessTime.now(), ZoneOffset.UTC);
        var arguments = Tuple.of(
                tenantId, query.first(), query.last(), today, query.page().fetch());
        return tenants.find(tenantId)
                .chain(known -> database.preparedQuery(DAYS).execute(arguments))
                .map(rows -> {
                    var days = new ArrayList<PoolDay>(rows.rowCount());
                    rows.forEach(row -> days.add(PoolDay.of(row)));
                    return Page.of(days, query.page(), day -> day.day().toString(), day -> day);
                });
    }
}
