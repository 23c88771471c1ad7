package io.points.audit.books;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.points.audit.books.Compared.Alert;
import io.points.audit.books.Compared.Settled;
import io.points.audit.books.Compared.Stale;
import io.points.audit.books.Compared.Told;
import io.points.audit.books.Compared.Verdict;
import io.points.audit.books.Compared.Wait;
import io.points.contract.Account;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A balance that was compared at its third entry, when it was 100, and is attested again. */
class ComparedTest {

    private static final Instant THEN = Instant.parse("2026-11-25T10:00:00Z");
    private static final Instant NOW = THEN.plusSeconds(600);
    private static final Told NOTHING = new Told(0, 0, false);
    private static final Told TWO = new Told(2, 20, false);

    @Test
    void whatHasNotChangedIsSettled() {
        assertEquals(
                new Settled(at(3, 3, 100, Difference.NONE)), verdict(known(0, 0, 0), attested(3, 100, 100), NOTHING));
    }

    @Test
    void whatHasMovedAsToldIsSettled() {
        assertEquals(new Settled(at(5, 5, 120, Difference.NONE)), verdict(known(0, 0, 0), attested(5, 120, 120), TWO));
        assertEquals(new Settled(at(2, 2, 20, Difference.NONE)), verdict(Compared.NEVER, attested(2, 20, 20), TWO));
    }

    @Test
    void whatWasAttestedBeforeTheLastIsStale() {
        var earlier = new Attested(key(), new UUID(4, 4), 2, 90, 90, THEN);
        assertEquals(new Stale(), known(0, 0, 0).with(earlier, NOTHING, false));
    }

    @Test
    void aChangedRowIsAnAlertAtOnce() {
        var found = new Difference(500, 0, 0);
        assertEquals(new Alert(at(3, 3, 100, found)), verdict(known(0, 0, 0), attested(3, 600, 100), NOTHING));
    }

    @Test
    void aStrayEntryIsWaitedForFirst() {
        var attested = attested(4, 600, 600);
        assertEquals(new Wait(), verdict(known(0, 0, 0), attested, NOTHING));
        var alert = (Alert) known(0, 0, 0).with(attested, NOTHING, true);
        assertEquals(at(4, 3, 100, new Difference(500, 500, 1)), alert.now());
        assertEquals("entry-missing", alert.kind());
    }

    @Test
    void whatWasSaidIsNotSaidAgain() {
        var found = new Difference(500, 500, 1);
        assertEquals(
                new Settled(at(5, 4, 120, found)),
                verdict(new Compared(3, 2, 100, THEN, found), attested(5, 620, 620), TWO));
    }

    @Test
    void anotherDifferenceIsSaid() {
        assertEquals(
                new Alert(at(3, 3, 100, new Difference(501, 0, 0))),
                verdict(known(500, 0, 0), attested(3, 601, 100), NOTHING));
    }

    @Test
    void moreThatIsMissingIsWaitedForAgain() {
        assertEquals(
                new Wait(),
                verdict(new Compared(3, 2, 100, THEN, new Difference(5, 5, 1)), attested(4, 111, 111), NOTHING));
    }

    @Test
    void whatIsGoneIsForgottenSoThatItWouldBeSaidAgain() {
        var settled = (Settled) verdict(known(500, 0, 0), attested(3, 100, 100), NOTHING);
        assertEquals(Difference.NONE, settled.now().known());
    }

    @Test
    void anEntryThatComesLateEndsTheDifference() {
        var before = new Compared(4, 3, 100, THEN, new Difference(500, 500, 1));
        assertEquals(
                new Settled(at(4, 4, 600, Difference.NONE)),
                verdict(before, attested(4, 600, 600), new Told(1, 500, false)));
    }

    @Test
    void aBalanceThatWasSetBackIsAnAlert() {
        var alert = (Alert) verdict(known(0, 0, 0), attested(2, 90, 90), NOTHING);
        assertEquals(at(3, 3, 100, new Difference(-10, -10, -1)), alert.now());
        assertEquals("balance-differs", alert.kind());
    }

    /** Never attested before; events told of three entries long before it was attested at the second. */
    @Test
    void aBalanceThatWasSetBackBeforeItsFirstAttestationIsAnAlert() {
        var alert = (Alert) verdict(Compared.NEVER, attested(2, 20, 20), new Told(3, 27, false));
        assertEquals(at(2, 3, 27, new Difference(-7, -7, -1)), alert.now());
        assertEquals("balance-differs", alert.kind());
    }

