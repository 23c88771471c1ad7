package io.points.billing.statement;

import io.points.billing.Price;
import io.points.billing.entry.EntryView;
import java.math.BigInteger;
import java.util.Currency;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What a tenant was billed in one currency. Amounts are signed, in the currency's minor unit.
 *
 * @param currencyExponent digits of the minor unit, 0 … 4
 * @param correctionsMinor how much of purchases, credits and adjustments concerns earlier periods
 * @param total the total as a decimal in the major unit
 */
record Billed(
        String currency,
        int currencyExponent,
        BigInteger purchasesMinor,
        BigInteger creditsMinor,
        BigInteger adjustmentsMinor,

        BigInteger correctionsMinor,

        BigInteger totalMinor,

        String total) {

    /** In the order of the currencies' codes. */
    static List<Billed> byCurrency(List<EntryView> entries) {
        var codes = new TreeMap<String, List<EntryView>>();
        entries.forEach(it -> codes.computeIfAbsent(it.currency(), code -> entries.stream()
                .filter(other -> other.currency().equals(code))
                .toList()));
        return codes.entrySet().stream()
                .map(it -> of(it.getKey(), it.getValue()))
                .toList();
    }

    private static Billed of(String code, List<EntryView> entries) {
        var currency = Currency.getInstance(code);
        var total = sum(entries, it -> true);
        return new Billed(
                code,
                Price.digits(currency),
                sum(entries, it -> it.chargeCategory().equals("Purchase")),
                sum(entries, it -> it.chargeCategory().equals("Credit")),
                sum(entries, it -> it.chargeCategory().equals("Adjustment")),
                sum(entries, it -> it.chargeClass() != null),
                total,
                Price.major(total, currency).toPlainString());
    }

    private static BigInteger sum(List<EntryView> entries, Predicate<EntryView> which) {
        return entries.stream().filter(which).map(EntryView::amountMinor).reduce(BigInteger.ZERO, BigInteger::add);
    }
}
