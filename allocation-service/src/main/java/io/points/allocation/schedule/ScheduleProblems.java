package io.points.allocation.schedule;

import io.points.allocation.schedule.ScheduleRules.Fault;
import io.points.platform.web.problem.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** How what is asked of a schedule is refused over HTTP. */
final class ScheduleProblems {

    private ScheduleProblems() {}

    static Problem unknownTenant() {
        return Problem.notFound("tenant").withError("tenant_id", "is not a tenant");
    }

    static Problem invalid(List<Fault> faults) {
        var detail = faults.stream()
                .map(fault -> fault.field() + " " + fault.message())
                .collect(Collectors.joining("; "));
        var problem = Problem.of(422, "invalid-schedule", "The schedule is not valid", detail);
        for (var fault : faults) {
            problem = problem.withError(fault.field(), fault.message());
        }
        return problem;
    }

    static Problem ended() {
        return Problem.of(
                409,
                "schedule-ended",
                "The schedule has ended",
                "A schedule that has ended stays as it is. Make a new one.");
    }

    static Problem done(ScheduleRun run) {
        return Problem.of(
                409,
                "run-done",
                "The run is done",
                "The period " + run.period() + " was run on attempt " + run.attempt() + "; it is not run again.");
    }
}
