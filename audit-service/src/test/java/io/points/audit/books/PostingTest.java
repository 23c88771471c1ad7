package io.points.audit.books;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.audit.books.Posting.Move;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PostingTest {

    private static final UUID TENANT = new UUID(1, 1);

    @Test
    void leavesThatMoveNothingMakeTheCutLarger() {
        var posting = post(Books.empty(TENANT), Map.of(), 7);
        assertEquals(new Books(TENANT, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), posting.books());
        assertEquals(Optional.of(posting.books()), posting.cut());
    }

    @Test
    void nothingIsCutBeforeTheFirstLeaf() {
        assertEquals(
                Optional.empty(),
                post(Books.empty(TENANT), Map.of(), 1, credit(0, "a", 5)).cut());
    }

    @Test
    void everyMovementFindsItsPlace() {
        var posting = post(
                Books.empty(TENANT),
                Map.of(),
                6,
                allocation(0, 100, 1),
                clawback(1, 10, 2),
                debit(2, "a", 30, 3),
                credit(3, "a", 20),
                new Move(4, "b", 0, 0, 0, -5, 5, 0, 0, null, null, false),
                new Move(5, "c", 0, 0, 4, -4, 0, 0, 0, null, null, false));
        assertEquals(new Books(TENANT, 6, 100, 10, 60, 14, -9, 25, 0, 0, 0, 3, 3, 60), posting.books());
        assertEquals(Map.of("x1", 0L, "x2", 0L, "a", 10L, "b", 0L, "c", 4L), posting.transit());
        assertTrue(posting.books().balances());
        assertEquals(Optional.of(posting.books()), posting.cut());
    }

    @Test
    void theCutEndsBeforeACreditWhoseDebitIsNotThere() {
        var posting = post(Books.empty(TENANT), Map.of(), 4, allocation(0, 100, 1), credit(2, "a", 30));
        assertEquals(30, posting.books().creditedEarly());
        assertFalse(posting.books().isWhole());
        assertEquals(2, posting.cut().orElseThrow().treeSize());
        assertEquals(0, posting.cut().orElseThrow().earned());
    }

    @Test
    void aDebitThatComesLaterMakesItWholeAgain() {
        var early = post(Books.empty(TENANT), Map.of(), 2, allocation(0, 100, 1), credit(1, "a", 30));
        var later = post(early.books(), Map.of("a", -30L), 4, debit(3, "a", 30, 2));
        assertEquals(0, later.books().creditedEarly());
        assertEquals(0, later.books().inFlight());
        assertEquals(4, later.cut().orElseThrow().treeSize());
        assertEquals(Map.of("a", 0L), later.transit());
    }

    @Test
    void anEntryOfThePoolThatIsMissingEndsTheCut() {
        var posting = post(Books.empty(TENANT), Map.of(), 3, allocation(0, 100, 1), clawback(1, 10, 3));
        assertEquals(1, posting.cut().orElseThrow().treeSize());
        var whole = post(posting.books(), Map.of(), 4, clawback(3, 5, 2));
        assertEquals(4, whole.cut().orElseThrow().treeSize());
        assertEquals(3, whole.books().poolVersion());
    }

    @Test
    void anAdjustmentMakesUpForEntriesThatNobodyTold() {
        var gap = post(Books.empty(TENANT), Map.of(), 2, allocation(0, 100, 1), clawback(1, 10, 3));
        var mended = post(gap.books(), Map.of(), 3, adjustment(2, 4, 90));
        assertEquals(3, mended.cut().orElseThrow().treeSize());
        assertEquals(90, mended.books().poolBalance());
        assertTrue(mended.books().balances());
    }

    @Test
    void anAdjustmentThatIsHeardLateTakesNoEntryAway() {
        var posting =
                post(Books.empty(TENANT), Map.of(), 3, allocation(0, 100, 1), clawback(1, 1, 3), adjustment(2, 2, 100));
        assertEquals(3, posting.books().poolEntries());
        assertEquals(99, posting.books().poolBalance());
    }

    @Test
    void whatThePoolStatesMustBeWhatItsMovementsAddUpTo() {
        var posting = post(Books.empty(TENANT), Map.of(), 1, new Move(0, "x", 5, 5, 0, 0, 0, 0, 0, 1L, 6L, false));
        assertFalse(posting.books().balances());
        assertTrue(Books.empty(TENANT).balances());
        assertFalse(new Books(TENANT, 1, 5, 0, 5, 1, 0, 0, 0, 0, 0, 1, 1, 5).balances());
    }

    @Test
    void aPoolThatStatesNoBalanceKeepsTheOneBefore() {
        var posting = post(Books.empty(TENANT), Map.of(), 1, new Move(0, "x", 5, 5, 0, 0, 0, 0, 0, 1L, null, false));
        assertEquals(0, posting.books().poolBalance());
    }

    /** Several moves of one leaf are one step: the books are not cut between them. */
    @Test
    void nothingIsCutWithinALeaf() {
        var posting = post(
                Books.empty(TENANT),
                Map.of(),
                2,
                allocation(0, 100, 1),
                new Move(1, "a", 0, 0, -30, 0, 30, 0, 0, null, null, false),
                new Move(1, "a", 0, -30, 30, 0, 0, 0, 0, 2L, 70L, false));
        assertEquals(2, posting.cut().orElseThrow().treeSize());
        assertEquals(30, posting.cut().orElseThrow().earned());
        var half = post(
                Books.empty(TENANT),
                Map.of(),
                2,
                allocation(0, 100, 1),
                new Move(1, "b", 0, -5, 5, 0, 0, 0, 0, 2L, 95L, false),
                new Move(1, "a", 0, 0, -30, 0, 30, 0, 0, null, null, false));
        assertEquals(1, half.cut().orElseThrow().treeSize());
        assertEquals(100, half.cut().orElseThrow().pool());
    }

    @Test
    void booksThatWereWholeBeforeAreACutOfTheirOwn() {
        var whole =
                post(Books.empty(TENANT), Map.of(), 1, allocation(0, 100, 1)).books();
        var posting = post(whole, Map.of(), 2, credit(1, "a", 30));
        assertEquals(Optional.of(whole), posting.cut());
        assertEquals(
                Optional.empty(),
                post(Books.empty(TENANT), Map.of(), 1, credit(0, "a", 30)).cut(),
                "of no leaves there are no books");
    }

    @Test
    void anEntryThatIsHeardTwiceOrLateDoesNotTurnThePoolBack() {
        var posting = post(Books.empty(TENANT), Map.of(), 2, allocation(0, 100, 1), clawback(1, 10, 2));
        var same = post(posting.books(), Map.of(), 3, new Move(2, "x", 0, 0, 0, 0, 0, 0, 0, 2L, 7L, false));
        assertEquals(2, same.books().poolVersion());
        assertEquals(90, same.books().poolBalance(), "version 2 was there before");
        var next = post(posting.books(), Map.of(), 3, new Move(2, "x", 0, 0, 0, 0, 0, 0, 0, 3L, 7L, false));
        assertEquals(3, next.books().poolVersion());
        assertEquals(7, next.books().poolBalance());
    }

    @Test
    void aSumBeyondAllBoundsIsAnError() {
        var rich = new Books(TENANT, 1, Long.MAX_VALUE, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        assertThrows(ArithmeticException.class, () -> post(rich, Map.of(), 2, allocation(1, 1, 1)));
    }

    private static Posting post(Books books, Map<String, Long> transit, long size, Move... moves) {
        var posting = new Posting(books, transit);
        posting.post(List.of(moves), size);
        return posting;
    }

    private static Move allocation(long leaf, long amount, long version) {
        return new Move(leaf, "x1", amount, amount, 0, 0, 0, 0, 0, version, amount, false);
    }

    private static Move clawback(long leaf, long amount, long version) {
        return new Move(leaf, "x2", -amount, -amount, 0, 0, 0, 0, 0, version, 100 - amount, false);
    }

    private static Move debit(long leaf, String subject, long amount, long version) {
        return new Move(leaf, subject, 0, -amount, amount, 0, 0, 0, 0, version, 90 - amount, false);
    }

    private static Move credit(long leaf, String subject, long amount) {
        return new Move(leaf, subject, 0, 0, -amount, 0, amount, 0, 0, null, null, false);
    }

    private static Move adjustment(long leaf, long version, long balance) {
        return new Move(leaf, "mend", 0, 0, 0, 0, 0, 0, 0, version, balance, true);
    }
}
