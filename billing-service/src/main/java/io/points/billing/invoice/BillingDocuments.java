package io.points.billing.invoice;

import io.points.billing.Period;
import io.points.billing.Price;
import io.points.billing.entry.EntryView;
import io.points.billing.invoice.InvoicingRules.Draft;
import io.points.billing.invoice.InvoicingRules.Target;
import io.points.platform.outbox.Tx;
import io.points.platform.persistence.Columns;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;

/** Invoices and credit notes in their tables. Whoever writes holds the tenant's lock. */
@ApplicationScoped
public class BillingDocuments {

    private static final String OF_MONTH = """
            select number, kind, revision, issued_at, currency, total_minor, corrects from billing_document_log
            where tenant_id = $1 and billing_period = $2 order by revision, currency, kind desc
            """;

    private static final String OF_TENANT = """
            select number, kind, revision, issued_at, currency, total_minor, corrects from billing_document_log
            where tenant_id = $1 order by billing_period, revision, currency, kind desc
            """;

    private static final String COVERED = """
            select l.entry_id from billing_document_log d join billing_document_lines l on l.number = d.number
            where d.tenant_id = $1 and d.billing_period = $2
            """;

    /** In the order of their names, needed or not, so that no two closings wait for each other. */
    private static final String TAKE = """
            insert into document_series as s (series, year, last)
            select series, $3::int, needed from unnest($1::text[], $2::bigint[]) as asked (series, needed) order by series
            on conflict (series, year) do update set last = s.last + excluded.last
            returning series, last
            """;

    /** A purchase that was moved into another month is credited where it is booked by now. */
    private static final String COVERING = """
            select asked.entry, asked.is_reversal, coalesce(moved.x_entry_id, asked.entry) as booked, l.number
            from unnest($1::uuid[], $2::boolean[]) as asked (entry, is_reversal)
            left join platform_billing_logs moved on moved.x_rebooked_entry_id = asked.entry and not asked.is_reversal
            left join billing_document_lines l on l.entry_id = coalesce(moved.x_entry_id, asked.entry)
            """;

    private static final String INSERT = """
            insert into billing_document_log (number, tenant_id, billing_period, revision, kind, currency, total_minor,
                                              corrects, issued_at)
            values ($1, $2, $3, $4, $5, $6, $7::text::numeric, $8, $9)
            """;

    private static final String INSERT_LINES =
            "insert into billing_document_lines (entry_id, number) select entry, $2::text from unnest($1::uuid[]) as entry";

    /** All that was issued to a tenant, oldest first. */
    public Uni<List<BillingDocument>> ofTenant(Tx tx, UUID tenant) {
        return tx.query(OF_TENANT, tenant).map(rows -> {
            var documents = new ArrayList<BillingDocument>();
            rows.forEach(row -> documents.add(document(row)));
            return documents;
        });
    }

    /** What was issued for a month, oldest first. */
    public Uni<List<BillingDocument>> ofMonth(Tx tx, UUID tenant, Period period) {
        return tx.query(OF_MONTH, tenant, period.firstDay()).map(rows -> {
            var documents = new ArrayList<BillingDocument>();
            rows.forEach(row -> documents.add(document(row)));
            return documents;
        });
    }

    /** The entries of a month that are in a document of it. */
    Uni<Set<UUID>> covered(Tx tx, UUID tenant, Period period) {
        return tx.query(COVERED, tenant, period.firstDay()).map(rows -> {
            var ids = new HashSet<UUID>();
            rows.forEach(row -> ids.add(row.getUUID("entry_id")));
            return ids;
        });
    }

    /**
     * Takes so many numbers of each series. Nobody else gets any until this transaction ends; if it is rolled back, none was
     * taken.
     *
     * @return the last number of each series
     */
    Uni<Map<String, Long>> take(Tx tx, SortedMap<String, Long> needed, int year) {
        return tx.query(
                        TAKE,
                        needed.keySet().toArray(String[]::new),
                        needed.values().toArray(Long[]::new),
                        year)
                .map(rows -> {
                    var last = new HashMap<String, Long>();
                    rows.forEach(row -> last.put(row.getString("series"), row.getLong("last")));
                    return last;
                });
    }

    /**
     * On which documents there is what is taken back. What is on none is missing.
     *
     * @param fresh numbers of entries that get one now
     */
    Uni<Map<Target, String>> covering(Tx tx, Collection<Target> targets, Map<UUID, String> fresh) {
        return tx.query(
                        COVERING,
                        Columns.uuids(targets, Target::entryId),
                        Columns.booleans(targets, Target::isReversal))
                .map(rows -> {
                    var numbers = new HashMap<Target, String>();
                    for (var row : rows) {
                        var number = row.getString("number");
                        var known = number == null ? fresh.get(row.getUUID("booked")) : number;
                        if (known != null) {
                            numbers.put(new Target(row.getUUID("entry"), row.getBoolean("is_reversal")), known);
                        }
                    }
                    return numbers;
                });
    }

    Uni<Void> insert(Tx tx, UUID tenant, Period period, BillingDocument document, Draft draft) {
        return tx.query(
                        INSERT,
                        document.number(),
                        tenant,
                        period.firstDay(),
                        document.revision(),
                        document.kind(),
                        document.currency(),
                        document.totalMinor().toString(),
                        document.corrects().toArray(String[]::new),
                        document.issuedAt().atOffset(ZoneOffset.UTC))
                .chain(() ->
                        tx.query(INSERT_LINES, Columns.uuids(draft.entries(), EntryView::entryId), document.number()))
                .replaceWithVoid();
    }

    private static BillingDocument document(Row row) {
        BigInteger total = row.getBigDecimal("total_minor").toBigIntegerExact();
        return new BillingDocument(
                row.getString("number"),
                row.getString("kind"),
                row.getInteger("revision"),
                row.getOffsetDateTime("issued_at").toInstant(),
                row.getString("currency"),
                total,
                Price.major(total, Price.currency(row.getString("currency"))).toPlainString(),
                List.of(row.getArrayOfStrings("corrects")));
    }
}