    @Test
    void whatIsBeyondALongIsRefusedInsteadOfWrapped() {
        var full = new Compared(3, 3, Long.MAX_VALUE, THEN, Difference.NONE);
        assertThrows(ArithmeticException.class, () -> verdict(full, attested(4, 1, 1), new Told(1, 1, false)));
        var empty = new Compared(3, 3, -2, THEN, Difference.NONE);
        assertThrows(ArithmeticException.class, () -> verdict(empty, attested(3, Long.MAX_VALUE, 0), NOTHING));
        assertThrows(ArithmeticException.class, () -> verdict(empty, attested(3, 0, Long.MAX_VALUE), NOTHING));
    }

    @Test
    void anEntryThatIsToldTwiceIsAnAlert() {
        var alert = (Alert) verdict(known(0, 0, 0), attested(3, 100, 100), new Told(1, 7, false));
        assertEquals(new Difference(-7, -7, -1), alert.now().known());
    }

    @Test
    void anAdjustmentMakesUpForWhatNobodyTold() {
        var before = new Compared(4, 3, 100, THEN, new Difference(500, 500, 1));
        assertEquals(
                new Settled(at(5, 5, 100, Difference.NONE)),
                verdict(before, attested(5, 100, 100), new Told(1, 0, true)));
    }

    /** It makes up for what was not told if row and entries are right again, and for nothing else. */
    @Test
    void anAdjustmentMakesUpForNothingThatIsStillWrong() {
        var mends = new Told(1, 0, true);
        assertEquals(
                new Settled(at(6, 6, 100, Difference.NONE)), verdict(known(0, 0, 0), attested(6, 100, 100), mends));
        var sum = (Alert) known(0, 0, 0).with(attested(6, 100, 101), mends, true);
        assertEquals(at(6, 4, 100, new Difference(0, 1, 2)), sum.now());
        assertEquals("entry-missing", sum.kind());
        var stored = (Alert) known(0, 0, 0).with(attested(6, 101, 100), mends, true);
        assertEquals(at(6, 4, 100, new Difference(1, 0, 2)), stored.now());
    }

    @Test
    void anAlertIsNamedAfterWhetherEntriesAreMissing() {
        assertEquals("entry-missing", new Alert(at(4, 3, 100, new Difference(1, 1, 1))).kind());
        assertEquals("balance-differs", new Alert(at(3, 3, 100, new Difference(1, 1, 0))).kind());
        assertEquals("balance-differs", new Alert(at(3, 3, 100, new Difference(1, 1, -1))).kind());
    }

    @Test
    void whatWasAttestedAtTheSameMomentIsStaleAndAMomentLaterIsNot() {
        var same = new Attested(key(), new UUID(4, 4), 3, 100, 100, THEN);
        assertEquals(new Stale(), known(0, 0, 0).with(same, NOTHING, false));
        var later = new Attested(key(), new UUID(4, 4), 3, 100, 100, THEN.plusNanos(1));
        assertEquals(
                new Settled(new Compared(3, 3, 100, THEN.plusNanos(1), Difference.NONE)),
                known(0, 0, 0).with(later, NOTHING, false));
    }

    @Test
    void anAdjustmentThatDoesNotBringTheBalanceBackIsAnAlert() {
        var before = new Compared(3, 3, 100, THEN, new Difference(500, 0, 0));
        assertEquals(
                new Alert(at(4, 4, 100, new Difference(1, 1, 0))),
                verdict(before, attested(4, 101, 101), new Told(1, 0, true)));
        assertEquals(
                new Alert(at(4, 4, 100, new Difference(0, 1, 0))),
                verdict(before, attested(4, 100, 101), new Told(1, 0, true)));
    }

    private static Verdict verdict(Compared before, Attested attested, Told told) {
        return before.with(attested, told, false);
    }

    private static Compared known(long stored, long sum, long missing) {
        return new Compared(3, 3, 100, THEN, new Difference(stored, sum, missing));
    }

    private static Compared at(long number, long entries, long balance, Difference known) {
        return new Compared(number, entries, balance, NOW, known);
    }

    private static Attested attested(long number, long stored, long sum) {
        return new Attested(key(), new UUID(4, 4), number, stored, sum, NOW);
    }

    private static Attested.Key key() {
        return new Attested.Key(new UUID(1, 1), Account.EARNED, new UUID(2, 2));
    }
}
