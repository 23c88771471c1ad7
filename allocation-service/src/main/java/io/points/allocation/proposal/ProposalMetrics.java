package io.points.allocation.proposal;

import io.points.platform.persistence.SqlGauges;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** How many proposals wait for another person, since when, and how many points they hold. */
@ApplicationScoped
class ProposalMetrics {

    private static final String OPEN = """
            select 'points_proposals_open' as name, null::text as tag, null::text as of, count(*)::float8 as value
            from proposals where state = 'proposed'
            """;

    private static final String OLDEST = """
            select 'points_proposals_oldest_seconds' as name, null::text as tag, null::text as of,
                   greatest(coalesce(extract(epoch from now() - min(proposed_at)), 0), 0)::float8 as value
            from proposals where state = 'proposed'
            """;

    private static final String HELD = """
            select 'points_proposals_held_points' as name, null::text as tag, null::text as of,
                   coalesce(sum(reserved), 0)::float8 as value
            from proposals where state = 'proposed'
            """;

    private final SqlGauges figures;

    ProposalMetrics(SqlGauges figures) {
        this.figures = figures;
    }

    void start(@Observes StartupEvent event) {
        figures.show(OPEN, "points_proposals_open");
        figures.show(OLDEST, "points_proposals_oldest_seconds");
        figures.show(HELD, "points_proposals_held_points");
    }
}
