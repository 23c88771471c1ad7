package io.points.billing.invoice;

import io.points.billing.entry.EntryView;
import io.points.billing.invoice.BillingDocument.Kind;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the documents of a month cover. An invoice has the debits of the month, a credit note its credits; each revision's have
 * what none has had before. So an entry is in one document at most, and all documents of a month come to its statement's total.
 */
final class InvoicingRules {

    private InvoicingRules() {}

    /**
     * A document before it has a number.
     *
     * @param totalMinor in the currency's minor unit: positive on an invoice, negative on a credit note
     */
    record Draft(Kind kind, String currency, BigInteger totalMinor, List<EntryView> entries) {}

    /**
     * Which entry another one takes back.
     *
     * @param isReversal true if it takes back exactly that one, false if it credits a purchase, wherever that is booked by now
     */
    record Target(UUID entryId, boolean isReversal) {}

    /**
     * The documents for entries of a month that no document has yet: by currency, an invoice before a credit note. What comes to
     * nothing has none, nor has an entry whose reversal came before it was ever on an invoice.
     */
    static List<Draft> drafts(List<EntryView> entries) {
        var ids = entries.stream().map(EntryView::entryId).collect(Collectors.toSet());
        var reversed = entries.stream().map(EntryView::reversedEntryId).collect(Collectors.toSet());
        var byCurrency = new TreeMap<String, List<EntryView>>();
        entries.stream()
                .filter(it -> !reversed.contains(it.entryId()))
                .filter(it -> !ids.contains(it.reversedEntryId()))
                .forEach(it -> byCurrency
                        .computeIfAbsent(it.currency(), code -> new ArrayList<>())
                        .add(it));
        var drafts = new ArrayList<Draft>();
        byCurrency.forEach((currency, own) -> {
            draft(Kind.INVOICE, currency, own, it -> it.amountMinor().signum() > 0, drafts);
            draft(Kind.CREDIT_NOTE, currency, own, it -> it.amountMinor().signum() < 0, drafts);
        });
        return drafts;
    }

    private static void draft(
            Kind kind, String currency, List<EntryView> own, Predicate<EntryView> side, List<Draft> drafts) {
        var entries = own.stream().filter(side).toList();
        if (!entries.isEmpty()) {
            var total = entries.stream().map(EntryView::amountMinor).reduce(BigInteger.ZERO, BigInteger::add);
            drafts.add(new Draft(kind, currency, total, entries));
        }
    }

    /** What an entry takes back; null if it takes nothing back. */
    static @Nullable Target target(EntryView entry) {
        if (entry.reversedEntryId() != null) {
            return new Target(entry.reversedEntryId(), true);
        }
        return entry.creditedEntryId() == null ? null : new Target(entry.creditedEntryId(), false);
    }

    /**
     * Such as {@code INV-2026-000001}.
     *
     * @param sequence 1, 2, … within the year; more than six digits if it takes more
     */
    static String number(String series, int year, long sequence) {
        return String.format(Locale.ROOT, "%s-%d-%06d", series, year, sequence);
    }
}
