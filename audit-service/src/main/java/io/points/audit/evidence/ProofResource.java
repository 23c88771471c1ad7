package io.points.audit.evidence;

import io.points.contract.Topic;
import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Caller;
import io.points.platform.web.caller.Role;
import io.points.platform.web.input.Params;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemType;
import io.points.platform.web.problem.Refuses;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Proofs of RFC 9162 that one record, or one older checkpoint, is part of what stands there now. */
@Cancellable(false)
@TimeLimit
@Path("/api/audit/proofs")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.AUDITOR)
@Tag(name = "Audit")
class ProofResource {

    private final Proofs proofs;
    private final Caller caller;

    ProofResource(Proofs proofs, Caller caller) {
        this.proofs = proofs;
        this.caller = caller;
    }

    @GET
    @Path("/inclusion")
    @RolesAllowed({Role.AUDITOR, Role.FINANCE})
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(
            operationId = "proveInclusion",
            summary = "Prove that the record of an event is in its tenant's tree; to finance, that of a billing entry")
    public Uni<Proofs.Inclusion> inclusion(
            @Parameter(description = "The event whose record is to be proved", required = true)
                    @QueryParam("event_id")
                    @Nullable
                    String eventId,
            @Parameter(
                            description = "Leaves of the tree, such as a checkpoint's tree_size; all by default",
                            schema = @Schema(type = SchemaType.INTEGER, format = "int64", minimum = "1"))
                    @QueryParam("size")
                    @Nullable
                    String size) {
        return proofs.inclusion(
                Params.uuid("event_id", eventId), visibleTopic(), Params.optionalNumber("size", size, 1));
    }

    /** Finance reads the proofs of billing entries, which name them; all other records are to it as if there were none. */
    private @Nullable String visibleTopic() {
        return caller.hasRole(Role.AUDITOR) ? null : Topic.BILLING_ENTRIES;
    }

    @GET
    @Path("/consistency")
    @Refuses(ProblemType.NOT_FOUND)
    @Operation(
            operationId = "proveConsistency",
            summary = "Prove that a tenant's tree of one size is a prefix of a larger one")
    public Uni<Proofs.Consistency> consistency(
            @Parameter(
                            description = "The tenant; the nil UUID for the platform",
                            required = true,
                            schema = @Schema(implementation = UUID.class))
                    @QueryParam("tenant_id")
                    @Nullable
                    String tenantId,
            @Parameter(
                            description = "Leaves of the smaller tree",
                            required = true,
                            schema = @Schema(type = SchemaType.INTEGER, format = "int64", minimum = "1"))
                    @QueryParam("from")
                    @Nullable
                    String from,
            @Parameter(
                            description = "Leaves of the larger tree; all by default",
                            schema = @Schema(type = SchemaType.INTEGER, format = "int64", minimum = "1"))
                    @QueryParam("to")
                    @Nullable
                    String to) {
        var tenant = Params.tenantOrPlatform("tenant_id", tenantId);
        var smaller = Params.optionalNumber("from", from, 1);
        var larger = Params.optionalNumber("to", to, 1);
        if (smaller == null) {
            throw Problem.badRequest("from", "is required").exception();
        }
        return proofs.consistency(tenant, smaller, larger);
    }
}
