package io.points.billing.period;

import io.points.billing.PeriodParam;
import io.points.billing.entry.EntryView;
import io.points.billing.period.PeriodService.Wish;
import io.points.billing.period.Periods.Month;
import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Caller;
import io.points.platform.web.caller.Role;
import io.points.platform.web.idempotency.IdempotentRequests;
import io.points.platform.web.idempotency.Repeatable;
import io.points.platform.web.input.Params;
import io.points.platform.web.input.PlainText;
import io.points.platform.web.paging.Page;
import io.points.platform.web.paging.PageRequest;
import io.points.platform.web.problem.ProblemType;
import io.points.platform.web.problem.Refuses;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** What was booked in a later month than it belongs to, and how it gets there once that month is open again. */
@Cancellable(false)
@TimeLimit
@Path("/api/billing/periods/{tenant_id}/{period}")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.FINANCE)
@Tag(name = "Billing")
class LateEntryResource {

    private static final String AT_MOST =
            "One request moves the late entries of at most " + LateEntryService.MOST_EVENTS
                    + " allocations and clawbacks, in the order of the pool. All entries of a clawback move together.";

    private final LateEntryService lateEntries;
    private final IdempotentRequests requests;
    private final Caller caller;

    LateEntryResource(LateEntryService lateEntries, IdempotentRequests requests, Caller caller) {
        this.lateEntries = lateEntries;
        this.requests = requests;
        this.caller = caller;
    }

    /** What is to be moved, and why. */
    @Schema(name = "LateEntriesRequest")
    record Moving(
            @PlainText String reason,

            @Size(min = 1, max = LateEntryService.MOST_EVENTS, message = "must name 1 to {max} entries")
            @Schema(description = "Which entries to move; all if absent")
            @Nullable
            List<@NotNull(message = "is required") UUID> entryIds) {}

    @GET
    @Path("/late-entries")
    @RolesAllowed({Role.FINANCE, Role.AUDITOR})
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(
            operationId = "listLateEntries",
            summary = "Entries that belong to a month and were booked in a later one, because the month was closed")
    public Uni<Page<EntryView>> list(
            @PathParam("tenant_id") String tenantId,
            @PathParam("period") String period,
            @Parameter(description = "1 to 200, 50 by default") @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "next_cursor of the previous page") @QueryParam("cursor") @Nullable
                    String cursor) {
        var page = PageRequest.of(limit, cursor);
        return lateEntries
                .list(month(tenantId, period), page)
                .map(entries ->
                        Page.of(entries, page, LateEntryService.Cursor::text, UnaryOperator.<EntryView>identity()));
    }

    @POST
    @Path("/late-entries/move")
    @APIResponse(
            responseCode = "200",
            description = "Done. A retry without its Idempotency-Key finds nothing left to move",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = LateEntryMoveView.class)))
    @Refuses({
        ProblemType.NOT_FOUND,
        ProblemType.PERIOD_CLOSED,
        ProblemType.LATER_PERIOD_CLOSED,
        ProblemType.TENANT_NOT_YET_KNOWN,
        ProblemType.LATE_ENTRY_UNKNOWN,
        ProblemType.LATE_ENTRIES_INCOMPLETE
    })
    @Operation(
            operationId = "moveLateEntries",
            summary = "Move late entries into their month, which is open again, by a reversal and a rebooking of each",
            description = AT_MOST)
    public Uni<Response> move(
            @BeanParam Repeatable request,
            @PathParam("tenant_id") String tenantId,
            @PathParam("period") String period,
            @NotNull(message = "is required") @Valid Moving body) {
        var month = month(tenantId, period);
        var wish = new Wish(caller.id(), body.reason(), caller.actor());
        return requests.ofPlatform(request, body, tx -> lateEntries
                .move(tx, month, wish, body.entryIds())
                .map(outcome -> LateEntryMoveView.of(month, outcome)));
    }

    @POST
    @Path("/late-entries/move/check")
    @Refuses({
        ProblemType.NOT_FOUND,
        ProblemType.PERIOD_CLOSED,
        ProblemType.LATER_PERIOD_CLOSED,
        ProblemType.TENANT_NOT_YET_KNOWN,
        ProblemType.LATE_ENTRY_UNKNOWN,
        ProblemType.LATE_ENTRIES_INCOMPLETE
    })
    @Operation(
            operationId = "checkMoveOfLateEntries",
            summary = "What a move of late entries would book, and refuse; nothing is booked",
            description = AT_MOST)
    public Uni<LateEntryMoveView> check(
            @PathParam("tenant_id") String tenantId,
            @PathParam("period") String period,
            @NotNull(message = "is required") @Valid Moving body) {
        var month = month(tenantId, period);
        return lateEntries.check(month, body.entryIds()).map(outcome -> LateEntryMoveView.of(month, outcome));
    }

    private static Month month(String tenantId, String period) {
        return new Month(Params.uuid("tenant_id", tenantId), PeriodParam.of(period));
    }
}
