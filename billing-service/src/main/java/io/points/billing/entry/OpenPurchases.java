package io.points.billing.entry;

import io.points.billing.Period;
import io.points.billing.Price;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant has bought and not given back. A clawback credits the newest purchase before it first, at that purchase's
 * price. A purchase that is credited in parts is credited by the difference between what its open points cost before and
 * after, each rounded as a purchase is: so the parts never add up to more or less than what was billed.
 */
final class OpenPurchases {

    /**
     * A purchase, as far as nothing has been credited of it.
     *
     * @param period in which it was billed
     * @param points 1 … 10^12
     */
    record Purchase(
            UUID entryId,
            long poolVersion,
            Period period,
            long points,
            Price price,
            @Nullable String invoiceId,
            @Nullable String poNumber,
            @Nullable String costCentre) {

        private Purchase with(long open) {
            return new Purchase(entryId, poolVersion, period, open, price, invoiceId, poNumber, costCentre);
        }

        /** What taking so many points out of it gives back; at most 0. */
        private BigInteger credit(long taken) {
            return price.amountMinor(points - taken).subtract(price.amountMinor(points));
        }
    }

    /** 2^53 - 1 minor units: what every JSON reader of an entry can hold. */
    private static final BigInteger MOST_BILLED = BigInteger.valueOf((1L << 53) - 1);

    /** The newest first. */
    private final List<Purchase> open;

    OpenPurchases(List<Purchase> purchases) {
        open = new ArrayList<>(purchases);
        open.sort(Comparator.comparingLong(Purchase::poolVersion).reversed());
    }

    /**
     * The lines of a clawback: one per purchase that it credits, and an adjustment for what exceeds them all. What is
     * credited is open no longer.
     */
    List<Charge> credit(Billable clawback) {
        var charges = new ArrayList<Charge>();
        long left = clawback.points();
        for (var place = open.listIterator(); place.hasNext() && left > 0; ) {
            var purchase = place.next();
            if (purchase.poolVersion() > clawback.poolVersion()) {
                continue;
            }
            long taken = Math.min(left, purchase.points());
            charges.add(line(clawback, charges.size() + 1, purchase, taken));
            left -= taken;
            if (taken == purchase.points()) {
                place.remove();
            } else {
                place.set(purchase.with(purchase.points() - taken));
            }
        }
        if (left > 0) {
            charges.add(adjustment(clawback, charges.size() + 1, left));
        }
        return charges;
    }

    private static Charge line(Billable clawback, int line, Purchase purchase, long taken) {
        return new Charge(
                clawback,
                line,
                Category.CREDIT,
                clawback.isLate() || purchase.period().isBefore(clawback.period()),
                -taken,
                purchase.price(),
                purchase.credit(taken),
                purchase.invoiceId(),
                purchase.poNumber(),
                purchase.costCentre(),
                purchase.entryId());
    }

    /** Nobody has bought these, so no price was fixed; that of the moment is taken, as long as an entry can hold the amount. */
    private static Charge adjustment(Billable clawback, int line, long points) {
        var amount = clawback.price().amountMinor(-points);
        boolean fits = amount.abs().compareTo(MOST_BILLED) <= 0;
        return new Charge(
                clawback,
                line,
                Category.ADJUSTMENT,
                clawback.isLate(),
                -points,
                fits ? clawback.price() : clawback.price().free(),
                fits ? amount : BigInteger.ZERO,
                null,
                null,
                null,
                null);
    }
}
