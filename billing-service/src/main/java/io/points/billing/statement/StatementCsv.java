package io.points.billing.statement;

import io.points.billing.entry.EntryView;
import io.points.billing.invoice.BillingDocument;
import io.points.billing.invoice.Issuer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A statement as CSV: one table, whose column {@code section} says what a line is about. */
final class StatementCsv {

    private static final String[] HEADER = {
        "section",
        "item",
        "text",
        "points",
        "pool",
        "in_flight",
        "budgets",
        "earned",
        "charge_category",
        "charge_class",
        "currency",
        "unit_price",
        "amount_minor",
        "amount",
        "invoice_id",
        "po_number",
        "cost_centre",
        "description",
        "occurred_at",
        "event_id"
    };

    private static final int DESCRIPTION = List.of(HEADER).indexOf("description");
    private static final int OCCURRED_AT = List.of(HEADER).indexOf("occurred_at");

    /** A column that is there if a statement has any points in it, so that older statements stay as they are. */
    private record LaterPlace(String column, Function<Statement.Line, @Nullable Long> points) {}

    private static final List<LaterPlace> LATER_PLACES = List.of(
            new LaterPlace("reserved", Statement.Line::reserved), new LaterPlace("expired", Statement.Line::expired));

    private final Csv csv;
    private final List<LaterPlace> places;

    private StatementCsv(Statement statement, CsvReader reader) {
        var line = statement.rollForward().get(0);
        places = LATER_PLACES.stream()
                .filter(place -> place.points().apply(line) != null)
                .toList();
        var columns = Stream.concat(Stream.of(HEADER), places.stream().map(LaterPlace::column));
        csv = new Csv(reader, columns.toArray(String[]::new));
    }

    /** @param digest of the closed statement's JSON; null if it is not closed */
    static String of(Statement statement, @Nullable String digest, CsvReader reader) {
        var writer = new StatementCsv(statement, reader);
        writer.head(statement, digest);
        if (statement.tenantName() != null) {
            writer.line("statement", "tenant_name", statement.tenantName());
        }
        writer.issuer(statement.issuer());
        writer.pool(statement.pool());
        statement.rollForward().forEach(writer::rollForward);
        writer.holdings(Statement.OPENING, statement.opening());
        writer.holdings(Statement.CLOSING, statement.closing());
        statement.billed().forEach(writer::billed);
        if (statement.prepayments() != null) {
            statement.prepayments().forEach(writer::prepayment);
        }
        if (statement.documents() != null) {
            statement.documents().forEach(writer::document);
        }
        if (statement.taxNote() != null) {
            writer.line("statement", "tax_note", statement.taxNote());
        }
        statement.entries().forEach(writer::entry);
        statement.entries().forEach(writer::moved);
        return writer.csv.toString();
    }

    private void head(Statement statement, @Nullable String digest) {
        line("statement", "tenant_id", statement.tenantId());
        line("statement", "period", statement.period());
        line("statement", "state", statement.state());
        line("statement", "sha256_of_json", digest);
        if (statement.revision() != null) {
            line("statement", "revision", statement.revision());
            line("statement", "closed_at", statement.closedAt());
            line("statement", "closed_by", statement.closedBy());
        }
        if (statement.replaces() != null) {
            statement.replaces().forEach(this::replaced);
        }
    }

    /** Who closed it stands in the description. */
    private void replaced(Revision revision) {
        var cells = cells("replaces", revision.revision(), revision.sha256());
        cells[DESCRIPTION] = revision.closedBy();
        cells[OCCURRED_AT] = revision.closedAt();
        csv.line(cells);
    }

    private void issuer(@Nullable Issuer issuer) {
        if (issuer != null) {
            line("statement", "issuer_name", issuer.name());
            line("statement", "issuer_address", issuer.address());
            line("statement", "issuer_tax_id", issuer.taxId());
        }
    }

