package io.points.allocation.alert;

import io.points.platform.persistence.SqlGauges;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** How many alerts are open, by kind. */
@ApplicationScoped
class AlertMetrics {

    private static final String OPEN = """
            select 'points_business_alerts_open' as name, 'kind' as tag, kind as of,
                   (select count(*) from business_alerts a where a.kind = k.kind and a.state = 'open')::float8 as value
            from unnest(array['pool_low', 'pool_empty', 'budget_exceeded', 'large_clawback', 'refill_refused',
                                'refused_calls', 'spend_limit']) as k (kind)
            """;

    private final SqlGauges figures;

    AlertMetrics(SqlGauges figures) {
        this.figures = figures;
    }

    void start(@Observes StartupEvent event) {
        figures.show(OPEN, "points_business_alerts_open");
    }
}
