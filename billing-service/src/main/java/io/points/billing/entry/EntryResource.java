package io.points.billing.entry;

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
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** What finance reads. */
@Cancellable(false)
@TimeLimit
@Path("/api/billing")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Billing")
class EntryResource {

    @GET
    @Path("/entries")
    @RolesAllowed(Role.FINANCE)
    @Operation(operationId = "listBillingEntries", summary = "Billing entries of one tenant or all, newest first")
    public Uni<Page<EntryView>> entries(
            @Parameter(description = "Entries of one tenant; all if absent") @QueryParam("tenant_id") @Nullable
                    String tenantId,
            @Parameter(
                            description = "Earliest time at which the points moved, inclusive",
                            schema = @Schema(implementation = Instant.class))
                    @QueryParam("from")
                    @Nullable
                    String from,
            @Parameter(
                            description = "Latest time at which the points moved, exclusive",
                            schema = @Schema(implementation = Instant.class))
                    @QueryParam("to")
                    @Nullable
                    String to,
            @Parameter(description = "1 to 200, 50 by default") @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "next_cursor of the previous page") @QueryParam("cursor") @Nullable
                    String cursor) {
        var filter = new BillingEntry.Filter(
                Params.optionalUuid("tenant_id", tenantId),
                Params.optionalTime("from", from),
                Params.optionalTime("to", to));
        var page = PageRequest.of(limit, cursor);
        return BillingEntry.newestFirst(filter, Cursor.after(page), page.fetch())
                .map(entries -> Page.of(entries, page, entry -> Cursor.of(entry).text(), EntryView::of));
    }
}
