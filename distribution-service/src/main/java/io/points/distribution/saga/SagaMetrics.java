package io.points.distribution.saga;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.points.contract.DistributionKind;
import io.points.contract.Ids;
import io.points.platform.persistence.SqlGauges;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** How distributions end, how long they take, and how many are open. */
@ApplicationScoped
class SagaMetrics {

    /** The buckets that alerts use: two seconds is the objective, thirty the deadline. */
    private static final Duration[] LIMITS = {
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60)
    };

    /** The index of due distributions has only open ones, so this reads few rows. */
    private static final String OPEN = """
            select f.name, 'state' as tag, lower(state) as of, f.value
            from (values ('REQUESTED'), ('RETURNING'), ('CANCELLING'), ('COMPENSATING')) as s (state)
            left join (select state as open, count(*) as number, min(created_at) as oldest
                       from distributions where due_at is not null group by state) as d on d.open = s.state,
            lateral (values ('points_sagas_open', coalesce(number, 0)::float8),
                            ('points_sagas_oldest_age_seconds',
                             greatest(0, coalesce(extract(epoch from now() - oldest), 0))::float8)) as f (name, value)
            """;

    /** There should be none; they have their own index. */
    private static final String SET_ASIDE = """
            select 'points_returns_set_aside' as name, null::text as tag, null::text as of, count(*)::float8 as value
            from distributions where state = 'SET_ASIDE'
            """;

    private final MeterRegistry metrics;
    private final SqlGauges figures;

    SagaMetrics(MeterRegistry metrics, SqlGauges figures) {
        this.metrics = metrics;
        this.figures = figures;
    }

    void start(@Observes StartupEvent event) {
        figures.show(OPEN, "points_sagas_open", "points_sagas_oldest_age_seconds");
        figures.guard(SET_ASIDE, "points_returns_set_aside");
    }

    /** Counts those in a final state, by the time since their request. The awards of a batch count as their batch. */
    void count(List<Distribution> reached, Instant now) {
        for (var distribution : reached) {
            var ofBatch = distribution.kind() == DistributionKind.AWARD && distribution.debitId() != null;
            if (distribution.state().isFinal() && !ofBatch) {
                timer(distribution).record(Duration.between(Ids.timeOf(distribution.id()), now));
            }
        }
    }

    private Timer timer(Distribution ended) {
        return Timer.builder("points_distribution_duration")
                .tag("kind", ended.kind().word())
                .tag("source", ended.source().word())
                .tag("state", ended.state().name().toLowerCase(Locale.ROOT))
                .serviceLevelObjectives(LIMITS)
                .register(metrics);
    }
}
