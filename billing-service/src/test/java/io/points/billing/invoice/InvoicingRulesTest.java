package io.points.billing.invoice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.billing.Price;
import io.points.billing.entry.EntryView;
import io.points.billing.invoice.BillingDocument.Kind;
import io.points.billing.invoice.InvoicingRules.Draft;
import io.points.billing.invoice.InvoicingRules.Target;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What comes on an invoice, what on a credit note, and what on neither. */
class InvoicingRulesTest {

    @Test
    void debitsAreOnAnInvoiceAndCreditsOnACreditNote() {
        var first = entry(1, 100, "INR");
        var second = entry(2, 40, "INR");
        var credit = entry(3, -30, "INR");

        assertEquals(
                List.of(
                        new Draft(Kind.INVOICE, "INR", BigInteger.valueOf(14_000), List.of(first, second)),
                        new Draft(Kind.CREDIT_NOTE, "INR", BigInteger.valueOf(-3_000), List.of(credit))),
                InvoicingRules.drafts(List.of(first, credit, second)));
    }

    @Test
    void eachCurrencyHasDocumentsOfItsOwn() {
        var kinds = InvoicingRules.drafts(List.of(entry(1, 5, "JPY"), entry(2, -5, "INR"), entry(3, 5, "INR"))).stream()
                .map(it -> it.currency() + " " + it.kind())
                .toList();

        assertEquals(List.of("INR INVOICE", "INR CREDIT_NOTE", "JPY INVOICE"), kinds);
    }

    @Test
    void whatCostsNothingIsOnNoDocument() {
        assertEquals(List.of(), InvoicingRules.drafts(List.of(entry(1, 0, "INR"))));
        assertEquals(List.of(), InvoicingRules.drafts(List.of()));
    }

    /** The customer never had an invoice with it, and needs no credit note for it. */
    @Test
    void whatWasReversedBeforeItWasIssuedIsOnNoDocument() {
        var late = entry(1, 40, "INR");
        var kept = entry(2, 7, "INR");

        assertEquals(
                List.of(new Draft(Kind.INVOICE, "INR", BigInteger.valueOf(700), List.of(kept))),
                InvoicingRules.drafts(List.of(late, reversal(3, late), kept)));
    }

    @Test
    void theReversalOfWhatWasIssuedIsOnADocument() {
        var late = entry(1, 40, "INR");
        var credit = entry(2, -5, "INR");

        assertEquals(
                List.of(
                        new Draft(Kind.INVOICE, "INR", BigInteger.valueOf(500), List.of(reversal(4, credit))),
                        new Draft(Kind.CREDIT_NOTE, "INR", BigInteger.valueOf(-4_000), List.of(reversal(3, late)))),
                InvoicingRules.drafts(List.of(reversal(3, late), reversal(4, credit))));
    }

    @Test
    void aReversalTakesBackItsEntryAndACreditItsPurchase() {
        var purchase = entry(1, 40, "INR");
        var credit = entry(2, -5, "INR", id(1), null);

        assertNull(InvoicingRules.target(purchase));
        assertEquals(new Target(id(1), false), InvoicingRules.target(credit));
        assertEquals(new Target(id(2), true), InvoicingRules.target(reversal(3, credit)));
    }

    @Test
    void aNumberHasItsSeriesAndYear() {
        assertEquals("INV-2026-000001", InvoicingRules.number("INV", 2026, 1));
        assertEquals("CN-2027-1234567", InvoicingRules.number("CN", 2027, 1_234_567));
    }

    /** Whenever the documents are issued, in whatever revisions: each entry is on one, or cancelled, and the sums are the entries'. */
    @Test
    void allRevisionsTogetherComeToAllEntries() {
        var random = new Random(50);
        for (int run = 0; run < 300; run++) {
            var left = new ArrayList<EntryView>();
            for (int i = 1; i <= 12; i++) {
                var entry = entry(i, random.nextInt(9) - 4, random.nextBoolean() ? "INR" : "KWD");
                left.add(entry);
                if (random.nextInt(4) == 0) {
                    left.add(reversal(100 + i, entry));
                }
            }
            Map<String, BigInteger> expected = new HashMap<>();
            left.forEach(it -> expected.merge(it.currency(), it.amountMinor(), BigInteger::add));
            Map<String, BigInteger> issued = new HashMap<>();
            expected.keySet().forEach(currency -> issued.put(currency, BigInteger.ZERO));
            var month = new ArrayList<EntryView>();
            var covered = new ArrayList<EntryView>();
            while (!left.isEmpty()) {
                month.add(left.remove(0));
                if (left.isEmpty() || random.nextInt(5) == 0) {
                    var fresh = new ArrayList<>(month);
                    fresh.removeAll(covered);
                    Collections.shuffle(fresh, random);
                    for (var draft : InvoicingRules.drafts(fresh)) {
                        assertEquals(
                                draft.kind() == Kind.INVOICE ? 1 : -1,
                                draft.totalMinor().signum());
                        assertTrue(Collections.disjoint(covered, draft.entries()), "no entry is on two documents");
                        covered.addAll(draft.entries());
                        issued.merge(draft.currency(), draft.totalMinor(), BigInteger::add);
                    }
                }
            }
            assertEquals(expected, issued);
        }
    }

    private static UUID id(int number) {
        return new UUID(1, number);
    }

    private static EntryView reversal(int number, EntryView of) {
        return entry(number, -of.points(), of.currency(), of.creditedEntryId(), of.entryId());
    }

    private static EntryView entry(int number, long points, String currency) {
        return entry(number, points, currency, null, null);
    }

    private static EntryView entry(
            int number, long points, String currency, @Nullable UUID credited, @Nullable UUID reversed) {
        var price = Price.of("1", currency);
        var amount = price.amountMinor(points);
        var time = Instant.parse("2026-01-15T10:00:00Z");
        return new EntryView(
                id(number),
                new UUID(2, number),
                new UUID(3, 3),
                points > 0 ? "allocation" : "clawback",
                points,
                "1",
                currency,
                amount,
                Price.major(amount, price.currency()).toPlainString(),
                number,
                time,
                time,
                "Invoice",
                null,
                "somebody",
                1,
                points > 0 ? "Purchase" : "Credit",
                null,
                "2026-01",
                "Invoice",
                null,
                null,
                credited,
                EntryView.proofOf(id(number)),
                reversed,
                null,
                null);
    }
}
