package io.points.billing.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.billing.entry.EntryView;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JournalTest {

    static List<EntryView> entries() {
        return List.of(
                Examples.purchase(1, 100, "1.25", "INR"),
                Examples.credit(2, 40, "1.25", "INR", null),
                Examples.purchase(3, 7, "0.0005", "KWD"),
                Examples.purchase(4, 1, "0.004", "INR"));
    }

    @ParameterizedTest
    @MethodSource("entries")
    void theTwoLinesOfAnEntrySumToZero(EntryView entry) {
        var lines = Journal.lines(entry);

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
        var csv = Journal.csv(entries(), CsvReader.PROGRAM);

        assertTrue(csv.contains(",accounts-receivable,INR,12500,125.00,100,Purchase,,INV-1,PO-7,,Invoice #1\r\n"), csv);
        assertTrue(csv.contains(",customer-prepayments,INR,-12500,-125.00,100,Purchase,"), csv);
        assertTrue(csv.contains(",accounts-receivable,INR,-5000,-50.00,-40,Credit,"), csv);
        assertTrue(csv.contains(",customer-prepayments,INR,5000,50.00,-40,Credit,"), csv);
        assertTrue(csv.contains(",accounts-receivable,KWD,4,0.004,7,Purchase,"), csv);
        assertEquals(1 + 2 * entries().size(), csv.split("\r\n").length);
    }
}
