package io.points.billing.period;

import io.points.billing.PeriodParam;
import io.points.billing.period.ClosingJobView.ResultView;
import io.points.billing.period.PeriodService.Wish;
import io.points.platform.time.BusinessTime;
import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Caller;
import io.points.platform.web.caller.Role;
import io.points.platform.web.paging.Page;
import io.points.platform.web.paging.PageRequest;
import io.points.platform.web.problem.ProblemType;
import io.points.platform.web.problem.Refuses;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** What closing a month of all tenants would do. */
@Cancellable(false)
@TimeLimit
@Path(ClosingJobResource.ROOT + "/check")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.FINANCE)
@Tag(name = "Billing")
class ClosingCheckResource {

    private final Board board;
    private final ClosingJobService service;
    private final Caller caller;

    ClosingCheckResource(Board board, ClosingJobService service, Caller caller) {
        this.board = board;
        this.service = service;
        this.caller = caller;
    }

    @POST
    @Refuses(ProblemType.PERIOD_NOT_OVER)
    @Operation(
            operationId = "checkCloseAll",
            summary = "Of which tenants a month would be closed now, and why not of the others; nothing is closed",
            description = "In pages, as the results of a closing. The summary of the month has numbers.")
    public Uni<Page<ResultView>> check(
            @Parameter(description = "1 to 200, 50 by default") @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "next_cursor of the previous page") @QueryParam("cursor") @Nullable String cursor,
            @NotNull(message = "is required") @Valid ClosingRequest body) {
        var page = PageRequest.of(limit, cursor);
        var period = PeriodParam.of(body.period());
        var wish = new Wish(caller.id(), body.reason(), caller.actor());
        ClosingJobService.requireOver(period, BusinessTime.now());
        return board.page(period, null, page.afterId(), page.fetch())
                .map(found -> Page.of(
                        found,
                        page,
                        it -> it.tenantId().toString(),
                        it -> ResultView.of(service.check(it, wish, body.softCloses()))));
    }
}
