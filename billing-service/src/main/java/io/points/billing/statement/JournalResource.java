package io.points.billing.statement;

import io.points.billing.Period;
import io.points.billing.PeriodParam;
import io.points.billing.entry.EntryView;
import io.points.platform.background.Loop;
import io.points.platform.background.Offload;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
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
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
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

    private static final int PAGE = 2_000;

    private static final String ENTRIES = "select " + EntryView.COLUMNS
            + " from platform_billing_logs where billing_period_start = $1"
            + " and (billing_account_id, x_pool_version, x_line) > ($2, $3, $4)"
            + " order by billing_account_id, x_pool_version, x_line limit $5";

    private final Transactions transactions;

    JournalResource(Transactions transactions) {
        this.transactions = transactions;
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
            operationId = "getJournal",
            summary =
                    "Double-entry lines of all tenants' entries of a month; debits are positive, and they sum to zero")
    public Uni<String> journal(
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
                    String format) {
        var month = PeriodParam.of(period);
        var asked = Params.optionalWord("format", format, Format.class);
        var reader = asked == null ? CsvReader.PROGRAM : asked.reader;
        return transactions
                .snapshot(tx -> entries(tx, month))
                .chain(entries -> Offload.call(() -> Journal.csv(entries, reader)));
    }

    /** Page by page, all as they stand at one moment. */
    private static Uni<List<EntryView>> entries(Tx tx, Period month) {
        var entries = new ArrayList<EntryView>();
        var last = new AtomicReference<Object[]>(new Object[] {new UUID(0, 0), 0L, 0});
        return Loop.run(() -> {
                    var after = last.get();
                    return tx.query(ENTRIES, month.start().atOffset(ZoneOffset.UTC), after[0], after[1], after[2], PAGE)
                            .map(rows -> {
                                for (var row : rows) {
                                    var entry = EntryView.of(row);
                                    entries.add(entry);
                                    last.set(new Object[] {entry.tenantId(), entry.poolVersion(), entry.line()});
                                }
                                return rows.rowCount() == PAGE;
                            });
                })
                .replaceWith(entries);
    }
}
