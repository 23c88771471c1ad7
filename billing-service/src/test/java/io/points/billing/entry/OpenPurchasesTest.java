package io.points.billing.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.points.billing.Period;
import io.points.billing.Price;
import io.points.billing.entry.OpenPurchases.Purchase;
import io.points.contract.Envelope;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What an allocation costs, and what a clawback gives back. */
class OpenPurchasesTest {

    private static final UUID TENANT = new UUID(1, 1);
    private static final Period JANUARY = Period.parse("2026-01");
    private static final Instant IN_JANUARY = Instant.parse("2026-01-15T12:00:00Z");
    private static final Envelope.Actor CAUSE = new Envelope.Actor("somebody", "platform-admin", null);

    @Test
    void anAllocationIsOnePurchaseWithAllThatItsEventFixed() {
        var charge = Charge.purchase(billable(1, 3, "0.50", "KWD", JANUARY));

        assertEquals(Category.PURCHASE, charge.category());
        assertEquals(3, charge.points());
        assertEquals(BigInteger.valueOf(1_500), charge.amountMinor());
        assertEquals("why 1", charge.invoiceId());
        assertEquals("PO", charge.poNumber());
        assertEquals("CC", charge.costCentre());
        assertNull(charge.creditedEntryId());
        assertNull(charge.chargeClass());
    }

    @Test
    void anAllocationThatIsBilledInALaterMonthIsACorrection() {
        assertEquals(
                "Correction",
                Charge.purchase(billable(1, 3, "1", "INR", JANUARY.next())).chargeClass());
    }

    @Test
    void aClawbackCreditsTheNewestPurchaseFirstAtItsPrice() {
        var charges = open(purchase(1, 100, "1.00"), purchase(2, 100, "3.00")).credit(clawback(3, 40));

        assertEquals(1, charges.size());
        var charge = charges.get(0);
        assertEquals(Category.CREDIT, charge.category());
        assertEquals("clawback", charge.kind());
        assertEquals(-40, charge.points());
        assertEquals("3.00", charge.price().perPoint().toPlainString());
        assertEquals(BigInteger.valueOf(-12_000), charge.amountMinor());
        assertEquals(entryId(2), charge.creditedEntryId());
        assertEquals("invoice 2", charge.invoiceId());
        assertEquals("PO 2", charge.poNumber());
        assertNull(charge.chargeClass());
    }

    @Test
    void aClawbackThatExceedsAPurchaseHasALineForEach() {
        var charges = open(purchase(1, 100, "1.00"), purchase(2, 30, "2.00"), purchase(3, 7, "3.00"))
                .credit(clawback(4, 50));

        assertEquals(
                List.of(-7L, -30L, -13L), charges.stream().map(Charge::points).toList());
        assertEquals(List.of(1, 2, 3), charges.stream().map(Charge::line).toList());
        assertEquals(
                List.of(-2_100L, -6_000L, -1_300L),
                charges.stream().map(it -> it.amountMinor().longValueExact()).toList());
        assertEquals(3, charges.stream().map(Charge::entryId).distinct().count(), "each line is an entry of its own");
    }

    @Test
    void whatIsCreditedIsOpenNoLonger() {
        var open = open(purchase(1, 100, "1.00"), purchase(2, 10, "2.00"));

        open.credit(clawback(3, 4));
        open.credit(clawback(4, 6));
        var charges = open.credit(clawback(5, 1));

        assertEquals(entryId(1), charges.get(0).creditedEntryId());
    }

    @Test
    void aClawbackCreditsNothingThatWasBoughtAfterIt() {
        var charges = open(purchase(1, 100, "1.00"), purchase(5, 100, "9.00")).credit(clawback(3, 40));

        assertEquals(entryId(1), charges.get(0).creditedEntryId());
    }

    /** The pool's numbers decide what came before what. */
    @Test
    void aPurchaseIsCreditedUpToTheClawbacksVersion() {
        var charges = open(purchase(3, 10, "1.00"), purchase(4, 10, "9.00")).credit(clawback(3, 10));
        assertEquals(
                List.of(entryId(3)),
                charges.stream().map(Charge::creditedEntryId).toList());
    }

