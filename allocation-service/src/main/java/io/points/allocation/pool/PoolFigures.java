package io.points.allocation.pool;

import io.points.database.Figures;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Whether each pool is what its newest ledger entry says. More than 0 means that somebody was at the tables, or a bug. */
@ApplicationScoped
class PoolFigures {

    private static final String IMBALANCED = """
            select 'points_pools_imbalanced' as name, null::text as tag, null::text as of, count(*)::float8 as value
            from tenants t
            left join lateral (select entry_number, balance_after from pool_ledger
                               where tenant_id = t.id order by entry_number desc limit 1) as newest on true
            where t.points_allocation_balance <> coalesce(balance_after, 0) or t.pool_version <> coalesce(entry_number, 0)
            """;

    private final Figures figures;

    PoolFigures(Figures figures) {
        this.figures = figures;
    }

    void start(@Observes StartupEvent event) {
        figures.show(IMBALANCED, "points_pools_imbalanced");
    }
}
