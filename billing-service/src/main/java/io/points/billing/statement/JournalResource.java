package io.points.billing.statement;

import io.points.billing.PeriodParam;
import io.points.billing.entry.EntryView;
import io.points.http.Params;
import io.points.http.Role;
import io.points.http.TimeLimit;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.time.ZoneOffset;
import java.util.ArrayList;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** The month's journal, for the general ledger. */
@Cancellable(false)
@TimeLimit
@Path("/api/billing/journal")
@RolesAllowed(Role.FINANCE)
@Tag(name = "Billing")
class JournalResource {

    private static final String ENTRIES = "select " + EntryView.COLUMNS
            + " from platform_billing_logs where billing_period_start = $1"
            + " order by billing_account_id, x_pool_version, x_line";

    private final Pool database;

    JournalResource(Pool database) {
        this.database = database;
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
    @Operation(
            summary =
                    "Double-entry lines of all tenants' entries of a month; debits are positive, and they sum to zero")
    public Uni<String> journal(
            @PathParam("period") String period,
            @Parameter(
                            description =
                                    "csv, by default: every text as it is, for programs; or spreadsheet: texts that"
                                            + " a spreadsheet would calculate begin with an apostrophe")
                    @QueryParam("format")
                    @Nullable
                    String format) {
        var month = PeriodParam.of(period);
        var asked = Params.optionalWord("format", format, Format.class);
        var reader = asked == null ? CsvReader.PROGRAM : asked.reader;
        return database.preparedQuery(ENTRIES)
                .execute(Tuple.of(month.start().atOffset(ZoneOffset.UTC)))
                .map(rows -> {
                    var entries = new ArrayList<EntryView>();
                    rows.forEach(row -> entries.add(EntryView.of(row)));
                    return Journal.csv(entries, reader);
                });
    }
}
