package io.points.billing.period;

import io.points.billing.PeriodParam;
import io.points.billing.period.PeriodHistory.State;
import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Role;
import io.points.platform.web.input.Params;
import io.points.platform.web.paging.Page;
import io.points.platform.web.paging.PageRequest;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** A month of all tenants: where it stands, and what is still to be done. */
@Cancellable(false)
@TimeLimit
@Path("/api/billing")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.FINANCE, Role.AUDITOR})
@Tag(name = "Billing")
class BoardResource {

    private final Board board;

    BoardResource(Board board) {
        this.board = board;
    }

    @GET
    @Path("/periods")
    @Operation(
            operationId = "listPeriods",
            summary = "A month of all tenants: its state, what was billed, and what stands in the way of closing it")
    public Uni<Page<StandingView>> list(
            @Parameter(required = true) @QueryParam("period") @Nullable String period,
            @Parameter(
                            description =
                                    "Months in this state only; all if absent. Months in the future count as open",
                            schema = @Schema(implementation = State.class))
                    @QueryParam("state")
                    @Nullable
                    String state,
            @Parameter(description = "1 to 200, 50 by default") @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "next_cursor of the previous page") @QueryParam("cursor") @Nullable
                    String cursor) {
        var month = PeriodParam.of(period);
        var wanted = Params.optionalWord("state", state, State.class);
        var page = PageRequest.of(limit, cursor);
        return board.page(month, wanted, page.afterId(), page.fetch())
                .map(found -> Page.of(found, page, it -> it.tenantId().toString(), it -> StandingView.of(month, it)));
    }

    @GET
    @Path("/periods/summary")
    @Operation(
            operationId = "summarizePeriods",
            summary = "A month of all tenants in numbers, by state and by obstacle")
    public Uni<BoardSummary> summary(@Parameter(required = true) @QueryParam("period") @Nullable String period) {
        return board.summary(PeriodParam.of(period));
    }
}
