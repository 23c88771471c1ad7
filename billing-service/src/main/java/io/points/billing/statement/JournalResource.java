package io.points.billing.statement;

import io.points.billing.PeriodParam;
import io.points.platform.background.Offload;
import io.points.platform.outbox.Transactions;
import io.points.platform.web.Sends;
import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Role;
import io.points.platform.web.input.Params;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** The month's journal, for the general ledger. */
@Cancellable(false)
@TimeLimit
@Path("/api/billing/journal")
@RolesAllowed({Role.FINANCE, Role.AUDITOR})
@Tag(name = "Billing")
class JournalResource {

    private final Transactions transactions;
    private final JournalBookings bookings;

    JournalResource(Transactions transactions, JournalBookings bookings) {
        this.transactions = transactions;
        this.bookings = bookings;
    }

    /** For whom the file is. */
    enum Format {
        CSV(CsvReader.PROGRAM),
        SPREADSHEET(CsvReader.SPREADSHEET);

        private final CsvReader reader;

        Format(CsvReader reader) {
            this.reader = reader;
        }
    }

    @GET
    @Path("/{period}.csv")
    @Produces("text/csv;charset=UTF-8")
    @Sends(Sends.CONTENT_DISPOSITION)
    @Operation(
            operationId = "getJournal",
            summary =
                    "Double-entry lines of all tenants' entries of a month; debits are positive, and they sum to zero")
    @APIResponse(
            responseCode = "200",
            description = "The lines of the month, as it stands",
            content = @Content(mediaType = "text/csv;charset=UTF-8", schema = @Schema(implementation = String.class)))
    public Uni<Response> journal(
            @PathParam("period") String period,
            @Parameter(
                            description =
                                    "csv, by default: every text verbatim, for programs; or spreadsheet: texts that"
                                            + " a spreadsheet would calculate begin with an apostrophe",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {"csv", "spreadsheet"}))
                    @QueryParam("format")
                    @Nullable
                    String format,
            @Parameter(
                            description = "true: only entries of tenants that have closed the month; false by default",
                            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
                    @QueryParam("closed_only")
                    @Nullable
                    String closedOnly) {
        var month = PeriodParam.of(period);
        var asked = Params.optionalWord("format", format, Format.class);
        var reader = asked == null ? CsvReader.PROGRAM : asked.reader;
        boolean isOfClosed = Params.flag("closed_only", closedOnly);
        return transactions
                .snapshot(tx -> bookings.ofMonth(tx, month, isOfClosed))
                .chain(found -> Offload.call(() -> Journal.csv(found, reader)))
                .map(csv -> Downloads.csv("journal-" + month, csv).build());
    }
}
