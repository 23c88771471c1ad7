package io.points.billing.period;

import io.points.billing.period.StatementForms.Format;
import io.points.billing.statement.Documents;
import io.points.billing.statement.Statement;
import io.points.platform.background.Offload;
import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Caller;
import io.points.platform.web.caller.Role;
import io.points.platform.web.input.Params;
import io.points.platform.web.problem.ProblemType;
import io.points.platform.web.problem.Refuses;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** What became of all of a tenant's points, in the same forms and for the same callers as its months. */
@Cancellable(false)
@TimeLimit
@Path("/api/billing/statements/{tenant_id}/final")
@RolesAllowed({Role.FINANCE, Role.AUDITOR, Role.MANAGER})
@Tag(name = "Billing")
class FinalStatementResource {

    private static final String CSV = StatementForms.CSV;

    private final FinalStatements statements;
    private final Documents documents;
    private final Caller caller;

    FinalStatementResource(FinalStatements statements, Documents documents, Caller caller) {
        this.statements = statements;
        this.documents = documents;
        this.caller = caller;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(
            operationId = "getFinalStatement",
            summary = "All months of a tenant together, up to its closing; final once all of them are closed")
    @APIResponse(
            responseCode = "200",
            description = "The statement",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Statement.class)))
    public Uni<Response> json(@PathParam("tenant_id") String tenantId) {
        return statement(tenantId, Format.JSON);
    }

    @GET
    @Path("/csv")
    @Produces(CSV)
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(
            operationId = "getFinalStatementAsCsv",
            summary = "All months of a tenant together as CSV, for programs: every text verbatim")
    @APIResponse(
            responseCode = "200",
            description = "The statement",
            content = @Content(mediaType = CSV, schema = @Schema(implementation = String.class)))
    public Uni<Response> csv(@PathParam("tenant_id") String tenantId) {
        return statement(tenantId, Format.CSV);
    }

    @GET
    @Path("/spreadsheet")
    @Produces(CSV)
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(
            operationId = "getFinalStatementForSpreadsheet",
            summary =
                    "All months of a tenant together as CSV, for spreadsheets: texts that a spreadsheet would evaluate begin with an apostrophe")
    @APIResponse(
            responseCode = "200",
            description = "The statement",
            content = @Content(mediaType = CSV, schema = @Schema(implementation = String.class)))
    public Uni<Response> spreadsheet(@PathParam("tenant_id") String tenantId) {
        return statement(tenantId, Format.SPREADSHEET);
    }

    @GET
    @Path("/html")
    @Produces(MediaType.TEXT_HTML)
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(
            operationId = "getFinalStatementAsHtml",
            summary = "All months of a tenant together as a page, for people")
    @APIResponse(
            responseCode = "200",
            description = "The statement",
            content = @Content(mediaType = MediaType.TEXT_HTML, schema = @Schema(implementation = String.class)))
    public Uni<Response> html(@PathParam("tenant_id") String tenantId) {
        return statement(tenantId, Format.HTML);
    }

    private Uni<Response> statement(String tenantId, Format form) {
        var tenant = Params.uuid("tenant_id", tenantId);
        StatementForms.requireVisible(caller, tenant);
        return statements
                .read(tenant)
                .chain(issued -> Offload.call(() -> StatementForms.response(documents, issued, Statement.FINAL, form)));
    }
}
