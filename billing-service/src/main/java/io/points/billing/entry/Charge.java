package io.points.billing.entry;

import io.points.billing.Price;
import io.points.contract.BillingEvent.BillingEntryRecorded;
import io.points.contract.Ids;
import java.math.BigInteger;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One priced line, before it is written.
 *
 * @param line 1, 2, … within the event
 * @param correction true if it concerns an earlier period than the one in which it is billed
 * @param points signed: positive for a purchase, negative otherwise
 * @param amountMinor signed, in the currency's minor unit
 * @param invoiceId what finance finds the purchase by; null if there is none
 */
record Charge(
        Billable of,
        int line,
        Category category,
        boolean correction,
        long points,
        Price price,
        BigInteger amountMinor,
        @Nullable String invoiceId,
        @Nullable String poNumber,
        @Nullable String costCentre,
        @Nullable UUID creditedEntryId) {

    static final String ALLOCATION = "allocation";
    static final String CLAWBACK = "clawback";
    static final String CORRECTION = "Correction";

    /** What an allocation costs: all its points at its price, rounded once. */
    static Charge purchase(Billable of) {
        return new Charge(
                of,
                1,
                Category.PURCHASE,
                of.isLate(),
                of.points(),
                of.price(),
                of.price().amountMinor(of.points()),
                of.description(),
                of.poNumber(),
                of.costCentre(),
                null);
    }

    /** Follows from the event's id, so that it is the same however often the event is read. */
    UUID entryId() {
        return Ids.derive(of.eventId(), line == 1 ? "BillingEntryRecorded" : "BillingEntryRecorded/" + line);
    }

    String kind() {
        return category == Category.PURCHASE ? ALLOCATION : CLAWBACK;
    }

    @Nullable
    String chargeClass() {
        return correction ? CORRECTION : null;
    }

    int exponent() {
        return Price.digits(price.currency());
    }

    /** @throws ArithmeticException if the amount is beyond the event's 64 bits */
    BillingEntryRecorded recorded() {
        return new BillingEntryRecorded(
                entryId(),
                of.tenantId(),
                of.eventId(),
                kind(),
                points,
                price.perPoint().toPlainString(),
                price.currency().code(),
                amountMinor.longValueExact(),
                of.poolVersion(),
                of.time(),
                (long) exponent(),
                (long) line,
                category.word(),
                chargeClass(),
                of.period().toString(),
                invoiceId,
                of.description(),
                poNumber,
                costCentre,
                creditedEntryId,
                of.actor().id(),
                null,
                null,
                null);
    }
}
