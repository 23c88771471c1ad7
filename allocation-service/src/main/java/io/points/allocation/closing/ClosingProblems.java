package io.points.allocation.closing;

import io.points.allocation.closing.ClosingRules.Fault;
import io.points.allocation.tenant.TenantProblems;
import io.points.allocation.tenant.TenantStatus;
import io.points.platform.web.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** How a closing is refused over HTTP. */
final class ClosingProblems {

    private ClosingProblems() {}

    static Problem unknownTenant() {
        return Problem.notFound("tenant");
    }

    static Problem ends(TenantStatus status) {
        return TenantProblems.ends(status, "Its closing has been approved already.");
    }

    static Problem invalid(List<Fault> faults) {
        var detail = faults.stream()
                .map(fault -> fault.field() + " " + fault.message())
                .collect(Collectors.joining("; "));
        var problem = Problem.of(422, "invalid-closing", "A tenant cannot be closed so", detail);
        for (var fault : faults) {
            problem = problem.withError(fault.field(), fault.message());
        }
        return problem;
    }

    static Problem proposedAlready(UUID proposal) {
        return Problem.of(
                        409,
                        "closing-proposed-already",
                        "It has been proposed already",
                        "A second person must decide about it, or whoever has proposed it withdraw it, before it is proposed again.")
                .with("proposal_id", proposal);
    }

    static Problem notClosing() {
        return Problem.of(
                409,
                "not-closing",
                "The tenant is not being closed",
                "Only a closing that is under way can be called off.");
    }

    static Problem tooLate() {
        return Problem.of(
                409,
                "closing-too-far",
                "The closing can be called off no more",
                "The day is over until which earned points could be used.");
    }

    static Problem notClosed() {
        return Problem.of(
                409,
                "erasure-too-early",
                "What is known of the tenant's people is still needed",
                "Only of a closed tenant it can be deleted as a whole; its managers can delete what is known of one person.");
    }

    static Problem erasableFrom(Instant from) {
        return Problem.of(
                        409,
                        "erasure-too-early",
                        "What is known of the tenant's people is still needed",
                        "It can be deleted 30 days after the closing, from " + from + " on.")
                .with("from", from);
    }
}
