package io.points.distribution.department;

import io.points.platform.web.IfMatch;
import io.points.platform.web.Sends;
import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Caller;
import io.points.platform.web.caller.Role;
import io.points.platform.web.input.Params;
import io.points.platform.web.input.PlainText;
import io.points.platform.web.problem.ProblemType;
import io.points.platform.web.problem.Refuses;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** The departments of the caller's tenant. */
@Cancellable(false)
@TimeLimit
@Path("/api/departments")
@RolesAllowed(Role.MANAGER)
class DepartmentResource {

    private final DepartmentService service;
    private final DepartmentViews views;
    private final Caller caller;

    DepartmentResource(DepartmentService service, DepartmentViews views, Caller caller) {
        this.service = service;
        this.views = views;
        this.caller = caller;
    }

    /**
     * What a department shall be.
     *
     * @param parentId if it is absent, it is part of no department
     * @param closed as it is if absent
     * @param managerIds as they are if absent
     */
    @Schema(name = "DepartmentUpdate")
    record PutDepartment(
            @PlainText(max = DepartmentRules.LONGEST_NAME) String name,
            @Nullable UUID parentId,

            @Schema(implementation = Boolean.class) @Nullable
            Boolean closed,

            @Size(max = DepartmentRules.MOST_MANAGERS, message = "must have at most {max} members") @Nullable
            List<@NotNull(message = "is required") UUID> managerIds) {

        private DepartmentService.Wish wish() {
            return new DepartmentService.Wish(name, parentId, closed, managerIds);
        }
    }

    /** @param items by their names */
    @Schema(name = "Departments")
    record Found(List<DepartmentView> items) {}

    @GET
    @Operation(
            operationId = "listDepartments",
            summary = "The tenant's departments, and what their envelopes hold",
            description =
                    "All of them, closed ones too. Each says of which it is part; an envelope holds nothing of its parts' ones.")
    public Uni<Found> list() {
        return views.all(caller.tenantId()).map(Found::new);
    }

    @PUT
    @Path("/{department_id}")
    @Refuses({ProblemType.PRECONDITION_FAILED, ProblemType.NOT_YOUR_DEPARTMENT, ProblemType.DEPARTMENT_IN_USE})
    @Sends(Sends.ETAG)
    @Operation(
            operationId = "saveDepartment",
            summary =
                    "Make a department under an id of your own, rename it, put it elsewhere in the tree, say who gives from it, close it",
            description =
                    "Whoever is named gives from such departments only. One that has parts or active members cannot be closed; what its"
                            + " envelope holds goes back into none.")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = DepartmentView.class)))
    public Uni<Response> put(
            @PathParam("department_id") String departmentId,
            @HeaderParam(IfMatch.HEADER) @Nullable String documented,
            @Context HttpHeaders headers,
            @NotNull(message = "is required") @Valid PutDepartment body) {
        var key = new Department.Key(caller.tenantId(), Params.uuid("department_id", departmentId));
        var condition = IfMatch.in(headers);
        return service.put(key, body.wish(), condition, caller.actor())
                .chain(() -> views.all(key.tenantId()))
                .map(all -> tagged(all.stream()
                        .filter(one -> one.departmentId().equals(key.departmentId()))
                        .findFirst()
                        .orElseThrow()));
    }

    private static Response tagged(DepartmentView department) {
        return Response.ok(department)
                .header(HttpHeaders.ETAG, IfMatch.tag(department.revision()))
                .build();
    }
}
