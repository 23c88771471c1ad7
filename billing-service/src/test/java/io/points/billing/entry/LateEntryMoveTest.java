package io.points.billing.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.points.billing.Period;
import io.points.billing.Price;
import io.points.billing.entry.LateEntryMove.Booking;
import io.points.billing.entry.LateEntryMove.Change;
import io.points.contract.Ids;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How late entries get into their month, and which of them cannot go without others. */
class LateEntryMoveTest {

    private static final Period DECEMBER = Period.parse("2025-12");
    private static final Period JANUARY = DECEMBER.next();
    private static final Period FEBRUARY = JANUARY.next();
    private static final Period MARCH = FEBRUARY.next();

    @Test
    void eachEntryIsReversedAndBookedAgain() {
        var move = move(purchase(1, 40, FEBRUARY));

        assertEquals(
                List.of(
                        new Booking(id(1, 1), LateEntryMove.reversalId(id(1, 1)), 2, true, "Correction"),
                        new Booking(id(1, 1), LateEntryMove.rebookingId(id(1, 1)), 3, false, null)),
                move.bookings());
        assertEquals(
                List.of(
                        new Change(JANUARY, "INR", BigInteger.valueOf(4_000)),
                        new Change(FEBRUARY, "INR", BigInteger.valueOf(-4_000))),
                move.changes());
        assertNull(move.missing(Map.of(FEBRUARY, 40L)));
    }

    /** So that nothing is moved twice, whoever asks for it. */
    @Test
    void theIdsOfAPairFollowFromTheOriginals() {
        assertEquals(Ids.derive(id(1, 1), "BillingEntryReversed"), LateEntryMove.reversalId(id(1, 1)));
        assertEquals(Ids.derive(id(1, 1), "BillingEntryRebooked"), LateEntryMove.rebookingId(id(1, 1)));
    }

    /** The lines of an event are counted on: 1 and 2 become 3 to 6. */
    @Test
    void noTwoLinesOfAnEventHaveTheSameNumber() {
        var lines = move(
                        credit(9, 1, 5, id(1, 1), FEBRUARY),
                        credit(9, 2, 6, id(2, 1), DECEMBER),
                        purchase(10, 1, MARCH))
                .bookings()
                .stream()
                .map(Booking::line)
                .toList();

        assertEquals(List.of(3, 5, 4, 6, 2, 3), lines);
    }

    @Test
    void onlyACreditOfAnEarlierMonthsPurchaseIsACorrectionInItsOwnMonth() {
        var classes = move(
                        purchase(1, 40, FEBRUARY),
                        credit(2, 1, 5, id(1, 1), FEBRUARY),
                        credit(3, 1, 6, id(7, 1), JANUARY),
                        credit(4, 1, 7, id(8, 1), DECEMBER))
                .bookings()
                .stream()
                .filter(it -> !it.isReversal())
                .map(Booking::chargeClass)
                .toList();

        assertEquals(Arrays.asList(null, null, null, "Correction"), classes);
    }

    @Test
    void aCreditDoesNotGoBeforeItsPurchase() {
        var credit = credit(2, 1, 5, id(1, 1), FEBRUARY);
        var pool = Map.of(DECEMBER, 100L, FEBRUARY, 35L);

        assertEquals(
                "Entry %s credits entry %s, which is booked in 2026-02: move that one too."
                        .formatted(id(2, 1), id(1, 1)),
                move(credit).missing(pool));
        assertNull(move(purchase(1, 40, FEBRUARY), credit).missing(pool));
        assertNull(move(credit(2, 1, 5, id(1, 1), JANUARY)).missing(pool));
        assertNull(move(credit(2, 1, 5, id(1, 1), DECEMBER)).missing(pool));
    }

    @Test
    void noMonthClosesWithLessThanNothing() {
        var credit = credit(2, 1, 31, id(1, 1), DECEMBER);

        assertNull(move(credit).missing(Map.of(DECEMBER, 31L, FEBRUARY, -31L)));
        assertEquals(
                "The pool would close 2026-01 with -1 points: what it was clawed back from is counted in a later month.",
                move(credit).missing(Map.of(DECEMBER, 30L, FEBRUARY, -30L)));
    }

    /** The month to which it goes can afford it, the one after it cannot. */
    @Test
    void theMonthsBetweenAreLookedAtToo() {
        var credit = credit(2, 1, 30, id(1, 1), DECEMBER, MARCH);

        assertNull(move(credit).missing(Map.of(JANUARY, 30L, FEBRUARY, 5L, MARCH, -35L)));
        assertEquals(
                "The pool would close 2026-02 with -5 points: what it was clawed back from is counted in a later month.",
                move(credit).missing(Map.of(JANUARY, 30L, FEBRUARY, -5L, MARCH, 5L)));
    }

