package io.points.billing.statement;

import io.points.billing.entry.EntryView;
import io.points.billing.invoice.Issuer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A statement as a page to be printed: HTML without scripts, and with all its style in it. */
final class StatementPage {

    private static final String STYLE = """
            body { font: 11pt/1.4 sans-serif; margin: 2em auto; max-width: 60em; color: #000; }
            table { border-collapse: collapse; width: 100%; margin: .5em 0 1.5em; }
            th, td { border-bottom: 1px solid #bbb; padding: .2em .5em; text-align: left; vertical-align: top; }
            td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
            tr.sum td { border-top: 2px solid #000; font-weight: bold; }
            footer { font-size: 9pt; overflow-wrap: anywhere; }
            @page { size: A4 landscape; margin: 15mm; }
            @media print { body { margin: 0; max-width: none; } tr { break-inside: avoid; } }
            """;

    /** The states in which a statement stays as it is. */
    private static final List<String> KEPT = List.of(Statement.CLOSED, Statement.FINAL);

    private final StringBuilder html = new StringBuilder();

    private StatementPage() {}

    /** @param digest of the closed statement's JSON; null if it is not closed */
    static String of(Statement statement, @Nullable String digest) {
        var page = new StatementPage();
        page.head(statement);
        page.issuer(statement.issuer());
        page.replaces(statement.replaces());
        page.documents(statement);
        page.pool(statement.pool());
        page.rollForward(statement);
        page.billed(statement);
        page.prepayments(statement);
        page.entries(statement);
        page.foot(statement.taxNote(), digest);
        return page.html.toString();
    }

    private void head(Statement statement) {
        var title = "Points statement " + statement.period();
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>")
                .append(title)
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<h1>")
                .append(title)
                .append("</h1>\n<p>")
                .append(statement.tenantName() == null ? "" : escaped(statement.tenantName()) + "<br>")
                .append("Tenant ")
                .append(statement.tenantId())
                .append("<br>From ")
                .append(statement.from())
                .append(" until before ")
                .append(statement.to())
                .append("<br>State: ")
                .append(words(statement.state()))
                .append(KEPT.contains(statement.state()) ? "" : " - these figures may still change");
        if (statement.revision() != null) {
            html.append("<br>Revision ")
                    .append(statement.revision())
                    .append(", closed at ")
                    .append(statement.closedAt())
                    .append(" by ")
                    .append(statement.closedBy());
        }
        html.append("</p>\n");
    }

    /** What was issued before stays, and can still be asked for. */
    private void replaces(@Nullable List<Revision> revisions) {
        if (revisions == null || revisions.isEmpty()) {
            return;
        }
        table("Replaces", "Revision#", "Closed at", "Closed by", "SHA-256 of its JSON");
        revisions.forEach(it -> row(it.revision(), it.closedAt(), it.closedBy(), it.sha256()));
        endTable();
    }

    private void issuer(@Nullable Issuer issuer) {
        if (issuer != null) {
            html.append("<p>");
            var lines = Stream.of(issuer.name(), issuer.address(), issuer.taxId())
                    .filter(Objects::nonNull)
                    .map(StatementPage::escaped)
                    .toList();
            html.append(String.join("<br>", lines)).append("</p>\n");
        }
    }

    private void documents(Statement statement) {
        if (statement.documents() == null || statement.documents().isEmpty()) {
            return;
        }
        table("Invoices and credit notes", "Number", "Kind", "Issued at", "Corrects", "Total#", "Currency");
        statement
                .documents()
                .forEach(it -> row(
                        it.number(),
                        words(it.kind()),
                        it.issuedAt(),
                        String.join(", ", it.corrects()),
                        new BigDecimal(it.total()),
                        it.currency()));
        endTable();
    }

    private void prepayments(Statement statement) {
        if (statement.prepayments() == null) {
            return;
        }
        table("Prepayments", "Currency", "Opening#", "Closing#");
        statement
                .prepayments()
                .forEach(it -> row(it.currency(), new BigDecimal(it.opening()), new BigDecimal(it.closing())));
        endTable();
    }

    private void pool(Statement.PoolMonth pool) {
        table("Pool (points)", "", "Points#");
        row("Opening", pool.opening());
        row("+ allocated", pool.allocated());
        row("- clawed back", -pool.clawedBack());
        row("- distributed", -pool.distributed());
        row("+ refunded", pool.refunded());
        row("+ returned budgets", pool.returned());
        if (pool.reserved() != null) {
            row("- reserved", -pool.reserved());
        }
        if (pool.released() != null) {
            row("+ released", pool.released());
        }
        if (pool.expired() != null) {
            row("- expired", -pool.expired());
        }
        sum("Closing", pool.closing());
        endTable();
    }

