package io.points.billing.statement;

import io.points.billing.Price;
import io.points.billing.entry.EntryView;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a tenant was billed in one currency. Amounts are signed, in the currency's minor unit; as sums of a month they may be
 * beyond 2^53, where JavaScript and the like lose digits. So each is also a text: a decimal in the major unit.
 *
 * @param currencyExponent digits of the minor unit, 0 … 4
 * @param correctionsMinor how much of purchases, credits and adjustments concerns earlier periods
 * @param total {@code totalMinor} as a decimal in the major unit; and so are the texts after it, each of its amount
 */
@Schema(name = "BilledAmounts")
record Billed(
        String currency,
        int currencyExponent,
        BigInteger purchasesMinor,
        BigInteger creditsMinor,
        BigInteger adjustmentsMinor,

        BigInteger correctionsMinor,

        BigInteger totalMinor,

        String total,

        String purchases,

        String credits,

        String adjustments,

        String corrections) {

    /** The texts follow from the amounts; statements that were closed by older versions have none but the total's. */
    Billed {
        purchases = major(purchasesMinor, currencyExponent);
        credits = major(creditsMinor, currencyExponent);
        adjustments = major(adjustmentsMinor, currencyExponent);
        corrections = major(correctionsMinor, currencyExponent);
        total = major(totalMinor, currencyExponent);
    }

    Billed(
            String currency,
            int currencyExponent,
            BigInteger purchasesMinor,
            BigInteger creditsMinor,
            BigInteger adjustmentsMinor,
            BigInteger correctionsMinor,
            BigInteger totalMinor) {
        this(
                currency,
                currencyExponent,
                purchasesMinor,
                creditsMinor,
                adjustmentsMinor,
                correctionsMinor,
                totalMinor,
                "",
                "",
                "",
                "",
                "");
    }

    private static String major(BigInteger minor, int exponent) {
        return new BigDecimal(minor, exponent).toPlainString();
    }

    /** Of sums that the tables hold. */
    static Billed of(
            String code, BigInteger purchases, BigInteger credits, BigInteger adjustments, BigInteger corrections) {
        return new Billed(
                code,
                Price.digits(Price.currency(code)),
                purchases,
                credits,
                adjustments,
                corrections,
                purchases.add(credits).add(adjustments));
    }

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
        var currency = Price.currency(code);
        return new Billed(
                code,
                Price.digits(currency),
                sum(entries, it -> it.chargeCategory().equals("Purchase")),
                sum(entries, it -> it.chargeCategory().equals("Credit")),
                sum(entries, it -> it.chargeCategory().equals("Adjustment")),
                sum(entries, it -> it.chargeClass() != null),
                sum(entries, it -> true));
    }

    private static BigInteger sum(List<EntryView> entries, Predicate<EntryView> which) {
        return entries.stream().filter(which).map(EntryView::amountMinor).reduce(BigInteger.ZERO, BigInteger::add);
    }
}