    @Test
    void whatIsTakenToTheLastPointIsNoAdjustment() {
        var open = open(purchase(1, 10, "1.00"));
        assertEquals(1, open.credit(clawback(2, 10)).size());
        var rest = open.credit(clawback(3, 1));
        assertEquals(
                List.of(Category.ADJUSTMENT),
                rest.stream().map(Charge::category).toList());
        assertEquals(1, rest.get(0).line());
    }

    @Test
    void theRestOfAClawbackIsItsNextLine() {
        var charges = open(purchase(1, 10, "1.00"), purchase(2, 10, "1.00")).credit(clawback(3, 25));
        assertEquals(List.of(1, 2, 3), charges.stream().map(Charge::line).toList());
        assertEquals(
                List.of(-10L, -10L, -5L), charges.stream().map(Charge::points).toList());
    }

    @Test
    void aCreditIsACorrectionIfItIsLateOrItsPurchaseIsOlder() {
        var late = billable(3, 5, "7.00", "INR", JANUARY.next());
        var bought = new Purchase(entryId(1), 1, JANUARY.next(), 10, Price.of("1.00", "INR"), "invoice 1", null, null);
        assertEquals("Correction", open(bought).credit(late).get(0).chargeClass(), "it happened in January");
        assertEquals(
                "Correction", open(purchase(1, 10, "1.00")).credit(late).get(0).chargeClass());
        assertEquals("Correction", open().credit(late).get(0).chargeClass());
        assertNull(open().credit(clawback(3, 5)).get(0).chargeClass());
    }

    @Test
    void whatExceedsAllPurchasesIsAnAdjustmentAtItsOwnPrice() {
        var charges = open(purchase(1, 10, "1.00")).credit(clawback(2, 15));

        assertEquals(2, charges.size());
        var rest = charges.get(1);
        assertEquals(Category.ADJUSTMENT, rest.category());
        assertEquals(-5, rest.points());
        assertEquals(BigInteger.valueOf(-3_500), rest.amountMinor());
        assertNull(rest.creditedEntryId());
        assertNull(rest.invoiceId());
    }

    /** 9,007,199,254,740,991 minor units are the most that an entry can hold. */
    @Test
    void anAdjustmentThatNoEntryCouldHoldIsFree() {
        var most = "90071992547.40991";
        var held = open().credit(billable(1, 1_000, most, "INR", JANUARY)).get(0);
        assertEquals(BigInteger.valueOf(-((1L << 53) - 1)), held.amountMinor());
        assertEquals(most, held.price().perPoint().toPlainString());

        var free = open().credit(billable(1, 1_000, "90071992547.40992", "INR", JANUARY))
                .get(0);
        assertEquals(Category.ADJUSTMENT, free.category());
        assertEquals(-1_000, free.points());
        assertEquals(BigInteger.ZERO, free.amountMinor());
        assertEquals(0, free.price().perPoint().signum());
        assertEquals("INR", free.price().currency().code());
    }

    @Test
    void aCreditOfAnEarlierMonthsPurchaseIsACorrection() {
        var old = new Purchase(entryId(1), 1, JANUARY.previous(), 10, Price.of("1.00", "INR"), "invoice 1", null, null);

        var charges = open(old, purchase(2, 10, "1.00")).credit(clawback(3, 15));

        assertNull(charges.get(0).chargeClass());
        assertEquals("Correction", charges.get(1).chargeClass());
    }

    @Test
    void aClawbackThatIsBilledInALaterMonthIsACorrection() {
        var late = billable(3, 15, "7.00", "INR", JANUARY.next());

        var charges = open(purchase(2, 10, "1.00")).credit(late);

        assertEquals(
                List.of("Correction", "Correction"),
                charges.stream().map(Charge::chargeClass).toList());
    }

    /** Half a minor unit each: rounded one by one, three credits would give back 0 of 2, or 3. */
    @Test
    void creditsInPartsAddUpToWhatWasBilled() {
        var bought = Charge.purchase(billable(1, 3, "0.005", "INR", JANUARY));
        assertEquals(BigInteger.TWO, bought.amountMinor());
        var open = open(purchase(1, 3, "0.005"));

        var credits = new ArrayList<Charge>();
        for (int version = 2; version <= 4; version++) {
            credits.addAll(open.credit(clawback(version, 1)));
        }

        assertEquals(
                List.of(-1L, -1L, 0L),
                credits.stream().map(it -> it.amountMinor().longValueExact()).toList());
    }

