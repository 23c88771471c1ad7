package io.points.billing.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.billing.Flow;
import io.points.billing.Period;
import io.points.billing.entry.EntryView;
import io.points.billing.invoice.Issuer;
import java.math.BigInteger;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StatementTest {

    private static final Period JANUARY = Period.parse("2026-01");

    private static final Map<Flow, Long> BEFORE =
            Map.of(Flow.ALLOCATED, 1_000L, Flow.DISTRIBUTED, 300L, Flow.DELEGATED, 200L, Flow.AWARDED_FROM_POOL, 60L);

    private static final Map<Flow, Long> WITHIN = Map.of(
            Flow.ALLOCATED, 500L,
            Flow.CLAWED_BACK, 50L,
            Flow.DISTRIBUTED, 400L,
            Flow.REFUNDED, 30L,
            Flow.RETURNED, 20L,
            Flow.DELEGATED, 100L,
            Flow.AWARDED_FROM_POOL, 290L,
            Flow.AWARDED_FROM_BUDGET, 70L,
            Flow.BUDGET_RETURNED, 25L);

    @Test
    void thePoolsMonthAddsUp() {
        var pool = statement().pool();

        assertEquals(new Statement.PoolMonth(700, 500, 50, 400, 30, 20, null, null, null, 800), pool);
        assertEquals(
                pool.closing(),
                pool.opening()
                        + pool.allocated()
                        - pool.clawedBack()
                        - pool.distributed()
                        + pool.refunded()
                        + pool.returned());
    }

    @Test
    void everyColumnOfTheRollForwardAddsUpToItsLastLine() {
        var lines = statement().rollForward();
        var movements = lines.subList(0, lines.size() - 1);
        var closing = lines.get(lines.size() - 1);

        assertEquals(Stream.of(Flow.values()).filter(Flow::isAlwaysNamed).count() + 2, lines.size());
        assertEquals("opening", lines.get(0).movement());
        assertEquals("closing", closing.movement());
        assertEquals(
                closing.pool(),
                movements.stream().mapToLong(Statement.Line::pool).sum());
        assertEquals(
                closing.inFlight(),
                movements.stream().mapToLong(Statement.Line::inFlight).sum());
        assertEquals(
                closing.budgets(),
                movements.stream().mapToLong(Statement.Line::budgets).sum());
        assertEquals(
                closing.earned(),
                movements.stream().mapToLong(Statement.Line::earned).sum());
        assertEquals(
                closing.total(),
                movements.stream().mapToLong(Statement.Line::total).sum());
        assertEquals(1_000 + 500 - 50, closing.total(), "what the platform has put in and not taken back");
    }

    /** What came later is named where there is any: months that were closed before stay what they were, byte for byte. */
    @Test
    void placesAndFlowsThatCameLaterAreNamedWhereThereIsAny() {
        var before = statement();
        assertTrue(before.rollForward().stream().allMatch(line -> line.reserved() == null && line.expired() == null));

        var within = new EnumMap<>(WITHIN);
        within.put(Flow.POOL_RESERVED, 100L);
        within.put(Flow.POOL_RELEASED, 60L);
        within.put(Flow.POOL_EXPIRED, 7L);
        within.put(Flow.REVERSED_TO_BUDGET, 5L);
        within.put(Flow.EARNED_EXPIRED, 3L);
        var statement = Statement.of(Examples.TENANT, JANUARY, "closed", BEFORE, within, List.of());
        var lines = statement.rollForward();
        var closing = lines.get(lines.size() - 1);

        assertEquals(before.rollForward().size() + 5, lines.size());
        assertEquals(new Statement.PoolMonth(700, 500, 50, 400, 30, 20, 100L, 60L, 7L, 753), statement.pool());
        assertEquals(40, closing.reserved());
        assertEquals(10, closing.expired());
        assertEquals(0, lines.get(0).expired());
        assertEquals(1_000 + 500 - 50, closing.total());
        assertEquals(new Statement.Holdings(753 + 40 + 210, 25, 412, 10L), statement.closing());
        assertNull(statement.opening().expired());
    }

    /** 40 points were debited in December and credited in January; 15 are on their way into February. */
    @Test
    void whatIsInFlightAtTheEndOfAMonthArrivesInTheNext() {
        var statement = statement();

        assertEquals(new Statement.Holdings(700 + 200, 40, 60, null), statement.opening());
        assertEquals(new Statement.Holdings(800 + 205, 25, 420, null), statement.closing());
    }

    @Test
    void whatIsBilledIsSummedByCurrency() {
        var billed = Statement.of(
                        Examples.TENANT,
                        JANUARY,
                        "closed",
                        Map.of(),
                        Map.of(),
                        List.of(
                                Examples.purchase(1, 100, "1.25", "INR"),
                                Examples.purchase(2, 10, "2", "JPY"),
                                Examples.credit(3, 4, "1.25", "INR", null),
                                Examples.credit(4, 8, "1.00", "INR", "Correction"),
                                Examples.entry(5, "Adjustment", null, -1, "1.00", "INR", "x")))
                .billed();

        assertEquals(
                List.of(
                        new Billed(
                                "INR",
                                2,
                                BigInteger.valueOf(12_500),
                                BigInteger.valueOf(-1_300),
                                BigInteger.valueOf(-100),
                                BigInteger.valueOf(-800),
                                BigInteger.valueOf(11_100)),
                        new Billed(
                                "JPY",
                                0,
                                BigInteger.valueOf(20),
                                BigInteger.ZERO,
                                BigInteger.ZERO,
                                BigInteger.ZERO,
                                BigInteger.valueOf(20))),
                billed);
        assertEquals(
                List.of("125.00", "-13.00", "-1.00", "-8.00", "111.00"),
                List.of(
                        billed.get(0).purchases(),
                        billed.get(0).credits(),
                        billed.get(0).adjustments(),
                        billed.get(0).corrections(),
                        billed.get(0).total()));
        assertEquals("20", billed.get(1).total());
        assertEquals("0", billed.get(1).credits());
    }

    /** 2^53 and one more: what a reader in JavaScript or jq takes for 2^53. */
    @Test
    void aSumThatManyReadersCannotHoldIsThereAsATextToo() {
        var billed = new Billed(
                "INR",
                2,
                BigInteger.valueOf(9_007_199_254_740_993L),
                BigInteger.ZERO,
                BigInteger.ZERO,
                BigInteger.ZERO,
                BigInteger.valueOf(9_007_199_254_740_993L));

        assertEquals("90071992547409.93", billed.purchases());
        assertEquals("90071992547409.93", billed.total());
    }

    @Test
    void theCsvHasEveryFigureAndEveryColumnInEveryLine() {
        var csv = StatementCsv.of(statement(Examples.purchase(1, 100, "1.25", "INR")), "abc", CsvReader.PROGRAM);
        var lines = csv.split("\r\n");

        assertTrue(csv.endsWith("\r\n"));
        assertTrue(csv.contains("statement,sha256_of_json,abc,"), csv);
        assertTrue(csv.contains("pool,clawed_back,,-50,"), csv);
        assertTrue(csv.contains("roll_forward,closing,,1450,800,25,205,420,"), csv);
        assertTrue(csv.contains("closing,liability,,420,"), csv);
        assertTrue(csv.contains("billed,total,,,,,,,,,INR,,12500,125.00,"), csv);
        assertTrue(csv.contains(",100,,,,,Purchase,,INR,1.25,12500,125.00,INV-1,PO-7,,Invoice #1,"), csv);
        int columns = lines[0].split(",", -1).length;
        for (var line : lines) {
            assertEquals(columns, line.split(",", -1).length, line);
        }
    }

    /** A pair changes no sum of what it was moved out of, and says which entry it is about. */
    @Test
    void whatWasMovedIsInEveryForm() {
        var late = Examples.purchase(1, 100, "1.25", "INR");
        var credit = Examples.credit(2, 40, "1.25", "INR", "Correction");
        var statement =
                statement(late, Examples.moved(late, true), Examples.moved(late, false), Examples.moved(credit, false));
        var ids = statement.entries().stream().map(EntryView::entryId).toList();

        var csv = StatementCsv.of(statement, null, CsvReader.PROGRAM);
        var page = StatementPage.of(statement, null);

        assertTrue(csv.contains("reversal_of,%s,%s,,".formatted(ids.get(1), ids.get(0))), csv);
        assertTrue(csv.contains("rebooking_of,%s,%s,,".formatted(ids.get(2), ids.get(0))), csv);
        assertTrue(csv.contains("rebooking_of,%s,%s,,".formatted(ids.get(3), credit.entryId())), csv);
        assertEquals(1, csv.split("reversal_of", -1).length - 1);
        assertEquals(2, csv.split("rebooking_of", -1).length - 1);
        assertTrue(page.contains("<td>Purchase</td>"), page);
        assertTrue(page.contains("<td>Purchase, reversal</td>"), page);
        assertTrue(page.contains("<td>Purchase, moved here</td>"), page);
        assertTrue(page.contains("<td>Credit, correction, moved here</td>"), page);
        assertEquals("125.00", statement.billed().get(0).purchases());
    }

    @Test
    void thePageShowsTheFiguresAndRunsNothing() {
        var entry = Examples.entry(1, "Purchase", null, 5, "1", "INR", "<script>alert('x')</script> & \"more\"");

        var page = StatementPage.of(statement(entry), "abc");

        assertTrue(page.startsWith("<!DOCTYPE html>"));
        assertFalse(page.contains("<script>"));
        assertTrue(page.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;more&quot;"), page);
        assertTrue(page.contains("<td>Closing</td><td class=\"n\">800</td>"), page);
        assertTrue(page.contains("<td class=\"n\">5.00</td>"), page);
        assertTrue(page.contains("abc"));
    }

    @Test
    void aPageThatMayStillChangeSaysSo() {
        var open = Statement.of(Examples.TENANT, JANUARY, "soft_closed", BEFORE, WITHIN, List.of());

        var page = StatementPage.of(open, null);

        assertTrue(page.contains("Soft closed - these figures may still change"), page);
        assertFalse(page.contains("SHA-256"));
        assertFalse(StatementPage.of(statement(), "abc").contains("may still change"));
    }

    @Test
    void aClosedStatementSaysByWhomAndWhatItReplaces() {
        var anna = new UUID(1, 1);
        var ben = new UUID(2, 2);
        var first = Closing.after(List.of(), Instant.parse("2026-02-03T09:00:00Z"), anna);
        var second = Closing.after(List.of(first.issued("abc")), Instant.parse("2026-02-04T10:00:00Z"), ben);
        var original = statement().closed(first, null);
        var corrected = statement().closed(second, null);

        assertEquals(1, original.revision());
        assertEquals(List.of(), original.replaces());
        assertEquals(2, corrected.revision());
        assertEquals(List.of(new Revision(1, first.at(), anna, "abc")), corrected.replaces());

        var csv = StatementCsv.of(corrected, "def", CsvReader.PROGRAM);
        assertTrue(csv.contains("\r\nstatement,revision,2,"), csv);
        assertTrue(csv.contains("\r\nstatement,closed_at,2026-02-04T10:00:00Z,"), csv);
        assertTrue(csv.contains("\r\nstatement,closed_by," + ben + ","), csv);
        assertTrue(csv.contains("\r\nreplaces,1,abc,,,,,,,,,,,,,,," + anna + ",2026-02-03T09:00:00Z,\r\n"), csv);
        assertFalse(StatementCsv.of(original, "abc", CsvReader.PROGRAM).contains("\r\nreplaces,"));
        assertFalse(StatementCsv.of(statement(), "abc", CsvReader.PROGRAM).contains("statement,revision,"));

        var page = StatementPage.of(corrected, "def");
        assertTrue(
                page.contains("State: Closed<br>Revision 2, closed at 2026-02-04T10:00:00Z by " + ben + "</p>"), page);
        assertTrue(
                page.contains("<tr><td class=\"n\">1</td><td>2026-02-03T09:00:00Z</td><td>" + anna
                        + "</td><td>abc</td></tr>"),
                page);
        assertFalse(StatementPage.of(original, "abc").contains("Replaces"));
        assertFalse(StatementPage.of(statement(), "abc").contains("Revision"));
    }

    @Test
    void issuerDocumentsAndBalancesAreInEveryForm() {
        var statement = statement(Examples.purchase(1, 100, "1.25", "INR"))
                .with(
                        "Triton & Co",
                        new Issuer("Points & Co", "1 Market Street, Mumbai", "27AAAAA0000A1Z5"),
                        Statement.NO_TAX,
                        List.of(Prepayment.of("KWD", BigInteger.valueOf(1_000), BigInteger.valueOf(13_500))))
                .closed(
                        Closing.after(List.of(), Instant.parse("2026-02-03T09:00:00Z"), new UUID(7, 7)),
                        List.of(
                                Examples.invoice("INV-2026-000007", 12_500),
                                Examples.creditNote("CN-2026-000003", -250, "INV-2025-000009", "INV-2026-000007")));

        var csv = StatementCsv.of(statement, null, CsvReader.PROGRAM);
        var page = StatementPage.of(statement, null);

        for (var line : List.of(
                "statement,tenant_name,Triton & Co,",
                "statement,issuer_name,Points & Co,",
                "statement,issuer_address,\"1 Market Street, Mumbai\",",
                "statement,issuer_tax_id,27AAAAA0000A1Z5,",
                "invoice,INV-2026-000007,,,,,,,,,INR,,12500,125.00,,,,,2026-02-03T09:00:00Z,",
                "credit_note,CN-2026-000003,,,,,,,,,INR,,-250,-2.50,,,,INV-2025-000009 INV-2026-000007,2026-02-03T09:00:00Z,",
                "prepayments,opening,,,,,,,,,KWD,,1000,1.000,",
                "prepayments,closing,,,,,,,,,KWD,,13500,13.500,",
                "statement,tax_note,\"" + Statement.NO_TAX + "\",")) {
            assertTrue(csv.contains("\r\n" + line), line + " in " + csv);
        }
        for (var part : List.of(
                "<p>Triton &amp; Co<br>Tenant ",
                "<p>Points &amp; Co<br>1 Market Street, Mumbai<br>27AAAAA0000A1Z5</p>",
                "<td>INV-2026-000007</td><td>Invoice</td><td>2026-02-03T09:00:00Z</td><td></td><td class=\"n\">125.00</td>"
                        + "<td>INR</td>",
                "<td>CN-2026-000003</td><td>Credit note</td><td>2026-02-03T09:00:00Z</td>"
                        + "<td>INV-2025-000009, INV-2026-000007</td><td class=\"n\">-2.50</td><td>INR</td>",
                "<td>KWD</td><td class=\"n\">1.000</td><td class=\"n\">13.500</td>",
                "<p>" + Statement.NO_TAX + "</p>")) {
            assertTrue(page.contains(part), part + " in " + page);
        }
    }

    @Test
    void whereNothingWasIssuedThereIsNoTableOfIt() {
        var closing = Closing.after(List.of(), Instant.parse("2026-02-03T09:00:00Z"), new UUID(7, 7));
        var statement = statement().with("Triton & Co", new Issuer(null, null, "27AAAAA0000A1Z5"), null, List.of());

        var page = StatementPage.of(statement.closed(closing, List.of()), null);

        assertTrue(page.contains("<p>27AAAAA0000A1Z5</p>"), page);
        assertFalse(page.contains("Invoices and credit notes"), page);
        assertFalse(page.contains("multi-purpose"), page);
    }

    private static Statement statement(EntryView... entries) {
        return Statement.of(Examples.TENANT, JANUARY, "closed", BEFORE, WITHIN, List.of(entries));
    }
}
