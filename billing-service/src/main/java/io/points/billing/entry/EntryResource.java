package io.points.billing.entry;

import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Role;
import io.points.platform.web.input.Params;
import io.points.platform.web.input.PlainText;
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
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
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

    private static final int LONGEST_INVOICE_ID = 2_000;
    private static final int LONGEST_PO_NUMBER = 100;

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
            @Parameter(
                            description = "Entries of one category",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {"purchase", "credit", "adjustment"}))
                    @QueryParam("category")
                    @Nullable
                    String category,
            @Parameter(
                            description = "true: only entries that concern an earlier month than their own",
                            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
                    @QueryParam("corrections")
                    @Nullable
                    String corrections,
            @Parameter(
                            description = "What finance finds the purchase by",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            minLength = 1,
                                            maxLength = LONGEST_INVOICE_ID,
                                            pattern = PlainText.PATTERN))
                    @QueryParam("invoice_id")
                    @PlainText(required = false, max = LONGEST_INVOICE_ID)
                    @Nullable
                    String invoiceId,
            @Parameter(
                            description = "The contract's purchase order when the points were bought",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            minLength = 1,
                                            maxLength = LONGEST_PO_NUMBER,
                                            pattern = PlainText.PATTERN))
                    @QueryParam("po_number")
                    @PlainText(required = false, max = LONGEST_PO_NUMBER)
                    @Nullable
                    String poNumber,
            @Parameter(description = "What credits this entry, which is a purchase")
                    @QueryParam("credited_entry_id")
                    @Nullable
                    String creditedEntryId,
            @Parameter(description = "This entry alone") @QueryParam("entry_id") @Nullable String entryId,
            @Parameter(description = "1 to 200, 50 by default") @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "next_cursor of the previous page") @QueryParam("cursor") @Nullable
                    String cursor) {
        var filter = new BillingEntry.Filter(
                Params.optionalUuid("tenant_id", tenantId),
                Params.optionalTime("from", from),
                Params.optionalTime("to", to),
                Params.optionalWord("category", category, Category.class),
                Params.flag("corrections", corrections),
                invoiceId,
                poNumber,
                Params.optionalUuid("credited_entry_id", creditedEntryId),
                Params.optionalUuid("entry_id", entryId));
        var page = PageRequest.of(limit, cursor);
        return BillingEntry.newestFirst(filter, Cursor.after(page), page.fetch())
                .map(entries -> Page.of(entries, page, entry -> Cursor.of(entry).text(), EntryView::of));
    }
}
