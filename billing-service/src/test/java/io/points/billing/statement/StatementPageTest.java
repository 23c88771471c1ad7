package io.points.billing.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.billing.Flow;
import io.points.billing.Period;
import io.points.billing.entry.EntryView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page that finance prints: every section, row and figure of it, each told apart from all others. */
class StatementPageTest {

    private static final Path PAGE = Path.of("src", "test", "resources", "statement.html");

    /** No two figures are the same, so that none can stand in another's place. */
    private static final Map<Flow, Long> BEFORE = Map.of(
            Flow.ALLOCATED,
            100_000L,
            Flow.DISTRIBUTED,
            30_100L,
            Flow.DELEGATED,
            20_010L,
            Flow.AWARDED_FROM_POOL,
            6_001L);

    private static final Map<Flow, Long> WITHIN = Map.of(
            Flow.ALLOCATED, 5_003L,
            Flow.CLAWED_BACK, 507L,
            Flow.DISTRIBUTED, 4_011L,
            Flow.REFUNDED, 313L,
            Flow.RETURNED, 217L,
            Flow.DELEGATED, 1_019L,
            Flow.AWARDED_FROM_POOL, 2_923L,
            Flow.AWARDED_FROM_BUDGET, 729L,
            Flow.BUDGET_RETURNED, 251L);

    private static final List<EntryView> ENTRIES = List.of(
            Examples.purchase(1, 5_003, "1.25", "INR"),
            Examples.purchase(2, 17, "2", "JPY"),
            Examples.credit(3, 400, "1.25", "INR", null),
            Examples.credit(4, 100, "1.5", "INR", "Correction"),
            Examples.entry(5, "Adjustment", null, -7, "1.00", "INR", "<b> & \"why\" 'so'"));

    @Test
    void thePageIsTheOneInTheFile() throws IOException {
        assertEquals(Files.readString(PAGE), StatementPage.of(statement("closed"), "5f0c"));
    }

    @Test
    void aMonthThatMayStillChangeSaysSoAndHasNoDigest() throws IOException {
        for (var state : Map.of("open", "Open", "soft_closed", "Soft closed", "not_begun", "Not begun")
                .entrySet()) {
            assertEquals(
                    Files.readString(PAGE)
                            .replace(
                                    "<br>State: Closed</p>",
                                    "<br>State: " + state.getValue() + " - these figures may still change</p>")
                            .replaceAll("<footer>.*</footer>\n", ""),
                    StatementPage.of(statement(state.getKey()), null));
        }
    }

    /** By another way than the page was made: read as a table is read. */
    @Test
    void everyFigureOfTheStatementStandsInItsCell() {
        var statement = statement("closed");
        var rows = rows(StatementPage.of(statement, null));
        var pool = statement.pool();
        assertRow(rows, "Opening", pool.opening());
        assertRow(rows, "+ allocated", pool.allocated());
        assertRow(rows, "- clawed back", -pool.clawedBack());
        assertRow(rows, "- distributed", -pool.distributed());
        assertRow(rows, "+ refunded", pool.refunded());
        assertRow(rows, "+ returned budgets", pool.returned());
        assertRow(rows, "Closing", pool.closing());
        for (var line : statement.rollForward()) {
            var name = line.movement().replace('_', ' ');
            assertRow(
                    rows,
                    name.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + name.substring(1),
                    line.pool(),
                    line.inFlight(),
                    line.budgets(),
                    line.earned(),
                    line.total());
        }
        var opening = statement.opening();
        var closing = statement.closing();
        assertRow(rows, "Prepaid: pool and budgets", opening.prepaid(), closing.prepaid());
        assertRow(rows, "In flight", opening.inFlight(), closing.inFlight());
        assertRow(rows, "Liability: earned wallets", opening.liability(), closing.liability());
        assertRow(rows, "INR", "6253.75", "-650.00", "-7.00", "5596.75", "-150.00");
        assertRow(rows, "JPY", "34", "0", "0", "34", "0");
        for (var entry : ENTRIES) {
            assertTrue(
                    rows.stream().anyMatch(row -> row.contains(entry.invoiceId()) && row.contains(entry.amount())),
                    entry.invoiceId());
        }
        assertEquals(7 + 11 + 3 + 2 + ENTRIES.size(), rows.size());
    }

    @Test
    void aSmallPriceIsWrittenOut() {
        var entries = List.of(Examples.purchase(1, 1_000_000, "0.0000001", "INR"));
        var page = StatementPage.of(
                Statement.of(Examples.TENANT, Period.parse("2026-01"), "closed", BEFORE, WITHIN, entries), null);
        assertTrue(page.contains(">0.0000001<"), page);
    }

    @Test
    void nothingThatSomebodyWroteBecomesMarkup() {
        var page = StatementPage.of(statement("closed"), null);
        assertTrue(page.contains("<td>&lt;b&gt; &amp; &quot;why&quot; &#39;so&#39;</td>"), page);
        assertFalse(page.contains("<b>"));
    }

    private static Statement statement(String state) {
        return Statement.of(Examples.TENANT, Period.parse("2026-01"), state, BEFORE, WITHIN, ENTRIES);
    }

    /** The cells of each row that has any, headings left out. */
    private static List<List<String>> rows(String page) {
        var rows = new ArrayList<List<String>>();
        Pattern.compile("<tr[^>]*>((?:<td[^>]*>[^<]*</td>)+)</tr>")
                .matcher(page)
                .results()
                .forEach(row -> rows.add(Pattern.compile("<td[^>]*>([^<]*)</td>")
                        .matcher(row.group(1))
                        .results()
                        .map(cell -> cell.group(1))
                        .toList()));
        return rows;
    }

    private static void assertRow(List<List<String>> rows, Object... cells) {
        var expected = java.util.Arrays.stream(cells).map(String::valueOf).toList();
        assertTrue(rows.contains(expected), () -> expected + " is no row of " + rows);
    }
}