    @Test
    void whateverIsCreditedInWhateverPartsWhatIsLeftIsBilledAsIfItAloneHadBeenBought() {
        var random = new Random(20260131);
        for (int round = 0; round < 300; round++) {
            var price = new Price(
                    java.math.BigDecimal.valueOf(random.nextInt(100_000), random.nextInt(6)),
                    io.points.platform.money.Currency.of(
                            List.of("JPY", "INR", "KWD").get(random.nextInt(3))));
            long points = 1 + random.nextInt(1_000);
            var open = new OpenPurchases(List.of(new Purchase(entryId(1), 1, JANUARY, points, price, "x", null, null)));
            var billed = price.amountMinor(points);
            for (int version = 2; points > 0; version++) {
                long part = 1 + random.nextLong(points);
                for (var charge : open.credit(clawback(version, part))) {
                    billed = billed.add(charge.amountMinor());
                }
                points -= part;
                assertEquals(price.amountMinor(points), billed);
            }
        }
    }

    @Test
    void theEntryIdFollowsFromTheEventIdAndTheLine() {
        var first = open(purchase(1, 1, "1")).credit(clawback(2, 2));
        var again = open(purchase(1, 1, "1")).credit(clawback(2, 2));

        assertEquals(first.get(0).entryId(), again.get(0).entryId());
        assertEquals(first.get(1).entryId(), again.get(1).entryId());
        assertNotEquals(first.get(0).entryId(), first.get(1).entryId());
    }

    @Test
    void theAnnouncementSaysWhatTheEntrySays() {
        var charge = open(new Purchase(
                        entryId(1), 1, JANUARY.previous(), 10, Price.of("0.50", "KWD"), "invoice 1", "PO 1", "CC 1"))
                .credit(clawback(9, 3))
                .get(0);

        var told = charge.recorded();

        assertEquals(charge.entryId(), told.entryId());
        assertEquals(eventId(9), told.sourceEventId());
        assertEquals(TENANT, told.tenantId());
        assertEquals("clawback", told.kind());
        assertEquals(-3, told.points());
        assertEquals("0.50", told.unitPrice());
        assertEquals("KWD", told.currency());
        assertEquals(3, told.currencyExponent());
        assertEquals(-1_500, told.amountMinor());
        assertEquals(9, told.poolVersion());
        assertEquals(IN_JANUARY, told.occurredAt());
        assertEquals(1, told.line());
        assertEquals("Credit", told.chargeCategory());
        assertEquals("Correction", told.chargeClass());
        assertEquals("2026-01", told.billingPeriod());
        assertEquals("invoice 1", told.invoiceId());
        assertEquals("why 9", told.description());
        assertEquals("PO 1", told.poNumber());
        assertEquals("CC 1", told.costCentre());
        assertEquals(entryId(1), told.creditedEntryId());
        assertEquals("somebody", told.createdBy());
    }

    @Test
    void anAmountBeyond64BitsIsNotAnnouncedAsAnotherOne() {
        var charge = Charge.purchase(billable(1, 1_000_000_000_000L, "92233720.36", "INR", JANUARY));

        assertThrows(ArithmeticException.class, charge::recorded);
    }

    private static OpenPurchases open(Purchase... purchases) {
        return new OpenPurchases(List.of(purchases));
    }

    private static Purchase purchase(long version, long points, String price) {
        return new Purchase(
                entryId(version),
                version,
                JANUARY,
                points,
                Price.of(price, "INR"),
                "invoice " + version,
                "PO " + version,
                null);
    }

    private static Billable clawback(long version, long points) {
        return billable(version, points, "7.00", "INR", JANUARY);
    }

    private static Billable billable(long version, long points, String price, String currency, Period period) {
        return new Billable(
                eventId(version),
                TENANT,
                version,
                points,
                IN_JANUARY,
                period,
                Price.of(price, currency),
                "why " + version,
                "PO",
                "CC",
                CAUSE);
    }

    private static UUID entryId(long version) {
        return new UUID(2, version);
    }

    private static UUID eventId(long version) {
        return new UUID(3, version);
    }
}
