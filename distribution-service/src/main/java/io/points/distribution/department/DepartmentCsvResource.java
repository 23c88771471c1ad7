package io.points.distribution.department;

import io.points.platform.web.Sends;
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
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Departments and who belongs to them as CSV: all that it says is done, or nothing. */
@Cancellable(false)
@TimeLimit
@Path("/api/departments/csv")
@RolesAllowed(Role.MANAGER)
class DepartmentCsvResource {

    private static final String CSV = "text/csv";
    private static final String CSV_IN_UTF_8 = "text/csv;charset=UTF-8";

    private final DepartmentImports imports;
    private final DepartmentViews views;
    private final IdempotentRequests requests;
    private final Caller caller;

    DepartmentCsvResource(
            DepartmentImports imports, DepartmentViews views, IdempotentRequests requests, Caller caller) {
        this.imports = imports;
        this.views = views;
        this.requests = requests;
        this.caller = caller;
    }

    @GET
    @Produces(CSV_IN_UTF_8)
    @Sends(Sends.CONTENT_DISPOSITION)
    @Operation(
            operationId = "exportDepartmentsAsCsv",
            summary = "The open departments and who gives from them, as an import takes them",
            description = "A name that an import would not take for that department is written as the id.")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(mediaType = CSV_IN_UTF_8, schema = @Schema(implementation = String.class)))
    public Uni<Response> exportCsv() {
        return views.all(caller.tenantId()).map(all -> Response.ok(DepartmentExport.csv(all), CSV_IN_UTF_8)
                .header("X-Content-Type-Options", "nosniff")
                .header(Sends.CONTENT_DISPOSITION, "attachment; filename=\"departments.csv\"")
                .build());
    }

    @POST
    @Consumes(CSV)
    @Refuses(ProblemType.NOT_YOUR_DEPARTMENT)
    @APIResponse(
            responseCode = "200",
            description = "Done, also for each retry",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = DepartmentImports.Result.class)))
    @Operation(
            operationId = "importDepartmentsFromCsv",
            summary = "Make and move departments, say who gives from them, and who belongs to them, as CSV",
            description =
                    "UTF-8 as RFC 4180 has it, with the header department,parent,managers,member; an empty cell says"
                            + " nothing. A line is about a department, or, with a member, about who belongs to it. Departments"
                            + " are named by their names, or by their ids; managers are ids with spaces between them.")
    public Uni<Response> importCsv(
            @BeanParam Repeatable request,
            @Parameter(
                            description = "true: says of each line what would come of it, and changes nothing",
                            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
                    @QueryParam("dry_run")
                    @Nullable
                    String dryRun,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = String.class)))
                    byte[] csv) {
        var rows = ImportCsv.read(csv);
        var tenant = caller.tenantId();
        var by = caller.actor();
        if (Params.flag("dry_run", dryRun)) {
            return imports.check(tenant, rows, by)
                    .map(result -> Response.ok(result).build());
        }
        var text = new String(csv, StandardCharsets.UTF_8);
        return requests.ofTenant(tenant, request, text, tx -> imports.apply(tx, tenant, rows, by));
    }
}
