package io.points.allocation.pool;

import io.points.platform.persistence.SqlGauges;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Pools whose balance differs from their newest ledger entry (more than 0 means tampering or a bug), how
 * full pools are, and how many points have moved in total, so that the growth is the rate. Aggregated over all
 * tenants: the API shows which one it is, to authorised callers.
 */
@ApplicationScoped
class PoolMetrics {

    private static final String IMBALANCED = """
            select 'points_pools_imbalanced' as name, null::text as tag, null::text as of, count(*)::float8 as value
            from tenants t
            left join lateral (select entry_number, balance_after from pool_ledger
                               where tenant_id = t.id order by entry_number desc limit 1) as newest on true
            where t.points_allocation_balance <> coalesce(balance_after, 0) or t.pool_version <> coalesce(entry_number, 0)
            """;

    /** Cumulative, as buckets of a histogram are; {@code le} is how many points a pool holds at most. */
    private static final String BALANCES = """
            select 'points_pool_balances' as name, 'le' as tag, b.le as of,
                   count(t.id) filter (where t.points_allocation_balance <= b.le::float8)::float8 as value
            from (values ('0'), ('100'), ('1000'), ('10000'), ('100000'), ('1000000'), ('10000000'), ('+Inf')) as b (le)
            left join tenants t on true
            group by b.le
            """;

    private static final String MOVED = """
            select 'points_pool_moved_points' as name, 'movement' as tag, m.movement as of, m.points as value
            from (select coalesce(sum(allocated), 0)::float8 as allocated, coalesce(sum(clawed_back), 0)::float8 as clawed_back,
                         coalesce(sum(debited), 0)::float8 as debited, coalesce(sum(credited), 0)::float8 as credited,
                         coalesce(sum(returned), 0)::float8 as returned, coalesce(sum(taken_back), 0)::float8 as taken_back
                  from tenants) t,
                 lateral (values ('allocated', allocated), ('clawed_back', clawed_back), ('debited', debited),
                                 ('credited', credited), ('returned', returned), ('taken_back', taken_back)) as m (movement, points)
            """;

    /** From wallet events, to avoid summing all wallets. */
    private static final String HELD = """
            select 'points_wallet_points' as name, 'kind' as tag, w.kind as of, w.points as value
            from (select coalesce(sum(awarded_from_pool + awarded_from_budget - reversed - reversed_to_budget
                                      - earned_returned - earned_expired), 0)::float8 as earned,
                         coalesce(sum(delegated - awarded_from_budget - budget_returned + reversed_to_budget
                                      - budget_expired - held_from_budget + released_to_budget), 0)::float8 as budget
                  from wallet_totals) t,
                 lateral (values ('earned', earned), ('budget', budget)) as w (kind, points)
            """;

    private final SqlGauges figures;

    PoolMetrics(SqlGauges figures) {
        this.figures = figures;
    }

    void start(@Observes StartupEvent event) {
        figures.guard(IMBALANCED, "points_pools_imbalanced");
        figures.show(BALANCES, "points_pool_balances");
        figures.show(MOVED, "points_pool_moved_points");
        figures.show(HELD, "points_wallet_points");
    }
}
