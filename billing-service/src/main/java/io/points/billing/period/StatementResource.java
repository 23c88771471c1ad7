package io.points.billing.period;

import io.points.billing.PeriodParam;
import io.points.billing.period.Periods.Month;
import io.points.billing.period.StatementForms.Format;
import io.points.billing.statement.Documents;
import io.points.billing.statement.Statement;
import io.points.platform.background.Offload;
import io.points.platform.web.Sends;
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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Variant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Statements: finance and auditors see those of all tenants, a manager those of the own one. */
@Cancellable(false)
@TimeLimit
@Path("/api/billing/statements")
@RolesAllowed({Role.FINANCE, Role.AUDITOR, Role.MANAGER})
@Tag(name = "Billing")
class StatementResource {

    private static final String CSV = StatementForms.CSV;
    private static final String ISSUED =
            "The statement; that of a closed month has its digest in " + Sends.STATEMENT_SHA256;

    private static final List<Variant> VARIANTS = Variant.mediaTypes(
                    MediaType.APPLICATION_JSON_TYPE, MediaType.valueOf(CSV), MediaType.TEXT_HTML_TYPE)
            .build();

    private final Periods periods;
    private final Documents documents;
    private final Caller caller;

    StatementResource(Periods periods, Documents documents, Caller caller) {
        this.periods = periods;
        this.documents = documents;
        this.caller = caller;
    }

    @GET
    @Path("/{tenant_id}/{period}")
    @Produces({MediaType.APPLICATION_JSON, CSV, MediaType.TEXT_HTML})
    @Refuses(ProblemType.NOT_FOUND)
    @Sends(Sends.STATEMENT_SHA256)
    @Operation(
            operationId = "getStatement",
            summary = "A tenant's month: pool, roll-forward and entries; of a closed month always the same bytes",
            description =
                    "Still given here, for those who have always asked so: the other forms, by Accept or ?format=csv, spreadsheet or"
                            + " html.")
    @APIResponse(
            responseCode = "200",
            description = ISSUED,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Statement.class)))
    public Uni<Response> statement(
            @PathParam("tenant_id") String tenantId,
            @PathParam("period") String period,
            @QueryParam("revision") @Nullable String revision,
            @Parameter(hidden = true) @QueryParam("format") @Nullable String format,
            @Context Request request) {
        var asked = Params.optionalWord("format", format, Format.class);
        return statement(tenantId, period, revision, asked == null ? accepted(request) : asked);
    }

    @GET
    @Path("/{tenant_id}/{period}/csv")
    @Produces(CSV)
    @Refuses(ProblemType.NOT_FOUND)
    @Sends(Sends.STATEMENT_SHA256)
    @Operation(
            operationId = "getStatementAsCsv",
            summary = "A tenant's month as CSV, for programs: every text verbatim")
    @APIResponse(
            responseCode = "200",
            description = ISSUED,
            content = @Content(mediaType = CSV, schema = @Schema(implementation = String.class)))
    public Uni<Response> csv(
            @PathParam("tenant_id") String tenantId,
            @PathParam("period") String period,
            @QueryParam("revision") @Nullable String revision) {
        return statement(tenantId, period, revision, Format.CSV);
    }

    @GET
    @Path("/{tenant_id}/{period}/spreadsheet")
    @Produces(CSV)
    @Refuses(ProblemType.NOT_FOUND)
    @Sends(Sends.STATEMENT_SHA256)
    @Operation(
            operationId = "getStatementForSpreadsheet",
            summary =
                    "A tenant's month as CSV, for spreadsheets: texts that a spreadsheet would evaluate begin with an apostrophe")
    @APIResponse(
            responseCode = "200",
            description = ISSUED,
            content = @Content(mediaType = CSV, schema = @Schema(implementation = String.class)))
    public Uni<Response> spreadsheet(
            @PathParam("tenant_id") String tenantId,
            @PathParam("period") String period,
            @QueryParam("revision") @Nullable String revision) {
        return statement(tenantId, period, revision, Format.SPREADSHEET);
    }

    @GET
    @Path("/{tenant_id}/{period}/html")
    @Produces(MediaType.TEXT_HTML)
    @Refuses(ProblemType.NOT_FOUND)
    @Sends(Sends.STATEMENT_SHA256)
    @Operation(operationId = "getStatementAsHtml", summary = "A tenant's month as a page, for people")
    @APIResponse(
            responseCode = "200",
            description = ISSUED,
            content = @Content(mediaType = MediaType.TEXT_HTML, schema = @Schema(implementation = String.class)))
    public Uni<Response> html(
            @PathParam("tenant_id") String tenantId,
            @PathParam("period") String period,
            @QueryParam("revision") @Nullable String revision) {
        return statement(tenantId, period, revision, Format.HTML);
    }

    private Uni<Response> statement(String tenantId, String period, @Nullable String revision, Format form) {
        var month = new Month(Params.uuid("tenant_id", tenantId), PeriodParam.of(period));
        var number = Params.optionalNumber("revision", revision, 1);
        StatementForms.requireVisible(caller, month.tenantId());
        var name = month.period() + (number == null ? "" : "-revision-" + number);
        return periods.statement(month, number)
                .chain(issued -> Offload.call(() -> StatementForms.response(documents, issued, name, form)));
    }

    private static Format accepted(Request request) {
        var best = request.selectVariant(VARIANTS);
        return best == null ? Format.JSON : Format.of(best.getMediaType().toString());
    }
}
