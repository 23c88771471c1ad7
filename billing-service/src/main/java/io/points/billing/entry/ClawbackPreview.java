package io.points.billing.entry;

import io.points.billing.Period;
import io.points.billing.Price;
import io.points.platform.money.AlsoText;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a clawback would credit, if it were billed now. */
@Schema(name = "ClawbackPreview")
record ClawbackPreview(
        UUID tenantId,

        @Schema(description = "Points that would be clawed back")
        long points,

        @Schema(description = "The month in which it would be billed", examples = "2026-11")
        String period,

        @Schema(
                description =
                        "Purchases that would be credited, the newest first, as many as are shown; each would be a billing entry of its own")
        List<CreditView> credits,

        @Schema(description = "How many more purchases would be credited; they are in the totals")
        int moreCredits,

        @Schema(description = "What would be credited in all, by currency")
        List<TotalView> totals,

        @Schema(
                description =
                        "Points that no purchase stands against: they would be billed at the price of the contract in force")
        @AlsoText
        long uncoveredPoints,

        @Schema(
                description =
                        "All movements of the pool up to this one are known; what came after it may change the answer")
        long contiguousVersion) {

    /** Most clawbacks credit a purchase or two. */
    static final int SHOWN = 200;

    /** A purchase that would be credited. */
    @Schema(name = "ExpectedCredit")
    record CreditView(
            @Schema(description = "The billing entry of the purchase")
            UUID creditedEntryId,

            @Schema(description = "The purchase's invoice") @Nullable
            String invoiceId,

            @Schema(description = "The purchase's order") @Nullable
            String poNumber,

            @Schema(description = "Where the purchase was booked") @Nullable
            String costCentre,

            @Schema(description = "Signed: negative") long points,

            @Schema(
                    description = "Decimal price of one point in the currency's major unit, as it was bought",
                    examples = "1.00")
            String unitPrice,

            @Schema(description = "ISO 4217 code", examples = "INR")
            String currency,

            @Schema(description = "Signed amount in the currency's minor unit", examples = "-5000000")
            BigInteger amountMinor,

            @Schema(description = "The same amount as a decimal in the major unit", examples = "-50000.00")
            String amount,

            @Schema(
                    enumeration = Charge.CORRECTION,
                    description = "Correction if the purchase was billed in an earlier month; null otherwise")
            @Nullable
            String chargeClass) {

        private static CreditView of(Charge charge) {
            return new CreditView(
                    charge.creditedEntryId(),
                    charge.invoiceId(),
                    charge.poNumber(),
                    charge.costCentre(),
                    charge.points(),
                    charge.price().perPoint().toPlainString(),
                    charge.price().currency().code(),
                    charge.amountMinor(),
                    Price.major(charge.amountMinor(), charge.price().currency()).toPlainString(),
                    charge.chargeClass());
        }
    }

    /** What would be credited in a currency. */
    @Schema(name = "ExpectedCreditTotal")
    record TotalView(
            @Schema(description = "ISO 4217 code", examples = "INR")
            String currency,

            @Schema(description = "Signed, in the currency's minor unit; may be beyond 2^53", examples = "-5000000")
            BigInteger totalMinor,

            @Schema(description = "The same as a decimal in the major unit", examples = "-50000.00")
            String total) {}

    /** @param credits the lines of the clawback, without any for points that no purchase stands against */
    static ClawbackPreview of(UUID tenantId, long points, Period period, List<Charge> credits, long contiguousVersion) {
        var shown = credits.stream().limit(SHOWN).map(CreditView::of).toList();
        long credited = credits.stream().mapToLong(Charge::points).sum();
        return new ClawbackPreview(
                tenantId,
                points,
                period.toString(),
                shown,
                credits.size() - shown.size(),
                totals(credits),
                points + credited,
                contiguousVersion);
    }

    private static List<TotalView> totals(List<Charge> credits) {
        var sums = new TreeMap<String, BigInteger>();
        credits.forEach(it -> sums.merge(it.price().currency().code(), it.amountMinor(), BigInteger::add));
        var totals = new ArrayList<TotalView>();
        sums.forEach((currency, sum) -> totals.add(new TotalView(
                currency, sum, Price.major(sum, Price.currency(currency)).toPlainString())));
        return totals;
    }
}
