package io.points.billing.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.billing.entry.EntryView;
import io.points.billing.statement.Journal.Accounts;
import io.points.billing.statement.Journal.Booking;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {

    private static final Accounts ACCOUNTS = new Accounts(Journal.RECEIVABLE, Journal.PREPAYMENTS);

    static List<EntryView> entries() {
        return List.of(
                Examples.purchase(1, 100, "1.25", "INR"),
                Examples.credit(2, 40, "1.25", "INR", null),
                Examples.purchase(3, 7, "0.0005", "KWD"));
    }

    @ParameterizedTest
    @MethodSource("entries")
    void theTwoLinesOfAnEntrySumToZero(EntryView entry) {
        var lines = Journal.lines(open(entry));

        assertEquals(2, lines.size());
        assertEquals(
                BigInteger.ZERO, lines.get(0).amountMinor().add(lines.get(1).amountMinor()));
        assertEquals(entry.amountMinor(), lines.get(0).amountMinor());
        assertEquals(
                List.of(Journal.RECEIVABLE, Journal.PREPAYMENTS),
                lines.stream().map(Journal.Line::account).toList());
    }

    @Test
    void aPurchaseIsOwedAndACreditIsOwedNoLonger() {
        var csv = Journal.csv(bookings(entries()), CsvReader.PROGRAM);

        assertTrue(csv.contains(",accounts-receivable,INR,12500,125.00,100,Purchase,,INV-1,PO-7,,Invoice #1,"), csv);
        assertTrue(csv.contains(",customer-prepayments,INR,-12500,-125.00,100,Purchase,"), csv);
        assertTrue(csv.contains(",accounts-receivable,INR,-5000,-50.00,-40,Credit,"), csv);
        assertTrue(csv.contains(",customer-prepayments,INR,5000,50.00,-40,Credit,"), csv);
        assertTrue(csv.contains(",accounts-receivable,KWD,4,0.004,7,Purchase,"), csv);
        assertEquals(1 + 2 * entries().size(), csv.split("\r\n").length);
    }

    @Test
    void whatWasRoundedToNothingHasNoLines() {
        var nothing = Examples.purchase(4, 1, "0.004", "INR");

        assertEquals(List.of(), Journal.lines(open(nothing)));
        assertFalse(Journal.csv(List.of(open(nothing)), CsvReader.PROGRAM).contains("\r\n0"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-01T00:00:00Z, 2026-01, 2026-01-01",
        "2026-01-31T23:59:59.999999Z, 2026-01, 2026-01-31",
        "2026-01-31T23:59:59.999999Z, 2026-02, 2026-02-01",
        "2025-01-15T10:00:00Z, 2026-01, 2026-01-01",
        "2025-12-31T23:59:59Z, 2026-01, 2026-01-01",
    })
    void theDayOfPostingIsInTheMonthOfBilling(String occurredAt, String period, LocalDate expected) {
        assertEquals(expected, Journal.postingDate(Examples.booked(occurredAt, period)));
    }

    @Test
    void whereALineIsPostedStandsAtItsEnd() {
        var entry = Examples.purchase(1, 100, "1.25", "INR");
        var accounts = new Accounts("1200", "2310, points");
        var csv = Journal.csv(List.of(new Booking(entry, accounts, "soft_closed", 42L)), CsvReader.PROGRAM);

        assertTrue(csv.startsWith("entry_id,line,occurred_at,"), csv);
        assertTrue(csv.contains(",description,posting_date,period_state,batch\r\n"), csv);
        assertTrue(csv.contains(",1200,INR,12500,"), csv);
        assertTrue(csv.contains(",\"2310, points\",INR,-12500,"), csv);
        assertTrue(csv.endsWith(",Invoice #1,2026-01-15,soft_closed,42\r\n"), csv);
        assertTrue(Journal.csv(bookings(List.of(entry)), CsvReader.PROGRAM).endsWith(",2026-01-15,open,\r\n"));
    }

    @Test
    void aBatchHasTheFirstMonthsEntriesAndItsNumber() {
        var january = entries();
        var february = Examples.booked("2026-02-03T00:00:00Z", "2026-02");
        var due = List.of(open(january.get(0)), open(january.get(1)), open(february), open(january.get(2)));
        var batch = NewBatch.of(7, due);

        assertEquals(7, batch.number());
        assertEquals("2026-01", batch.period().toString());
        assertEquals(
                january.subList(0, 2),
                batch.bookings().stream().map(Booking::entry).toList());
        assertEquals(
                List.of(7L, 7L), batch.bookings().stream().map(Booking::batch).toList());
        assertEquals(Journal.csv(batch.bookings(), CsvReader.PROGRAM), batch.csv());
    }

    @Test
    void aBatchTellsWhatItDebits() {
        assertEquals(
                Map.of("INR", new BigDecimal("175.00"), "KWD", new BigDecimal("0.004")),
                NewBatch.of(1, bookings(entries())).debits());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1200", "a", "Assets:Receivables", "1200 Debtors", "\u0905\u0930\u094d\u0925"})
    void anAccountHasACode(String code) {
        assertTrue(code.matches(JournalConfig.Accounts.CODE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " 1200", "1200 ", "12\n00", "12\t00", "12\u000000"})
    void whatIsNoCodeIsRefused(String code) {
        assertFalse(code.matches(JournalConfig.Accounts.CODE));
        assertFalse("1".repeat(101).matches(JournalConfig.Accounts.CODE));
    }

    private static Booking open(EntryView entry) {
        return new Booking(entry, ACCOUNTS, "open", null);
    }

    static List<Booking> bookings(List<EntryView> entries) {
        return entries.stream().map(JournalTest::open).toList();
    }
}
