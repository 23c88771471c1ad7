package io.points.platform.outbox;

import io.points.platform.persistence.SqlGauges;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** How many messages wait to be published, for how long, and how many are quarantined. */
@ApplicationScoped
class OutboxMetrics {

    private static final String WAITING = """
            select f.name, null::text as tag, null::text as of, f.value
            from (select count(*) filter (where set_aside is null) as waiting,
                         count(*) filter (where set_aside is not null) as aside,
                         min(created_at) filter (where set_aside is null) as oldest
                  from outbox) o,
                 lateral (values ('points_outbox_waiting', waiting::float8),
                                 ('points_outbox_set_aside', aside::float8),
                                 ('points_outbox_oldest_age_seconds',
                                  greatest(0, coalesce(extract(epoch from now() - oldest), 0))::float8)) as f (name, value)
            """;

    private final SqlGauges figures;

    OutboxMetrics(SqlGauges figures) {
        this.figures = figures;
    }

    void start(@Observes StartupEvent event) {
        figures.show(WAITING, "points_outbox_waiting", "points_outbox_set_aside", "points_outbox_oldest_age_seconds");
    }
}
