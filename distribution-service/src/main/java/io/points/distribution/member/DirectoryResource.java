package io.points.distribution.member;

import io.points.distribution.member.DirectoryEntry.Viewer;
import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Caller;
import io.points.platform.web.caller.Role;
import io.points.platform.web.input.Params;
import io.points.platform.web.input.PlainText;
import io.points.platform.web.paging.PageRequest;
import io.points.platform.web.problem.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** The people of the caller's tenant, for everybody who gives something to one of them. */
@Cancellable(false)
@TimeLimit
@Path("/api/directory")
@RolesAllowed({Role.MANAGER, Role.LEAD, Role.EMPLOYEE})
class DirectoryResource {

    /** Who looks for somebody types more; nobody leafs through all. */
    private static final int MOST_MATCHES = 20;

    private static final int MOST_NAMED = 500;

    private final DirectoryViews views;
    private final Caller caller;

    DirectoryResource(DirectoryViews views, Caller caller) {
        this.views = views;
        this.caller = caller;
    }

    /**
     * Who is found.
     *
     * @param more true if there are others beyond these
     */
    @Schema(name = "DirectoryMatches")
    record Matches(List<DirectoryEntry> items, boolean more) {}

    /** Whom to look up. Addresses may be looked up by managers only. */
    @Schema(name = "DirectoryLookup")
    record Lookup(
            @Size(max = MOST_NAMED, message = "must not name more than {max} members") @Nullable
            List<@NotNull(message = "is required") UUID> userIds,

            @Size(max = MOST_NAMED, message = "must not name more than {max} members") @Nullable
            List<@PlainText(max = MemberTexts.LONGEST_EMAIL) String> emails,

            @Nullable Purpose eligibleFor) {}

    /**
     * Who was looked up.
     *
     * @param unknownUserIds those of nobody in the tenant
     * @param unknownEmails those of nobody in the tenant, as they were asked for
     */
    @Schema(name = "DirectoryLookupResult")
    record Found(List<DirectoryEntry> items, List<UUID> unknownUserIds, List<String> unknownEmails) {}

    @GET
    @Operation(
            operationId = "searchDirectory",
            summary = "Find people by what their names begin with",
            description = "Whoever may receive what is asked for comes first, then by name.")
    public Uni<Matches> search(
            @Parameter(
                            description = MemberQuery.TEXT_MEANS,
                            required = true,
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            minLength = 1,
                                            maxLength = MemberQuery.LONGEST_TEXT,
                                            pattern = PlainText.PATTERN))
                    @QueryParam("q")
                    @Nullable
                    String text,
            @Parameter(
                            description = "What they are to receive: says of each whether they may, and why not",
                            schema = @Schema(implementation = Purpose.class))
                    @QueryParam("eligible_for")
                    @Nullable
                    String eligibleFor,
            @Parameter(schema = @Schema(maximum = "" + MOST_MATCHES)) @QueryParam("limit") @Nullable String limit) {
        var words = Params.optionalText("q", text, MemberQuery.LONGEST_TEXT);
        if (words == null) {
            throw Problem.badRequest("q", "is required").exception();
        }
        var purpose = Params.optionalWord("eligible_for", eligibleFor, Purpose.class);
        var most = PageRequest.limit(limit, MOST_MATCHES, MOST_MATCHES);
        return views.search(caller.tenantId(), words, purpose, most, viewer());
    }

    @POST
    @Path("/resolve")
    @Operation(
            operationId = "resolveMembers",
            summary = "Look up people by their ids or, as a manager, by their e-mail addresses",
            description = "At most " + MOST_NAMED + " of each. Changes nothing.")
    public Uni<Found> resolve(@NotNull(message = "is required") @Valid Lookup body) {
        var viewer = viewer();
        List<UUID> ids = body.userIds() == null ? List.of() : body.userIds();
        List<String> addresses = body.emails() == null ? List.of() : body.emails();
        if (!addresses.isEmpty() && !viewer.isManager()) {
            throw Problem.of(
                            403,
                            "forbidden",
                            "The caller's role does not allow this",
                            "Only managers can look up e-mail addresses.")
                    .withError("emails", "is for managers only")
                    .exception();
        }
        return views.resolve(caller.tenantId(), ids, addresses, body.eligibleFor(), viewer);
    }

    private Viewer viewer() {
        return new Viewer(caller.id(), caller.hasRole(Role.MANAGER));
    }
}
