package io.points.billing.statement;

import io.points.billing.PeriodParam;
import io.points.platform.web.InTime;
import io.points.platform.web.Sends;
import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Role;
import io.points.platform.web.input.Params;
import io.points.platform.web.problem.ProblemType;
import io.points.platform.web.problem.Refuses;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestMulti;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** A month for FinOps tools. Its first lines come in time; how long the rest takes depends on how many there are. */
@Cancellable
@TimeLimit
@Path("/api/billing/focus")
@RolesAllowed({Role.FINANCE, Role.AUDITOR})
@Tag(name = "Billing")
class FocusResource {

    private static final String CSV = "text/csv;charset=UTF-8";

    private final FocusExport export;

    FocusResource(FocusExport export) {
        this.export = export;
    }

    @GET
    @Path("/{period}.csv")
    @Produces(CSV)
    @Refuses(ProblemType.NOT_FOUND)
    @Sends(Sends.CONTENT_DISPOSITION)
    @Operation(
            operationId = "getFocusExport",
            summary = "The billing entries of a month in the columns of FOCUS 1.2, of one tenant or all")
    @APIResponse(
            responseCode = "200",
            description = "A line for each entry",
            content = @Content(mediaType = CSV, schema = @Schema(implementation = String.class)))
    public Multi<String> focus(
            @PathParam("period") String period,
            @Parameter(description = "Entries of one tenant; all if absent") @QueryParam("tenant_id") @Nullable
                    String tenantId) {
        var scope = new FocusExport.Scope(PeriodParam.of(period), Params.optionalUuid("tenant_id", tenantId));
        var name = "focus-" + scope.month() + (scope.tenant() == null ? "" : "-" + scope.tenant());
        return RestMulti.fromUniResponse(
                InTime.orFail(export.begin(scope)),
                export::file,
                first -> Map.of(
                        Sends.CONTENT_DISPOSITION,
                        List.of(Downloads.attachment(name)),
                        "X-Content-Type-Options",
                        List.of("nosniff")));
    }
}