    /** What it corrects stands in the description. */
    private void document(BillingDocument document) {
        var cells = amount(
                document.kind(),
                document.number(),
                document.currency(),
                document.totalMinor(),
                new BigDecimal(document.total()));
        cells[DESCRIPTION] = String.join(" ", document.corrects());
        cells[OCCURRED_AT] = document.issuedAt();
        csv.line(cells);
    }

    private void prepayment(Prepayment balance) {
        csv.line(amount(
                "prepayments",
                Statement.OPENING,
                balance.currency(),
                balance.openingMinor(),
                new BigDecimal(balance.opening())));
        csv.line(amount(
                "prepayments",
                Statement.CLOSING,
                balance.currency(),
                balance.closingMinor(),
                new BigDecimal(balance.closing())));
    }

    private void pool(Statement.PoolMonth pool) {
        points("pool", Statement.OPENING, pool.opening());
        points("pool", "allocated", pool.allocated());
        points("pool", "clawed_back", -pool.clawedBack());
        points("pool", "distributed", -pool.distributed());
        points("pool", "refunded", pool.refunded());
        points("pool", "returned", pool.returned());
        if (pool.reserved() != null) {
            points("pool", "reserved", -pool.reserved());
        }
        if (pool.released() != null) {
            points("pool", "released", pool.released());
        }
        if (pool.expired() != null) {
            points("pool", "expired", -pool.expired());
        }
        points("pool", Statement.CLOSING, pool.closing());
    }

    private void rollForward(Statement.Line line) {
        var cells = cells(
                "roll_forward",
                line.movement(),
                null,
                line.total(),
                line.pool(),
                line.inFlight(),
                line.budgets(),
                line.earned());
        for (int i = 0; i < places.size(); i++) {
            cells[HEADER.length + i] = places.get(i).points().apply(line);
        }
        csv.line(cells);
    }

    private void holdings(String when, Statement.Holdings holdings) {
        points(when, "prepaid", holdings.prepaid());
        points(when, "in_flight", holdings.inFlight());
        points(when, "liability", holdings.liability());
        if (holdings.expired() != null) {
            points(when, "expired", holdings.expired());
        }
    }

    private void billed(Billed billed) {
        amount(billed, "purchases", billed.purchasesMinor());
        amount(billed, "credits", billed.creditsMinor());
        amount(billed, "adjustments", billed.adjustmentsMinor());
        amount(billed, "total", billed.totalMinor());
    }

    private void amount(Billed billed, String item, BigInteger minor) {
        csv.line(amount("billed", item, billed.currency(), minor, new BigDecimal(minor, billed.currencyExponent())));
    }

    private @Nullable Object[] amount(
            String section, String item, String currency, BigInteger minor, BigDecimal major) {
        return cells(section, item, null, null, null, null, null, null, null, null, currency, null, minor, major);
    }

    private void entry(EntryView entry) {
        csv.line(cells(
                "entry",
                entry.entryId(),
                null,
                entry.points(),
                null,
                null,
                null,
                null,
                entry.chargeCategory(),
                entry.chargeClass(),
                entry.currency(),
                new BigDecimal(entry.unitPrice()),
                entry.amountMinor(),
                new BigDecimal(entry.amount()),
                entry.invoiceId(),
                entry.poNumber(),
                entry.costCentre(),
                entry.description(),
                entry.occurredAt(),
                entry.eventId()));
    }

    /** Which late entry another one moves; only where there is any, so that older statements stay as they are. */
    private void moved(EntryView entry) {
        if (entry.reversedEntryId() != null) {
            line("reversal_of", entry.entryId(), entry.reversedEntryId());
        } else if (entry.rebookedEntryId() != null) {
            line("rebooking_of", entry.entryId(), entry.rebookedEntryId());
        }
    }

    private void line(String section, Object item, @Nullable Object text) {
        csv.line(cells(section, item, text));
    }

    private void points(String section, String item, long points) {
        csv.line(cells(section, item, null, points));
    }

    /** Every line has all columns. */
    private @Nullable Object[] cells(@Nullable Object... first) {
        return Arrays.copyOf(first, HEADER.length + places.size());
    }
}
