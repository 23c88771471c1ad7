package io.points.billing.period;

import io.points.billing.PeriodParam;
import io.points.billing.period.ClosingJob.Outcome;
import io.points.billing.period.ClosingJobView.ResultView;
import io.points.billing.period.PeriodService.Wish;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.platform.web.Sends;
import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Caller;
import io.points.platform.web.caller.Role;
import io.points.platform.web.idempotency.Idempotency;
import io.points.platform.web.idempotency.IdempotentRequests;
import io.points.platform.web.idempotency.Repeatable;
import io.points.platform.web.input.Params;
import io.points.platform.web.paging.Page;
import io.points.platform.web.paging.PageRequest;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemType;
import io.points.platform.web.problem.Refuses;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Closes a month of all tenants for which it can be closed; auditors see what came of it. */
@Cancellable(false)
@TimeLimit
@Path(ClosingJobResource.ROOT)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.FINANCE, Role.AUDITOR})
@Tag(name = "Billing")
class ClosingJobResource {

    static final String ROOT = "/api/billing/closings";

    private final Transactions transactions;
    private final ClosingJobs jobs;
    private final ClosingJobService service;
    private final IdempotentRequests requests;
    private final Idempotency idempotency;
    private final Caller caller;

    ClosingJobResource(
            Transactions transactions,
            ClosingJobs jobs,
            ClosingJobService service,
            IdempotentRequests requests,
            Idempotency idempotency,
            Caller caller) {
        this.transactions = transactions;
        this.jobs = jobs;
        this.service = service;
        this.requests = requests;
        this.idempotency = idempotency;
        this.caller = caller;
    }

    @POST
    @RolesAllowed(Role.FINANCE)
    @APIResponse(
            responseCode = "202",
            description = "It runs; ask at Location how far it is",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ClosingJobView.class)))
    @Refuses({ProblemType.PERIOD_NOT_OVER, ProblemType.CLOSING_RUNNING})
    @Sends(Sends.LOCATION)
    @Operation(
            operationId = "closeAll",
            summary = "Close a month of all tenants for which it can be closed, one after the other")
    public Uni<Response> begin(
            @BeanParam Repeatable request, @NotNull(message = "is required") @Valid ClosingRequest body) {
        var wish = new Wish(caller.id(), body.reason(), caller.actor());
        return requests.ofPlatformDeciding(
                        request, body, tx -> service.begin(tx, PeriodParam.of(body.period()), wish, body.softCloses())
                                .chain(job -> view(tx, job))
                                .map(view -> idempotency.answer(202, view).naming(view.closingId())))
                .map(ClosingJobResource::begun);
    }

    private static Response begun(Idempotency.StoredResponse outcome) {
        var response = Response.fromResponse(Idempotency.response(outcome));
        if (outcome.resource() != null) {
            response.location(URI.create(ROOT + "/" + outcome.resource()));
        }
        return response.build();
    }

    @GET
    @Path("/{id}")
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(operationId = "getClosing", summary = "How far a closing of all tenants is")
    public Uni<ClosingJobView> read(@PathParam("id") String id) {
        var wanted = Params.uuid("id", id);
        return transactions.snapshot(tx -> find(tx, wanted).chain(job -> view(tx, job)));
    }

    @GET
    @Path("/{id}/results")
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(operationId = "listClosingResults", summary = "What came of each tenant, in the order of their ids")
    public Uni<Page<ResultView>> results(
            @PathParam("id") String id,
            @Parameter(description = "Tenants with this outcome", schema = @Schema(implementation = Outcome.class))
                    @QueryParam("outcome")
                    @Nullable
                    String outcome,
            @Parameter(description = "1 to 200, 50 by default") @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "next_cursor of the previous page") @QueryParam("cursor") @Nullable
                    String cursor) {
        var wanted = Params.uuid("id", id);
        var only = Params.optionalWord("outcome", outcome, Outcome.class);
        var page = PageRequest.of(limit, cursor);
        var after = page.afterId();
        return transactions
                .snapshot(tx -> find(tx, wanted).chain(job -> jobs.results(tx, job.id(), only, after, page.fetch())))
                .map(found -> Page.of(found, page, it -> it.tenantId().toString(), ResultView::of));
    }

    private Uni<ClosingJobView> view(Tx tx, ClosingJob job) {
        return jobs.count(tx, job.id()).map(counts -> ClosingJobView.of(job, counts));
    }

    private Uni<ClosingJob> find(Tx tx, UUID id) {
        return jobs.find(tx, id).map(job -> {
            if (job == null) {
                throw Problem.notFound("closing").exception();
            }
            return job;
        });
    }
}
