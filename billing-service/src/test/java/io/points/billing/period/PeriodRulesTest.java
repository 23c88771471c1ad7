package io.points.billing.period;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.billing.Period;
import io.points.billing.period.PeriodHistory.Action;
import io.points.billing.period.PeriodHistory.State;
import io.points.billing.period.PeriodHistory.Step;
import io.points.billing.period.PeriodRules.Decision;
import io.points.billing.period.PeriodRules.Done;
import io.points.billing.period.PeriodRules.Refusal;
import io.points.billing.period.PeriodRules.Refused;
import io.points.billing.period.PeriodRules.Unchanged;
import io.points.billing.statement.Document;
import io.points.billing.statement.Revision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PeriodRulesTest {

    private static final UUID ANNA = new UUID(1, 1);
    private static final UUID BEN = new UUID(2, 2);
    private static final Document DOCUMENT = new Document("{}", "d".repeat(64));
    private static final PeriodCompleteness ALL = new PeriodCompleteness(7, 7, 0);

    private static final PeriodHistory OPEN = new PeriodHistory(List.of(), 0);
    private static final PeriodHistory SOFT_CLOSED = after(OPEN, Action.SOFT_CLOSED, ANNA);
    private static final PeriodHistory CLOSED = after(SOFT_CLOSED, Action.CLOSED, ANNA);
    private static final PeriodHistory PROPOSED = after(CLOSED, Action.REOPENING_PROPOSED, ANNA);
    private static final PeriodHistory REOPENED = after(PROPOSED, Action.REOPENED, BEN);
    private static final PeriodHistory REJECTED = after(PROPOSED, Action.REOPENING_REJECTED, BEN);

    private static final Surroundings OVER = new Surroundings(true, true, true, false);
    private static final Surroundings RUNNING = new Surroundings(true, true, false, false);
    private static final Surroundings FUTURE = new Surroundings(true, false, false, false);
    private static final Surroundings BEFORE_TENANT = new Surroundings(false, true, true, false);
    private static final Surroundings LATER_CLOSED = new Surroundings(true, true, true, true);

    private static final EarlierMonths NONE = new EarlierMonths(List.of(), null);
    private static final Period DECEMBER = Period.parse("2025-12");

    @Test
    void aMonthGoesThroughItsStates() {
        assertEquals(State.OPEN, OPEN.state());
        assertEquals(State.SOFT_CLOSED, SOFT_CLOSED.state());
        assertEquals(State.CLOSED, CLOSED.state());
        assertEquals(State.CLOSED, PROPOSED.state(), "a proposal reopens nothing");
        assertEquals(State.OPEN, REOPENED.state());
    }

    @Test
    void onlyAClosedMonthHasADocument() {
        assertNull(OPEN.document());
        assertNull(SOFT_CLOSED.document());
        assertEquals(DOCUMENT, CLOSED.document());
        assertEquals(DOCUMENT, PROPOSED.document());
        assertNull(REOPENED.document());
    }

    @Test
    void theDocumentIsThatOfTheNewestClosing() {
        var newest = new Document("{}", "e".repeat(64));
        var again = new ArrayList<>(after(REOPENED, Action.SOFT_CLOSED, ANNA).steps());
        again.add(new Step(6, Action.CLOSED, "again", ANNA, Instant.EPOCH, newest, 2));

        assertEquals(newest, new PeriodHistory(again, 3).document());
    }

    @Test
    void everyStatementThatWasIssuedStays() {
        var at = Instant.parse("2026-02-03T09:00:00Z");
        var newest = new Document("{2}", "e".repeat(64));
        var twice = after(REOPENED, Action.SOFT_CLOSED, ANNA)
                .after(new Step(6, Action.CLOSED, "again", BEN, at, newest, 2));

        assertEquals(List.of(), SOFT_CLOSED.revisions());
        assertEquals(
                List.of(
                        new Revision(1, Instant.EPOCH, ANNA, DOCUMENT.sha256()),
                        new Revision(2, at, BEN, newest.sha256())),
                twice.revisions());
        assertEquals(List.of(twice.revisions().get(0)), REOPENED.revisions(), "reopened, it still stands");
        assertEquals(DOCUMENT, REOPENED.document(1));
        assertEquals(DOCUMENT, twice.document(1));
        assertEquals(newest, twice.document(2));
        for (long unknown : new long[] {Long.MIN_VALUE, -1, 0, 3, 1L << 32, Long.MAX_VALUE}) {
            assertNull(twice.document(unknown));
        }
        assertNull(OPEN.document(1));
    }

    @Test
    void onlyClosingAndReopeningChangeWhichMonthsAreClosed() {
        assertEquals(
                List.of(0L, 0L, 1L, 1L, 2L, 1L),
                List.of(
                        OPEN.turns(),
                        SOFT_CLOSED.turns(),
                        CLOSED.turns(),
                        PROPOSED.turns(),
                        REOPENED.turns(),
                        REJECTED.turns()));
    }

    @Test
    void anActionIsFoundByItsWord() {
        assertEquals("reopening_proposed", Action.REOPENING_PROPOSED.word());
        for (var action : Action.values()) {
            assertEquals(action, Action.of(action.word()));
        }
    }

    @Test
    void aProposalIsOverOnceItIsApproved() {
        assertNull(CLOSED.proposedBy());
        assertEquals(ANNA, PROPOSED.proposedBy());
        assertNull(REOPENED.proposedBy());
    }

    @Test
    void aMonthIsSoftClosedOnceItIsOver() {
        assertDone(Action.SOFT_CLOSED, PeriodRules.softClose(OPEN, OVER));
        assertDone(Action.SOFT_CLOSED, PeriodRules.softClose(REOPENED, OVER));
        assertRefused(Refusal.PERIOD_NOT_OVER, PeriodRules.softClose(OPEN, RUNNING));
        assertRefused(Refusal.PERIOD_NOT_OVER, PeriodRules.softClose(OPEN, FUTURE));
        assertInstanceOf(Unchanged.class, PeriodRules.softClose(SOFT_CLOSED, OVER));
        assertRefused(Refusal.PERIOD_CLOSED, PeriodRules.softClose(CLOSED, OVER));
    }

    @Test
    void aSoftClosedMonthIsClosedOnceAllOfItWasHeardOf() {
        assertDone(Action.CLOSED, ClosingRules.close(SOFT_CLOSED, OVER, ALL, NONE, null));
        assertInstanceOf(Unchanged.class, ClosingRules.close(CLOSED, OVER, ALL, NONE, null));
        assertInstanceOf(Unchanged.class, ClosingRules.close(PROPOSED, OVER, ALL, NONE, null));
        assertRefused(Refusal.PERIOD_NOT_SOFT_CLOSED, ClosingRules.close(OPEN, OVER, ALL, NONE, null));
        assertRefused(
                Refusal.PERIOD_INCOMPLETE,
                ClosingRules.close(SOFT_CLOSED, OVER, new PeriodCompleteness(6, 7, 0), NONE, null));
        assertRefused(
                Refusal.PERIOD_INCOMPLETE,
                ClosingRules.close(SOFT_CLOSED, OVER, new PeriodCompleteness(7, 7, 1), NONE, null));
    }

    @Test
    void earlierMonthsAreClosedAlongIfNothingMovedInThem() {
        var empty = new EarlierMonths(List.of(DECEMBER), null);
        var busy = new EarlierMonths(List.of(DECEMBER), DECEMBER);

        assertDone(Action.CLOSED, ClosingRules.close(SOFT_CLOSED, OVER, ALL, empty, null));
        assertEquals(
                new Refused(
                        Refusal.EARLIER_PERIOD_OPEN,
                        "Its opening balances are final only when all earlier months are closed: close 2025-12 first."),
                ClosingRules.close(SOFT_CLOSED, OVER, ALL, busy, null));
        assertRefused(Refusal.PERIOD_NOT_SOFT_CLOSED, ClosingRules.close(OPEN, OVER, ALL, empty, null));
        assertInstanceOf(Unchanged.class, ClosingRules.close(CLOSED, OVER, ALL, busy, null));
    }

    /** It was over when it was soft-closed, and is looked at again: a clock may have been wrong. */
    @Test
    void aMonthThatIsNotOverIsNotClosedThoughItWasSoftClosed() {
        assertRefused(Refusal.PERIOD_NOT_OVER, PeriodRules.softClose(SOFT_CLOSED, RUNNING));
        assertRefused(Refusal.PERIOD_NOT_OVER, ClosingRules.close(SOFT_CLOSED, RUNNING, ALL, NONE, null));
        assertRefused(Refusal.PERIOD_NOT_OVER, ClosingRules.close(SOFT_CLOSED, FUTURE, ALL, NONE, null));
    }

    @Test
    void aMonthBeforeTheTenantIsNeverClosed() {
        assertRefused(Refusal.TENANT_NOT_YET_KNOWN, PeriodRules.softClose(OPEN, BEFORE_TENANT));
        assertRefused(Refusal.TENANT_NOT_YET_KNOWN, PeriodRules.softClose(SOFT_CLOSED, BEFORE_TENANT));
        assertRefused(Refusal.TENANT_NOT_YET_KNOWN, ClosingRules.close(OPEN, BEFORE_TENANT, ALL, NONE, null));
        assertRefused(Refusal.TENANT_NOT_YET_KNOWN, ClosingRules.close(SOFT_CLOSED, BEFORE_TENANT, ALL, NONE, null));
    }

    /** Older versions closed the months before the first one in which anything was counted with it. */
    @Test
    void aMonthBeforeAClosedOneIsNotClosedByItself() {
        assertRefused(Refusal.LATER_PERIOD_CLOSED, PeriodRules.softClose(OPEN, LATER_CLOSED));
        assertRefused(Refusal.LATER_PERIOD_CLOSED, PeriodRules.softClose(SOFT_CLOSED, LATER_CLOSED));
        assertRefused(Refusal.LATER_PERIOD_CLOSED, ClosingRules.close(SOFT_CLOSED, LATER_CLOSED, ALL, NONE, null));
        assertRefused(Refusal.PERIOD_CLOSED, PeriodRules.softClose(CLOSED, LATER_CLOSED));
        assertInstanceOf(Unchanged.class, ClosingRules.close(CLOSED, LATER_CLOSED, ALL, NONE, null));
    }

    @Test
    void aMonthIsCalledWhatItIs() {
        assertEquals("open", PeriodRules.word(OPEN.state(), OVER));
        assertEquals("open", PeriodRules.word(OPEN.state(), RUNNING));
        assertEquals("open", PeriodRules.word(REOPENED.state(), OVER));
        assertEquals("soft_closed", PeriodRules.word(SOFT_CLOSED.state(), OVER));
        assertEquals("closed", PeriodRules.word(PROPOSED.state(), OVER));
        assertEquals("not_begun", PeriodRules.word(OPEN.state(), FUTURE));
        assertEquals("before_tenant", PeriodRules.word(OPEN.state(), BEFORE_TENANT));
        assertEquals(
                "closed", PeriodRules.word(CLOSED.state(), BEFORE_TENANT), "what an older version closed stays so");
    }

    @Test
    void whatIsMissingIsSaid() {
        assertTrue(ALL.isComplete());
        assertTrue(new PeriodCompleteness(9, 7, 0).isComplete());
        assertFalse(new PeriodCompleteness(6, 7, 0).isComplete());
        assertEquals(
                "Version 7 of the pool has not been consumed yet; the month ends with version 9.",
                new PeriodCompleteness(6, 9, 3).missing());
        assertEquals(
                "The arrivals of 3 movements have been consumed, but not yet their departures.",
                new PeriodCompleteness(9, 9, 3).missing());
    }

    @Test
    void theNewestClosedMonthCanBeProposedForReopening() {
        assertDone(Action.REOPENING_PROPOSED, PeriodRules.proposeReopening(CLOSED, OVER, ANNA));
        assertInstanceOf(Unchanged.class, PeriodRules.proposeReopening(PROPOSED, OVER, ANNA));
        assertRefused(Refusal.LATER_PERIOD_CLOSED, PeriodRules.proposeReopening(CLOSED, LATER_CLOSED, ANNA));
        assertRefused(Refusal.PERIOD_NOT_CLOSED, PeriodRules.proposeReopening(OPEN, OVER, ANNA));
        assertRefused(Refusal.PERIOD_NOT_CLOSED, PeriodRules.proposeReopening(SOFT_CLOSED, OVER, ANNA));
    }

    @Test
    void aProposalDoesNotReplaceAnothers() {
        assertRefused(Refusal.REOPENING_PROPOSED_ALREADY, PeriodRules.proposeReopening(PROPOSED, OVER, BEN));
        assertEquals(ANNA, PROPOSED.proposedBy());
    }

    @Test
    void reopeningTakesTwo() {
        assertDone(Action.REOPENED, PeriodRules.approveReopening(PROPOSED, OVER, BEN));
        assertRefused(Refusal.SECOND_PERSON_REQUIRED, PeriodRules.approveReopening(PROPOSED, OVER, ANNA));
        assertRefused(Refusal.REOPENING_NOT_PROPOSED, PeriodRules.approveReopening(CLOSED, OVER, BEN));
        assertRefused(Refusal.REOPENING_NOT_PROPOSED, PeriodRules.approveReopening(REOPENED, OVER, BEN));
        assertRefused(Refusal.REOPENING_NOT_PROPOSED, PeriodRules.approveReopening(REJECTED, OVER, BEN));
    }

    @Test
    void aProposalCanBeSetAside() {
        assertDone(Action.REOPENING_REJECTED, PeriodRules.rejectReopening(PROPOSED, OVER));
        assertRefused(Refusal.REOPENING_NOT_PROPOSED, PeriodRules.rejectReopening(CLOSED, OVER));
        assertRefused(Refusal.REOPENING_NOT_PROPOSED, PeriodRules.rejectReopening(REJECTED, OVER));
        assertEquals(State.CLOSED, REJECTED.state());
        assertEquals(DOCUMENT, REJECTED.document());
        assertNull(REJECTED.proposedBy());
        assertDone(Action.REOPENING_PROPOSED, PeriodRules.proposeReopening(REJECTED, OVER, BEN));
    }

    @Test
    void onlyItsAuthorWithdrawsAProposal() {
        var withdrawn = after(PROPOSED, Action.REOPENING_WITHDRAWN, ANNA);

        assertDone(Action.REOPENING_WITHDRAWN, PeriodRules.withdrawReopening(PROPOSED, OVER, ANNA));
        assertRefused(Refusal.PROPOSER_REQUIRED, PeriodRules.withdrawReopening(PROPOSED, OVER, BEN));
        for (var history : List.of(OPEN, CLOSED, REOPENED, REJECTED, withdrawn)) {
            assertRefused(Refusal.REOPENING_NOT_PROPOSED, PeriodRules.withdrawReopening(history, OVER, ANNA));
        }
        assertEquals(State.CLOSED, withdrawn.state());
        assertEquals(DOCUMENT, withdrawn.document());
        assertNull(withdrawn.proposedBy());
        assertRefused(Refusal.REOPENING_NOT_PROPOSED, PeriodRules.approveReopening(withdrawn, OVER, BEN));
        assertDone(Action.REOPENING_PROPOSED, PeriodRules.proposeReopening(withdrawn, OVER, BEN));
    }

    @Test
    void aProposalLapsesWhenItsSevenDaysAreOver() {
        var end = Instant.EPOCH.plus(Duration.ofDays(7));
        var lapse = new Step(4, Action.REOPENING_LAPSED, "Nobody approved it within 7 days.", ANNA, end, null, 1);

        assertNull(PeriodRules.lapse(PROPOSED, end.minusNanos(1)));
        assertEquals(lapse, PeriodRules.lapse(PROPOSED, end));
        assertEquals(lapse, PeriodRules.lapse(PROPOSED, end.plus(Duration.ofDays(99))), "whenever it is looked at");
        for (var history : List.of(OPEN, SOFT_CLOSED, CLOSED, REOPENED, REJECTED, PROPOSED.after(lapse))) {
            assertNull(PeriodRules.lapse(history, end));
        }
        assertEquals(end, PeriodRules.lapsesAt(PROPOSED.proposal()));
        assertNull(PROPOSED.lapsedAt());
        assertEquals(end, PROPOSED.after(lapse).lapsedAt());
        assertNull(OPEN.lapsedAt());
    }

    @Test
    void aLapsedProposalIsDecidedByNobody() {
        var lapsed = after(PROPOSED, Action.REOPENING_LAPSED, ANNA);

        for (var decision : List.of(
                PeriodRules.approveReopening(lapsed, OVER, BEN),
                PeriodRules.rejectReopening(lapsed, OVER),
                PeriodRules.withdrawReopening(lapsed, OVER, ANNA))) {
            assertEquals(
                    new Refused(
                            Refusal.REOPENING_LAPSED,
                            "It lapsed at 1970-01-01T00:00:00Z, 7 days after it was made: propose it again."),
                    decision);
        }
        assertEquals(State.CLOSED, lapsed.state());
        assertEquals(DOCUMENT, lapsed.document());
        assertNull(lapsed.proposedBy());
        assertDone(Action.REOPENING_PROPOSED, PeriodRules.proposeReopening(lapsed, OVER, BEN));
    }

    /** So that each proposal has an end. */
    @Test
    void anOutdatedProposalLapsesToo() {
        var outdated = new PeriodHistory(PROPOSED.steps(), PROPOSED.turns() + 2);

        assertNotNull(PeriodRules.lapse(outdated, Instant.EPOCH.plus(Duration.ofDays(7))));
        assertRefused(Refusal.REOPENING_OUTDATED, PeriodRules.withdrawReopening(outdated, OVER, ANNA));
    }

    /** The month after it was closed, and reopened: neither leaves the books as they were when it was proposed. */
    @Test
    void aProposalIsOverOnceOtherMonthsWereClosedOrReopened() {
        var laterClosed = new PeriodHistory(PROPOSED.steps(), PROPOSED.turns() + 1);
        var asBefore = new PeriodHistory(PROPOSED.steps(), PROPOSED.turns() + 2);

        assertFalse(PROPOSED.isProposalOutdated());
        assertFalse(CLOSED.isProposalOutdated());
        assertTrue(laterClosed.isProposalOutdated());
        assertNull(laterClosed.proposedBy());
        assertRefused(Refusal.LATER_PERIOD_CLOSED, PeriodRules.approveReopening(laterClosed, LATER_CLOSED, BEN));
        assertRefused(Refusal.LATER_PERIOD_CLOSED, PeriodRules.rejectReopening(laterClosed, LATER_CLOSED));
        assertRefused(Refusal.REOPENING_OUTDATED, PeriodRules.approveReopening(asBefore, OVER, BEN));
        assertRefused(Refusal.REOPENING_OUTDATED, PeriodRules.rejectReopening(asBefore, OVER));
        assertDone(Action.REOPENING_PROPOSED, PeriodRules.proposeReopening(asBefore, OVER, BEN));
    }

    @Test
    void closingsAndTurnsAreCounted() {
        assertEquals(new PeriodHistory(PROPOSED.steps(), 4), PROPOSED.later(3));
        assertEquals(0, OPEN.closings());
        assertEquals(0, SOFT_CLOSED.turns());
        assertEquals(1, CLOSED.closings());
        assertEquals(1, PROPOSED.turns());
        assertEquals(2, REOPENED.turns());
        assertEquals(1, REOPENED.closings());
        assertEquals(5, REOPENED.nextNumber());
    }

    @Test
    void aRefusalHasASlugOfItsOwn() {
        assertEquals("second-person-required", Refusal.SECOND_PERSON_REQUIRED.slug());
    }

    @Test
    void whoeverSoftClosedAMonthCanBeKeptFromClosingIt() {
        assertDone(Action.CLOSED, ClosingRules.close(SOFT_CLOSED, OVER, ALL, NONE, BEN));
        assertEquals(
                new Refused(Refusal.SECOND_PERSON_REQUIRED, "You soft-closed it yourself."),
                ClosingRules.close(SOFT_CLOSED, OVER, ALL, NONE, ANNA));
        assertRefused(Refusal.PERIOD_NOT_OVER, ClosingRules.close(SOFT_CLOSED, RUNNING, ALL, NONE, ANNA));
        assertEquals(new Unchanged(), ClosingRules.close(CLOSED, OVER, ALL, NONE, ANNA));
        assertEquals(ANNA, SOFT_CLOSED.softClosedBy());
        for (var history : List.of(OPEN, CLOSED, REOPENED)) {
            assertNull(history.softClosedBy());
        }
    }

    @Test
    void allThatStandsInTheWayIsNamedInItsOrder() {
        var gap = new PeriodCompleteness(6, 7, 0);
        var busy = new EarlierMonths(List.of(DECEMBER), DECEMBER);

        assertEquals(
                List.of(
                        Refusal.PERIOD_NOT_SOFT_CLOSED,
                        Refusal.PERIOD_NOT_OVER,
                        Refusal.EARLIER_PERIOD_OPEN,
                        Refusal.PERIOD_INCOMPLETE),
                refusals(ClosingRules.obstacles(State.OPEN, RUNNING, gap, busy)));
        assertEquals(
                List.of(Refusal.EARLIER_PERIOD_OPEN, Refusal.PERIOD_INCOMPLETE),
                refusals(ClosingRules.obstacles(State.SOFT_CLOSED, OVER, gap, busy)));
        assertEquals(
                List.of(Refusal.TENANT_NOT_YET_KNOWN),
                refusals(ClosingRules.obstacles(State.OPEN, BEFORE_TENANT, gap, busy)));
        assertEquals(List.of(), ClosingRules.obstacles(State.SOFT_CLOSED, OVER, ALL, NONE));
        assertEquals(List.of(), ClosingRules.obstacles(State.CLOSED, LATER_CLOSED, gap, busy));
    }

    private static List<Refusal> refusals(List<Refused> obstacles) {
        return obstacles.stream().map(Refused::refusal).toList();
    }

    @Test
    void aSoftCloseCanBeUndone() {
        var undone = after(SOFT_CLOSED, Action.SOFT_CLOSE_UNDONE, BEN);
        var secondTime = after(REOPENED, Action.SOFT_CLOSED, ANNA);

        assertDone(Action.SOFT_CLOSE_UNDONE, PeriodRules.undoSoftClose(SOFT_CLOSED));
        assertDone(Action.SOFT_CLOSE_UNDONE, PeriodRules.undoSoftClose(secondTime));
        assertEquals(new Unchanged(), PeriodRules.undoSoftClose(undone));
        for (var open : List.of(OPEN, REOPENED)) {
            assertRefused(Refusal.PERIOD_NOT_SOFT_CLOSED, PeriodRules.undoSoftClose(open));
        }
        for (var closed : List.of(CLOSED, PROPOSED, REJECTED)) {
            assertRefused(Refusal.PERIOD_CLOSED, PeriodRules.undoSoftClose(closed));
        }
        assertEquals(State.OPEN, undone.state());
        assertEquals(0, undone.turns(), "no closed month was opened");
        assertDone(Action.SOFT_CLOSED, PeriodRules.softClose(undone, OVER));
        assertRefused(Refusal.PERIOD_NOT_SOFT_CLOSED, ClosingRules.close(undone, OVER, ALL, NONE, null));
    }

    @Test
    void lateEntriesAreMovedIntoAMonthThatIsOpenAgain() {
        for (var open : List.of(OPEN, SOFT_CLOSED, REOPENED)) {
            assertNull(PeriodRules.moveLateEntries(open, OVER));
        }
        for (var closed : List.of(CLOSED, PROPOSED, REJECTED)) {
            assertRefused(Refusal.PERIOD_CLOSED, PeriodRules.moveLateEntries(closed, OVER));
        }
        assertRefused(Refusal.LATER_PERIOD_CLOSED, PeriodRules.moveLateEntries(OPEN, LATER_CLOSED));
        assertRefused(Refusal.TENANT_NOT_YET_KNOWN, PeriodRules.moveLateEntries(OPEN, BEFORE_TENANT));
    }

    private static PeriodHistory after(PeriodHistory before, Action action, UUID by) {
        return before.after(new Step(
                before.nextNumber(),
                action,
                "why",
                by,
                Instant.EPOCH,
                action == Action.CLOSED ? DOCUMENT : null,
                before.turns()));
    }

    private static void assertDone(Action action, Decision outcome) {
        assertEquals(new Done(action), outcome);
    }

    private static void assertRefused(Refusal refusal, Decision outcome) {
        assertEquals(refusal, assertInstanceOf(Refused.class, outcome).refusal());
    }
}
