package io.points.billing.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.billing.Flow;
import io.points.billing.Period;
import io.points.billing.counted.AuditComparison;
import io.points.billing.invoice.Issuer;
import io.points.billing.statement.Reconciliation.AmountTotals;
import io.points.billing.statement.Reconciliation.ClosedMonth;
import io.points.billing.statement.Reconciliation.Event;
import io.points.billing.statement.Reconciliation.Lines;
import io.points.billing.statement.Reconciliation.MonthTotals;
import io.points.billing.statement.Reconciliation.Pair;
import io.points.billing.statement.Reconciliation.Totals;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReconciliationTest {

    private static final UUID ONE = new UUID(1, 1);
    private static final UUID TWO = new UUID(2, 2);
    private static final Totals SOUND = totals(60, Map.of(Flow.ALLOCATED, 100L), Map.of(Flow.ALLOCATED, 100L));

    private static final Pair ALLOCATED = new Pair(ONE, event(Flow.ALLOCATED, 100, 1), lines(1, 100, 12_500));
    private static final Pair CLAWED_BACK = new Pair(TWO, event(Flow.CLAWED_BACK, 40, 2), lines(2, -40, -5_000));

    @Test
    void whereEverythingWasBilledThereIsNoDifference() {
        var sheet = Reconciliation.of(ONE, List.of(ALLOCATED, CLAWED_BACK), SOUND, List.of(), AuditComparison.UNHEARD);

        assertTrue(sheet.agrees());
        assertEquals(List.of(), sheet.differences());
        assertEquals(2, sheet.events());
        assertEquals(3, sheet.entries());
        assertEquals(60, sheet.eventPoints());
        assertEquals(60, sheet.entryPoints());
        assertEquals(2, sheet.contiguousVersion());
    }

    @Test
    void whatAuditServiceHasOtherwiseIsADifference() {
        var version = new AuditComparison.Unmatched(
                2, "differs", new AuditComparison.Points(-40, -40), new AuditComparison.Points(-30, -30));
        var audit = new AuditComparison("differs", null, null, null, 5, 1, List.of(), List.of(version));

        var sheet = Reconciliation.of(ONE, List.of(ALLOCATED, CLAWED_BACK), SOUND, List.of(), audit);

        assertFalse(sheet.agrees());
        assertEquals(audit, sheet.audit());
        assertEquals("audit", sheet.differences().get(0).kind());
        assertEquals(
                "version 2 of the pool: audit-service has an event of -40 points and entries of -40, billing-service of -30"
                        + " and -30",
                sheet.differences().get(0).detail());
    }

    @Test
    void anAllocationThatWasNotBilledIsNamed() {
        assertDifference("missing_entry", new Pair(ONE, event(Flow.ALLOCATED, 100, 1), null), SOUND);
    }

    @Test
    void aClawbackThatWaitsIsNamedWithWhatItWaitsFor() {
        var waiting = new Pair(ONE, event(Flow.CLAWED_BACK, 40, 5), null);

        var difference = Reconciliation.of(ONE, List.of(waiting), SOUND, List.of(), AuditComparison.UNHEARD)
                .differences()
                .get(0);

        assertEquals("waiting", difference.kind());
        assertEquals("it is version 5 of the pool; version 3 has not been consumed", difference.detail());
    }

    @Test
    void aClawbackThatWaitsForNothingIsMissing() {
        assertDifference("missing_entry", new Pair(ONE, event(Flow.CLAWED_BACK, 40, 2), null), SOUND);
    }

    /** Version 2 is known without a gap, 3 is not: only what lies behind a gap waits. */
    @Test
    void onlyAClawbackBehindAGapWaits() {
        assertDifference("waiting", new Pair(ONE, event(Flow.CLAWED_BACK, 40, 3), null), SOUND);
        assertDifference("missing_entry", new Pair(ONE, event(Flow.CLAWED_BACK, 40, 2), null), SOUND);
        assertDifference("missing_entry", new Pair(ONE, event(Flow.CLAWED_BACK, 40, 1), null), SOUND);
        assertDifference("missing_entry", new Pair(ONE, event(Flow.ALLOCATED, 40, 3), null), SOUND);
    }

    @Test
    void whatIsMissingAddsNothingToTheSums() {
        var unknown = new Pair(ONE, null, lines(2, 7, 700));
        var unbilled = new Pair(TWO, event(Flow.CLAWED_BACK, 40, 2), null);
        var sheet = Reconciliation.of(ONE, List.of(unknown, unbilled), SOUND, List.of(), AuditComparison.UNHEARD);
        assertEquals(1, sheet.events());
        assertEquals(2, sheet.entries());
        assertEquals(-40, sheet.eventPoints());
        assertEquals(7, sheet.entryPoints());
        assertEquals(
                List.of("it was billed, and never heard of", "it was heard of, and not billed"),
                sheet.differences().stream()
                        .map(Reconciliation.Difference::detail)
                        .toList());
    }

    @Test
    void whatWasBilledForNoEventIsNamed() {
        assertDifference("unknown_event", new Pair(ONE, null, lines(1, 100, 12_500)), SOUND);
    }

    @Test
    void otherPointsAreNamed() {
        assertDifference("points", new Pair(ONE, event(Flow.CLAWED_BACK, 40, 2), lines(1, -39, -4_875)), SOUND);
    }

    @Test
    void anotherAmountIsNamed() {
        assertDifference("amount", new Pair(ONE, event(Flow.ALLOCATED, 100, 1), lines(1, 100, 12_501)), SOUND);
    }

    @Test
    void aPoolThatDoesNotAddUpIsNamed() {
        assertDifference("pool_balance", ALLOCATED, totals(61, Map.of(), Map.of()));
    }

    @Test
    void statementsThatCountSomethingElseAreNamed() {
        assertDifference("totals", ALLOCATED, totals(60, Map.of(Flow.ALLOCATED, 100L), Map.of()));
        assertEquals(
                "the movements of 2026-01 come to {ALLOCATED=100}, its statement counts {}",
                Reconciliation.of(
                                ONE,
                                List.of(),
                                totals(60, Map.of(Flow.ALLOCATED, 100L), Map.of()),
                                List.of(),
                                AuditComparison.UNHEARD)
                        .differences()
                        .get(0)
                        .detail());
    }

    /** All months together agree, each by itself does not. */
    @Test
    void pointsThatAreCountedInAnotherMonthAreNamed() {
        var months = List.of(
                new MonthTotals(Period.parse("2026-01"), Map.of(Flow.ALLOCATED, 100L), Map.of()),
                new MonthTotals(Period.parse("2026-02"), Map.of(), Map.of(Flow.ALLOCATED, 100L)));

        var sheet =
                Reconciliation.of(ONE, List.of(), new Totals(2, 60, 60, months), List.of(), AuditComparison.UNHEARD);

        assertEquals(
                List.of("totals", "totals"),
                sheet.differences().stream()
                        .map(Reconciliation.Difference::kind)
                        .toList());
    }

    @Test
    void aBalanceThatCountsAnotherAmountIsNamed() {
        var amounts = new AmountTotals(Period.parse("2026-01"), "INR", BigInteger.TEN, BigInteger.ONE);
        var totals = new Totals(2, 60, 60, List.of(), List.of(amounts), Reconciliation.Adjusted.NEVER);

        assertDifference("totals", ALLOCATED, totals);
        assertEquals(
                "the entries of 2026-01 come to 10 in minor units of INR, its balance counts 1",
                Reconciliation.of(ONE, List.of(), totals, List.of(), AuditComparison.UNHEARD)
                        .differences()
                        .get(0)
                        .detail());
    }

    @Test
    void whatWasMovedAwayIsAsGoodAsAbsent() {
        assertTrue(Reconciliation.of(
                        ONE,
                        List.of(),
                        totals(60, Map.of(Flow.ALLOCATED, 0L), Map.of()),
                        List.of(),
                        AuditComparison.UNHEARD)
                .agrees());
        assertTrue(Reconciliation.of(
                        ONE,
                        List.of(),
                        totals(60, Map.of(), Map.of(Flow.CLAWED_BACK, 0L)),
                        List.of(),
                        AuditComparison.UNHEARD)
                .agrees());
    }

    @Test
    void aPairThatDoesNotComeToNothingIsNamed() {
        var sound = new Lines(3, -40, BigInteger.valueOf(-5_000), BigInteger.ZERO);
        var broken = new Lines(3, -40, BigInteger.valueOf(-5_000), BigInteger.valueOf(-5));

        assertTrue(Reconciliation.of(
                        ONE,
                        List.of(new Pair(TWO, event(Flow.CLAWED_BACK, 40, 2), sound)),
                        SOUND,
                        List.of(),
                        AuditComparison.UNHEARD)
                .agrees());
        assertDifference("amount", new Pair(TWO, event(Flow.CLAWED_BACK, 40, 2), broken), SOUND);
    }

    @Test
    void aClosedMonthThatTheTablesNoLongerGiveIsNamed() {
        var closed = statement(100);

        assertTrue(Reconciliation.of(
                        ONE,
                        List.of(),
                        SOUND,
                        List.of(new ClosedMonth(closed, statement(100))),
                        AuditComparison.UNHEARD)
                .agrees());
        var sheet = Reconciliation.of(
                ONE, List.of(), SOUND, List.of(new ClosedMonth(closed, statement(101))), AuditComparison.UNHEARD);

        assertEquals("statement", sheet.differences().get(0).kind());
        assertTrue(sheet.differences().get(0).detail().contains("2026-01"));
    }

    /** Who closed it, and what it replaced, are as much a part of a statement as its figures are. */
    @Test
    void aStatementSaysHowItsMonthWasClosedUnlessAnOlderVersionClosedIt() {
        var first = Closing.after(List.of(), Instant.parse("2026-02-03T09:00:00Z"), ONE);
        var second = Closing.after(List.of(first.issued("d".repeat(64))), Instant.parse("2026-02-04T09:00:00Z"), TWO);
        var other = Closing.after(List.of(first.issued("e".repeat(64))), second.at(), TWO);

        assertTrue(agrees(statement(100).closed(first, null), first));
        assertTrue(agrees(statement(100).closed(second, null), second));
        assertTrue(agrees(statement(100), second), "as an older version closed it");
        assertFalse(agrees(statement(100).closed(second, null), first));
        assertFalse(agrees(statement(100).closed(second, null), other));
        assertFalse(agrees(statement(101).closed(second, null), second));
    }

    /** What was closed before there was any of it does not miss it, and what has it is held to it. */
    @Test
    void aStatementIsHeldToItsDocumentsAndBalances() {
        var how = Closing.after(List.of(), Instant.parse("2026-02-03T09:00:00Z"), ONE);
        var issued = List.of(Examples.invoice("INV-2026-000001", 12_500));
        var balances = List.of(Prepayment.of("INR", BigInteger.ZERO, BigInteger.valueOf(12_500)));
        var others = List.of(Prepayment.of("INR", BigInteger.ZERO, BigInteger.valueOf(12_501)));
        var issuer = new Issuer("Points Ltd", null, null);
        var figures = statement(100).with(null, null, Statement.NO_TAX, balances);
        var closed = statement(100)
                .with("of then", issuer, "a note of then", balances)
                .closed(how, issued);

        assertTrue(agrees(ClosedMonth.of(closed, figures, how, issued)), "whatever is set now");
        assertFalse(agrees(ClosedMonth.of(closed, figures, how, List.of())));
        assertFalse(agrees(ClosedMonth.of(closed, statement(100).with(null, null, null, others), how, issued)));
        assertTrue(agrees(ClosedMonth.of(statement(100).closed(how, null), figures, how, issued)));
    }

    private static boolean agrees(ClosedMonth month) {
        return Reconciliation.of(ONE, List.of(), SOUND, List.of(month), AuditComparison.UNHEARD)
                .agrees();
    }

    private static boolean agrees(Statement closed, Closing how) {
        return agrees(ClosedMonth.of(closed, statement(100), how, List.of()));
    }

    private static Statement statement(long allocated) {
        return Statement.of(
                ONE, Period.parse("2026-01"), "closed", Map.of(), Map.of(Flow.ALLOCATED, allocated), List.of());
    }

    private static void assertDifference(String kind, Pair pair, Totals totals) {
        var sheet = Reconciliation.of(ONE, List.of(pair), totals, List.of(), AuditComparison.UNHEARD);

        assertFalse(sheet.agrees());
        assertEquals(
                List.of(kind),
                sheet.differences().stream()
                        .map(Reconciliation.Difference::kind)
                        .toList());
    }

    private static Event event(Flow flow, long points, long version) {
        return new Event(flow, points, version, new BigDecimal("1.25"), "INR");
    }

    private static Totals totals(long balance, Map<Flow, Long> logged, Map<Flow, Long> summed) {
        return new Totals(2, 60, balance, List.of(new MonthTotals(Period.parse("2026-01"), logged, summed)));
    }

    private static Lines lines(long count, long points, long amount) {
        return new Lines(count, points, BigInteger.valueOf(amount));
    }
}
