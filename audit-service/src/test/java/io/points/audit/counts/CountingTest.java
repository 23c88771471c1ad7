package io.points.audit.counts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.audit.counts.Counting.Counted;
import io.points.audit.counts.Counting.Owed;
import io.points.audit.counts.Counts.Kind;
import io.points.audit.counts.Counts.Sum;
import io.points.contract.Topic;
import io.points.testing.ArchitectureRules;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CountingTest {

    private static final UUID TENANT = new UUID(1, 1);

    @Test
    void recordsAreCountedInPlainJava() {
        new ArchitectureRules("io.points.audit").plainJava(Counts.class, Counting.class);
    }

    @Test
    void leavesThatDoNotCountAreNoCut() {
        var counting = count(Counts.none(TENANT), Map.of(), 7);
        assertEquals(7, counting.counts().treeSize());
        assertEquals(Optional.empty(), counting.cut(), "there is nothing to compare");
    }

    @Test
    void eachKindHasItsSum() {
        var counting = count(
                Counts.none(TENANT),
                Map.of(),
                9,
                allocated(0, 100, 1),
                entry(1, "INR", 100, 12_500, 1),
                debited(2, 30, 2),
                clawedBack(3, 50, 3),
                entry(4, "INR", -40, -5_000, 3),
                entry(5, "EUR", -10, -7, 3),
                allocated(6, 1, 4),
                entry(7, "INR", 1, 125, 4));
        var cut = counting.cut().orElseThrow();
        assertEquals(counting.counts(), cut);
        assertEquals(9, cut.treeSize());
        assertEquals(4, cut.poolVersion());
        assertEquals(0, cut.madeUp());
        assertEquals(
                Map.of(
                        event("PointsAllocated"), sum(2, 101),
                        event("PointsClawedBack"), sum(1, 50),
                        event("PoolDebited"), sum(1, 30),
                        billed("INR"), sum(3, 61, 7_625),
                        billed("EUR"), sum(1, -10, -7)),
                cut.sums());
        assertEquals(Map.of(1L, new Owed(100, 100), 3L, new Owed(-50, -50), 4L, new Owed(1, 1)), counting.unbilled());
    }

    @Test
    void sumsDoNotEnd() {
        var counts = Counts.none(TENANT);
        for (int i = 0; i < 3; i++) {
            counts = count(counts, Map.of(), i + 1, debited(i, Long.MAX_VALUE, i + 1))
                    .counts();
        }
        assertEquals(
                BigInteger.valueOf(Long.MAX_VALUE).multiply(BigInteger.valueOf(3)),
                counts.sums().get(event("PoolDebited")).points());
        assertNull(counts.sums().get(event("PoolDebited")).amountMinor());
    }

    @Test
    void theCutEndsBeforeWhatIsNotBilled() {
        var counting = count(
                Counts.none(TENANT), Map.of(), 5, allocated(0, 100, 1), entry(1, "INR", 100, 1, 1), allocated(3, 5, 2));
        assertEquals(1, counting.counts().unbilled());
        assertEquals(Map.of(1L, new Owed(100, 100), 2L, new Owed(5, 0)), counting.unbilled());
        assertEquals(3, counting.cut().orElseThrow().treeSize());
        assertEquals(1, counting.cut().orElseThrow().poolVersion());

        var later = count(counting.counts(), Map.of(2L, new Owed(5, 0)), 6, entry(5, "INR", 5, 1, 2));
        assertEquals(0, later.counts().unbilled());
        assertEquals(6, later.cut().orElseThrow().treeSize());
        assertEquals(Map.of(2L, new Owed(5, 5)), later.unbilled());
    }

    @Test
    void halfAnEntryIsNoEntry() {
        var counting = count(
                Counts.none(TENANT), Map.of(), 3, clawedBack(0, 50, 1), entry(1, "INR", -20, -1, 1), debited(2, 1, 2));
        assertEquals(Map.of(1L, new Owed(-50, -20)), counting.unbilled());
        assertEquals(Optional.empty(), counting.cut());
        assertEquals(1, counting.counts().unbilled());
    }

    @Test
    void anEntryWithoutItsEventIsNoCut() {
        var counting = count(Counts.none(TENANT), Map.of(), 2, debited(0, 9, 1), entry(1, "INR", 20, 1, 2));
        assertEquals(1, counting.cut().orElseThrow().treeSize());
        assertEquals(1, counting.counts().unbilled());
        var whole = count(counting.counts(), counting.unbilled(), 3, allocated(2, 20, 2));
        assertEquals(3, whole.cut().orElseThrow().treeSize());
    }

    @Test
    void aVersionThatIsMissingEndsTheCut() {
        var counting = count(Counts.none(TENANT), Map.of(), 2, debited(0, 9, 1), debited(1, 9, 3));
        assertEquals(1, counting.cut().orElseThrow().treeSize());
        assertFalse(counting.counts().isWhole());
        var whole = count(counting.counts(), Map.of(), 3, debited(2, 4, 2)).counts();
        assertTrue(whole.isWhole());
        assertEquals(3, whole.poolVersion());
    }

    @Test
    void anAdjustmentMakesUpForWhatNobodyTold() {
        var counting = count(Counts.none(TENANT), Map.of(), 2, debited(0, 9, 1), adjusted(1, 4));
        var cut = counting.cut().orElseThrow();
        assertEquals(2, cut.madeUp());
        assertEquals(4, cut.poolVersion());
        assertEquals(sum(1, 0), cut.sums().get(event("PoolAdjusted")));

        var late = count(cut, Map.of(), 3, debited(2, 7, 2)).counts();
        assertEquals(1, late.madeUp());
        assertTrue(late.isWhole());
        var missing = count(late, Map.of(), 4, debited(3, 7, 6)).counts();
        assertFalse(missing.isWhole(), "what came late does not stand for version 5");
        var again = count(missing, Map.of(), 5, adjusted(4, 7)).counts();
        assertEquals(2, again.madeUp());
        assertTrue(again.isWhole());
        var earlier = count(again, Map.of(), 6, adjusted(5, 5)).counts();
        assertEquals(1, earlier.madeUp());
        assertEquals(7, earlier.adjustedAt());
    }

    @Test
    void whatIsToldTwiceIsMissingNoLess() {
        var adjusted = count(Counts.none(TENANT), Map.of(), 1, adjusted(0, 2)).counts();
        assertEquals(1, adjusted.madeUp());
        var told =
                count(adjusted, Map.of(), 3, debited(1, 1, 1), debited(2, 1, 1)).counts();
        assertEquals(0, told.madeUp());
        assertEquals(2, told.poolVersion());
        assertEquals(0, count(told, Map.of(), 4, adjusted(3, 3)).counts().madeUp(), "never less than none");
        assertEquals(1, count(adjusted, Map.of(), 2, debited(1, 1, 2)).counts().madeUp(), "it is the adjustment's own");
    }

    @Test
    void whatIsOwedIsNeverWrong() {
        var counts = Counts.none(TENANT);
        assertThrows(
                ArithmeticException.class,
                () -> count(counts, Map.of(1L, new Owed(Long.MAX_VALUE, 0)), 1, allocated(0, 1, 1)));
    }

    private static Counting count(Counts counts, Map<Long, Owed> unbilled, long treeSize, Counted... leaves) {
        var counting = new Counting(counts, unbilled);
        counting.count(List.of(leaves), treeSize);
        return counting;
    }

    private static Counted allocated(long leaf, long points, long version) {
        return Counted.event(leaf, "PointsAllocated", points, version, points, false);
    }

    private static Counted clawedBack(long leaf, long points, long version) {
        return Counted.event(leaf, "PointsClawedBack", points, version, -points, false);
    }

    private static Counted debited(long leaf, long points, long version) {
        return Counted.event(leaf, "PoolDebited", points, version, 0, false);
    }

    private static Counted adjusted(long leaf, long version) {
        return Counted.event(leaf, "PoolAdjusted", 0, version, 0, true);
    }

    private static Counted entry(long leaf, String currency, long points, long amount, long version) {
        return Counted.entry(leaf, currency, points, amount, version);
    }

    private static Kind event(String type) {
        return new Kind(Topic.POOL_EVENTS, type);
    }

    private static Kind billed(String currency) {
        return new Kind(Topic.BILLING_ENTRIES, currency);
    }

    private static Sum sum(long records, long points) {
        return new Sum(records, BigInteger.valueOf(points), null);
    }

    private static Sum sum(long records, long points, long amount) {
        return new Sum(records, BigInteger.valueOf(points), BigInteger.valueOf(amount));
    }
}
