package io.points.allocation.schedule;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.points.contract.RunOutcome;
import io.points.platform.persistence.SqlGauges;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.EnumMap;
import java.util.Map;

/** What runs have come to, and how long the oldest period has been due that nobody has run. */
@ApplicationScoped
class ScheduleMetrics {

    private static final String OVERDUE = """
            select 'points_schedules_overdue_seconds' as name, null::text as tag, null::text as of,
                   greatest(coalesce(extract(epoch from now() - min(next_due_at)), 0), 0)::float8 as value
            from schedules where next_due_at is not null
            """;

    private final SqlGauges figures;
    private final Map<RunOutcome, Counter> runs = new EnumMap<>(RunOutcome.class);

    ScheduleMetrics(SqlGauges figures, MeterRegistry metrics) {
        this.figures = figures;
        for (var outcome : RunOutcome.values()) {
            runs.put(
                    outcome,
                    metrics.counter("points_schedule_runs", "what", MakeSchedule.Work.WORD, "outcome", outcome.word()));
        }
    }

    void start(@Observes StartupEvent event) {
        figures.show(OVERDUE, "points_schedules_overdue_seconds");
    }

    void count(RunOutcome outcome) {
        runs.get(outcome).increment();
    }
}
