package io.points.distribution.expiry;

import io.points.distribution.wallet.WalletKind;
import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Caller;
import io.points.platform.web.caller.Role;
import io.points.platform.web.idempotency.IdempotentRequests;
import io.points.platform.web.idempotency.Repeatable;
import io.points.platform.web.input.Params;
import io.points.platform.web.problem.ProblemType;
import io.points.platform.web.problem.Refuses;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Gives members more time, as the tenant's managers say. */
@Cancellable(false)
@TimeLimit
@Path("/api/dates")
@RolesAllowed(Role.MANAGER)
class DateResource {

    private final DateService service;
    private final IdempotentRequests requests;
    private final Caller caller;

    DateResource(DateService service, IdempotentRequests requests, Caller caller) {
        this.service = service;
        this.requests = requests;
        this.caller = caller;
    }

    /**
     * What shall be moved: all of a wallet's points that have that day.
     *
     * @param account budget or earned
     * @param fromDate the last day on which they can be used now
     * @param toDate the last day on which they can be used then; at most ten years off
     */
    @Schema(name = "DateExtension")
    record Extend(
            @NotNull(message = "is required")
            @Pattern(regexp = "budget|earned", message = "must be budget or earned")
            @Schema(implementation = WalletKind.class)
            String account,

            @NotNull(message = "is required") UUID userId,

            @Schema(format = "date", pattern = Params.DAY)
            @NotNull(message = "is required")
            @Pattern(regexp = Params.DAY, message = Params.NOT_A_DAY)
            String fromDate,

            @Schema(format = "date", pattern = Params.DAY)
            @NotNull(message = "is required")
            @Pattern(regexp = Params.DAY, message = Params.NOT_A_DAY)
            String toDate) {}

    @POST
    @Path("/extend")
    @APIResponse(
            responseCode = "200",
            description = "Done, also for each retry",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = DateView.class)))
    @Refuses({ProblemType.NOT_FOUND, ProblemType.EARLIER_DATE})
    @Operation(
            operationId = "extendDates",
            summary = "Let all points of a wallet that can be used until a day be used until a later one",
            description =
                    "Days are moved later, never earlier; a budget's no further than until its points were bought.")
    public Uni<Response> extend(@BeanParam Repeatable request, @NotNull(message = "is required") @Valid Extend body) {
        var tenant = caller.tenantId();
        var by = caller.actor();
        var kind = WalletKind.of(body.account());
        var from = Params.day("from_date", body.fromDate());
        var to = Params.day("to_date", body.toDate());
        return requests.ofTenant(
                tenant, request, body, tx -> service.extend(tx, tenant, kind, body.userId(), from, to, by));
    }
}