    private void rollForward(Statement statement) {
        var columns = new ArrayList<>(List.of("", "Pool#", "In flight#", "Budgets#", "Earned#"));
        var first = statement.rollForward().get(0);
        if (first.reserved() != null) {
            columns.add("Reserved#");
        }
        if (first.expired() != null) {
            columns.add("Expired#");
        }
        columns.add("Total#");
        table("Roll-forward (points)", columns.toArray(String[]::new));
        for (var line : statement.rollForward()) {
            var cells = Stream.of(
                            words(line.movement()),
                            line.pool(),
                            line.inFlight(),
                            line.budgets(),
                            line.earned(),
                            line.reserved(),
                            line.expired(),
                            line.total())
                    .filter(Objects::nonNull)
                    .toArray();
            if (line.movement().equals(Statement.CLOSING)) {
                sum(cells);
            } else {
                row(cells);
            }
        }
        endTable();
        table("What the points are (points)", "", "Opening#", "Closing#");
        row(
                "Prepaid: pool and budgets",
                statement.opening().prepaid(),
                statement.closing().prepaid());
        row("In flight", statement.opening().inFlight(), statement.closing().inFlight());
        row(
                "Liability: earned wallets",
                statement.opening().liability(),
                statement.closing().liability());
        if (statement.closing().expired() != null) {
            row("Expired", statement.opening().expired(), statement.closing().expired());
        }
        endTable();
    }

    private void billed(Statement statement) {
        table("Billed", "Currency", "Purchases#", "Credits#", "Adjustments#", "Total#", "of which corrections#");
        for (var billed : statement.billed()) {
            row(
                    billed.currency(),
                    major(billed.purchasesMinor(), billed),
                    major(billed.creditsMinor(), billed),
                    major(billed.adjustmentsMinor(), billed),
                    major(billed.totalMinor(), billed),
                    major(billed.correctionsMinor(), billed));
        }
        endTable();
    }

    private void entries(Statement statement) {
        table(
                "Entries",
                "Moved at",
                "Category",
                "Invoice",
                "PO",
                "Cost centre",
                "Description",
                "Points#",
                "Unit price#",
                "Amount#",
                "Currency");
        statement.entries().forEach(this::entry);
        endTable();
    }

    private void entry(EntryView entry) {
        row(
                entry.occurredAt(),
                category(entry),
                entry.invoiceId(),
                entry.poNumber(),
                entry.costCentre(),
                entry.description(),
                entry.points(),
                new BigDecimal(entry.unitPrice()),
                new BigDecimal(entry.amount()),
                entry.currency());
    }

    private static String category(EntryView entry) {
        if (entry.reversedEntryId() != null) {
            return entry.chargeCategory() + ", reversal";
        }
        var moved = entry.rebookedEntryId() == null ? "" : ", moved here";
        return entry.chargeCategory() + (entry.chargeClass() == null ? "" : ", correction") + moved;
    }

    private void foot(@Nullable String taxNote, @Nullable String digest) {
        if (taxNote != null) {
            html.append("<p>").append(escaped(taxNote)).append("</p>\n");
        }
        if (digest != null) {
            html.append("<footer>SHA-256 of this statement's JSON: ")
                    .append(digest)
                    .append("</footer>\n");
        }
        html.append("</body>\n</html>\n");
    }

    /** A column whose name ends with # holds numbers. */
    private void table(String title, String... columns) {
        html.append("<h2>").append(title).append("</h2>\n<table>\n<tr>");
        for (var column : columns) {
            var isNumber = column.endsWith("#");
            html.append(isNumber ? "<th class=\"n\">" : "<th>")
                    .append(isNumber ? column.substring(0, column.length() - 1) : column)
                    .append("</th>");
        }
        html.append("</tr>\n");
    }

    private void endTable() {
        html.append("</table>\n");
    }

    private void row(@Nullable Object... cells) {
        cells("<tr>", cells);
    }

    private void sum(@Nullable Object... cells) {
        cells("<tr class=\"sum\">", cells);
    }

    private void cells(String begin, @Nullable Object... cells) {
        html.append(begin);
        for (var cell : cells) {
            html.append(cell instanceof Number ? "<td class=\"n\">" : "<td>")
                    .append(escaped(cell))
                    .append("</td>");
        }
        html.append("</tr>\n");
    }

    private static BigDecimal major(BigInteger minor, Billed billed) {
        return new BigDecimal(minor, billed.currencyExponent());
    }

    private static String words(String word) {
        var text = word.replace('_', ' ');
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private static String escaped(@Nullable Object cell) {
        if (cell == null) {
            return "";
        }
        return (cell instanceof BigDecimal decimal ? decimal.toPlainString() : cell.toString())
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
