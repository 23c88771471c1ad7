package io.points.billing.statement;

import io.points.platform.outbox.Transactions;
import io.points.platform.web.Sends;
import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Caller;
import io.points.platform.web.caller.Role;
import io.points.platform.web.input.Params;
import io.points.platform.web.paging.Page;
import io.points.platform.web.paging.PageRequest;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemType;
import io.points.platform.web.problem.Refuses;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** The journal in batches: each line is in exactly one, and each file is the same for ever. */
@Cancellable(false)
@TimeLimit
@Path(JournalBatchResource.ROOT)
@RolesAllowed({Role.FINANCE, Role.AUDITOR})
@Tag(name = "Billing")
class JournalBatchResource {

    static final String ROOT = "/api/billing/journal/batches";

    private final Transactions transactions;
    private final JournalBatchService service;
    private final JournalBatches batches;
    private final Caller caller;

    JournalBatchResource(
            Transactions transactions, JournalBatchService service, JournalBatches batches, Caller caller) {
        this.transactions = transactions;
        this.service = service;
        this.batches = batches;
        this.caller = caller;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "listJournalBatches",
            summary =
                    "Batches of the journal after a given one, oldest first; what is new comes into a batch when finance asks",
            description = "Ask again with the newest number until there is none after it.")
    public Uni<Page<JournalBatch>> list(
            @Parameter(
                            description =
                                    "Number of the last batch that the caller has; 0, the default, if it has none",
                            schema = @Schema(type = SchemaType.INTEGER, format = "int64", minimum = "0"))
                    @QueryParam("since")
                    @Nullable
                    String since,
            @Parameter(description = "1 to 200, 50 by default") @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "next_cursor of the previous page") @QueryParam("cursor") @Nullable
                    String cursor) {
        var known = Params.optionalNumber("since", since, 0);
        var page = PageRequest.of(limit, cursor);
        var position = page.afterNumber();
        var after = position != null ? position : known != null ? known : 0;
        return makeDue(position == null)
                .chain(() -> transactions.snapshot(tx -> batches.after(tx, after, page.fetch())))
                .map(found -> Page.of(found, page, batch -> Long.toString(batch.number()), Function.identity()));
    }

    @GET
    @Path("/{number}.csv")
    @Produces("text/csv;charset=UTF-8")
    @Refuses(ProblemType.NOT_FOUND)
    @Sends({Sends.BATCH_SHA256, Sends.CONTENT_DISPOSITION})
    @Operation(
            operationId = "getJournalBatch",
            summary = "A batch of the journal as CSV, for programs: always the same bytes; its lines sum to zero")
    @APIResponse(
            responseCode = "200",
            description = "The lines of the batch",
            content = @Content(mediaType = "text/csv;charset=UTF-8", schema = @Schema(implementation = String.class)))
    public Uni<Response> file(
            @Parameter(
                            description = "Number of the batch",
                            schema = @Schema(type = SchemaType.INTEGER, format = "int64", minimum = "1"))
                    @PathParam("number")
                    String number) {
        long wanted = Objects.requireNonNull(Params.optionalNumber("number", number, 1));
        return transactions.snapshot(tx -> batches.file(tx, wanted)).map(file -> {
            if (file == null) {
                throw Problem.notFound("journal batch").exception();
            }
            return Downloads.csv("journal-batch-" + wanted, file.csv())
                    .header(Sends.BATCH_SHA256, file.sha256())
                    .build();
        });
    }

    /** Whoever only audits sees what there is. */
    private Uni<Void> makeDue(boolean isFirstPage) {
        return isFirstPage && caller.hasRole(Role.FINANCE)
                ? service.makeDue()
                : Uni.createFrom().voidItem();
    }
}
