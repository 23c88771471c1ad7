package io.points.distribution.approval;

import io.points.platform.persistence.SqlGauges;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** How much waits for approval, since when, and with how many points. The index of what waits has only that. */
@ApplicationScoped
class ApprovalMetrics {

    private static final String WAITING = """
            select f.name, null::text as tag, null::text as of, f.value
            from (select count(*) as number, min(updated_at) as oldest, sum(amount) as points
                  from distributions where state = 'HELD') held,
            lateral (values ('points_approvals_open', number::float8),
                            ('points_approvals_held_points', coalesce(points, 0)::float8),
                            ('points_approvals_oldest_seconds',
                             greatest(0, coalesce(extract(epoch from now() - oldest), 0))::float8)) as f (name, value)
            """;

    private final SqlGauges figures;

    ApprovalMetrics(SqlGauges figures) {
        this.figures = figures;
    }

    void start(@Observes StartupEvent event) {
        figures.show(
                WAITING, "points_approvals_open", "points_approvals_held_points", "points_approvals_oldest_seconds");
    }
}