    /** What is so already is nobody's fault, as long as the move does not make it worse. */
    @Test
    void aPoolThatIsShortAnywayMayGetSomething() {
        var pool = Map.of(JANUARY, -50L, FEBRUARY, 90L);

        assertNull(move(purchase(1, 40, FEBRUARY)).missing(pool));
        assertNull(move(purchase(1, 40, FEBRUARY), credit(2, 1, 40, id(1, 1), FEBRUARY))
                .missing(pool));
        assertEquals(
                "The pool would close 2026-01 with -51 points: what it was clawed back from is counted in a later month.",
                move(purchase(1, 40, FEBRUARY), credit(2, 1, 41, id(1, 1), FEBRUARY))
                        .missing(pool));
    }

    @Test
    void nothingIsMovedByNothing() {
        assertEquals(List.of(), move().bookings());
        assertEquals(List.of(), move().changes());
        assertNull(move().missing(Map.of()));
    }

    /** Balances by adding up every month anew, against the running sums of the rule. */
    @Test
    void whatIsAllowedLeavesEveryMonthWithAtLeastWhatItHad() {
        var random = new Random(47);
        int refused = 0;
        for (int run = 0; run < 2_000; run++) {
            var pool = new TreeMap<Period, Long>();
            for (var month : List.of(DECEMBER, JANUARY, FEBRUARY, MARCH)) {
                if (random.nextInt(4) > 0) {
                    pool.put(month, random.nextLong(21) - 8);
                }
            }
            var late = new ArrayList<LateEntry>();
            for (int version = 1; version <= random.nextInt(5); version++) {
                var booked = random.nextBoolean() ? FEBRUARY : MARCH;
                long points = 1 + random.nextLong(9);
                late.add(
                        random.nextBoolean()
                                ? purchase(version, points, booked)
                                : credit(version, 1, points, id(99, 1), DECEMBER, booked));
            }
            var after = new TreeMap<>(pool);
            for (var one : late) {
                after.merge(JANUARY, one.entry().points(), Long::sum);
                after.merge(one.bookedIn(), -one.entry().points(), Long::sum);
            }
            boolean isShort = List.of(DECEMBER, JANUARY, FEBRUARY, MARCH).stream()
                    .anyMatch(month -> closing(after, month) < 0 && closing(after, month) < closing(pool, month));
            var missing = move(late.toArray(LateEntry[]::new)).missing(pool);
            assertEquals(isShort, missing != null, () -> pool + " " + late);
            refused += missing == null ? 0 : 1;
        }
        assertEquals(true, refused > 100 && refused < 1_900, "both happen: " + refused);
    }

    private static long closing(TreeMap<Period, Long> pool, Period month) {
        return pool.headMap(month, true).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private static LateEntryMove move(LateEntry... late) {
        return new LateEntryMove(JANUARY, List.of(late));
    }

    private static LateEntry purchase(int version, long points, Period booked) {
        return new LateEntry(entry(version, 1, "Purchase", points, null, booked), null);
    }

    private static LateEntry credit(int version, int line, long points, UUID purchase, Period purchasedIn) {
        return credit(version, line, points, purchase, purchasedIn, FEBRUARY);
    }

    private static LateEntry credit(
            int version, int line, long points, UUID purchase, Period purchasedIn, Period booked) {
        return new LateEntry(entry(version, line, "Credit", -points, purchase, booked), purchasedIn);
    }

    private static UUID id(int version, int line) {
        return new UUID(version, line);
    }

    private static EntryView entry(
            int version, int line, String category, long points, @Nullable UUID credited, Period booked) {
        var price = Price.of("1.00", "INR");
        var amount = price.amountMinor(points);
        var time = Instant.parse("2026-01-31T23:00:00Z");
        return new EntryView(
                id(version, line),
                new UUID(version, 0),
                new UUID(5, 5),
                points > 0 ? "allocation" : "clawback",
                points,
                "1.00",
                "INR",
                amount,
                Price.major(amount, price.currency()).toPlainString(),
                version,
                time,
                time,
                points > 0 ? "Invoice" : null,
                points > 0 ? null : "unused",
                "somebody",
                line,
                category,
                "Correction",
                booked.toString(),
                "Invoice",
                null,
                null,
                credited,
                EntryView.proofOf(id(version, line)),
                null,
                null,
                null);
    }
}
