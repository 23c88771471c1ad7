package io.points.billing.period;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.billing.period.PeriodRules.Done;
import io.points.billing.period.PeriodRules.Outcome;
import io.points.billing.period.PeriodRules.Refusal;
import io.points.billing.period.PeriodRules.Refused;
import io.points.billing.period.PeriodRules.Unchanged;
import io.points.billing.period.Standing.Action;
import io.points.billing.period.Standing.State;
import io.points.billing.period.Standing.Step;
import io.points.billing.statement.Document;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PeriodRulesTest {

    private static final UUID ANNA = new UUID(1, 1);
    private static final UUID BEN = new UUID(2, 2);
    private static final Document DOCUMENT = new Document("{}", "d".repeat(64));
    private static final Heard ALL = new Heard(7, 7, 0);

    private static final Standing OPEN = new Standing(List.of());
    private static final Standing SOFT_CLOSED = after(OPEN, Action.SOFT_CLOSED, ANNA);
    private static final Standing CLOSED = after(SOFT_CLOSED, Action.CLOSED, ANNA);
    private static final Standing PROPOSED = after(CLOSED, Action.REOPENING_PROPOSED, ANNA);
    private static final Standing REOPENED = after(PROPOSED, Action.REOPENED, BEN);

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
        again.add(new Step(6, Action.CLOSED, "again", ANNA, Instant.EPOCH, newest));

        assertEquals(newest, new Standing(again).document());
    }

    @Test
    void aProposalIsOverOnceItIsApproved() {
        assertNull(CLOSED.proposedBy());
        assertEquals(ANNA, PROPOSED.proposedBy());
        assertNull(REOPENED.proposedBy());
    }

    @Test
    void aMonthIsSoftClosedOnceItIsOver() {
        assertDone(Action.SOFT_CLOSED, PeriodRules.softClose(OPEN, true, false));
        assertDone(Action.SOFT_CLOSED, PeriodRules.softClose(REOPENED, true, false));
        assertRefused(Refusal.PERIOD_NOT_OVER, PeriodRules.softClose(OPEN, false, false));
        assertInstanceOf(Unchanged.class, PeriodRules.softClose(SOFT_CLOSED, true, false));
        assertRefused(Refusal.PERIOD_CLOSED, PeriodRules.softClose(CLOSED, true, false));
    }

    @Test
    void aSoftClosedMonthIsClosedOnceAllOfItWasHeardOf() {
        assertDone(Action.CLOSED, PeriodRules.close(SOFT_CLOSED, true, false, ALL));
        assertInstanceOf(Unchanged.class, PeriodRules.close(CLOSED, true, false, ALL));
        assertInstanceOf(Unchanged.class, PeriodRules.close(PROPOSED, true, false, ALL));
        assertRefused(Refusal.PERIOD_NOT_SOFT_CLOSED, PeriodRules.close(OPEN, true, false, ALL));
        assertRefused(Refusal.EARLIER_PERIOD_OPEN, PeriodRules.close(SOFT_CLOSED, false, false, ALL));
        assertRefused(Refusal.PERIOD_INCOMPLETE, PeriodRules.close(SOFT_CLOSED, true, false, new Heard(6, 7, 0)));
        assertRefused(Refusal.PERIOD_INCOMPLETE, PeriodRules.close(SOFT_CLOSED, true, false, new Heard(7, 7, 1)));
    }

    /** Months before the first one in which anything was counted are closed with it. */
    @Test
    void aMonthBeforeAClosedOneIsNotClosedByItself() {
        assertRefused(Refusal.LATER_PERIOD_CLOSED, PeriodRules.softClose(OPEN, true, true));
        assertRefused(Refusal.LATER_PERIOD_CLOSED, PeriodRules.softClose(SOFT_CLOSED, true, true));
        assertRefused(Refusal.LATER_PERIOD_CLOSED, PeriodRules.close(SOFT_CLOSED, true, true, ALL));
        assertRefused(Refusal.PERIOD_CLOSED, PeriodRules.softClose(CLOSED, true, true));
        assertInstanceOf(Unchanged.class, PeriodRules.close(CLOSED, true, true, ALL));
    }

    @Test
    void whatIsMissingIsSaid() {
        assertTrue(ALL.isComplete());
        assertTrue(new Heard(9, 7, 0).isComplete());
        assertFalse(new Heard(6, 7, 0).isComplete());
        assertEquals(
                "Version 7 of the pool was not heard of yet; the month ends with version 9.",
                new Heard(6, 9, 3).missing());
        assertEquals(
                "Of 3 movements the arrival was heard of, and not yet the departure.", new Heard(9, 9, 3).missing());
    }

    @Test
    void theNewestClosedMonthCanBeProposedForReopening() {
        assertDone(Action.REOPENING_PROPOSED, PeriodRules.proposeReopening(CLOSED, false, ANNA));
        assertDone(Action.REOPENING_PROPOSED, PeriodRules.proposeReopening(PROPOSED, false, BEN));
        assertInstanceOf(Unchanged.class, PeriodRules.proposeReopening(PROPOSED, false, ANNA));
        assertRefused(Refusal.LATER_PERIOD_CLOSED, PeriodRules.proposeReopening(CLOSED, true, ANNA));
        assertRefused(Refusal.PERIOD_NOT_CLOSED, PeriodRules.proposeReopening(OPEN, false, ANNA));
        assertRefused(Refusal.PERIOD_NOT_CLOSED, PeriodRules.proposeReopening(SOFT_CLOSED, false, ANNA));
    }

    @Test
    void reopeningTakesTwo() {
        assertDone(Action.REOPENED, PeriodRules.approveReopening(PROPOSED, false, BEN));
        assertRefused(Refusal.SECOND_PERSON_REQUIRED, PeriodRules.approveReopening(PROPOSED, false, ANNA));
        assertRefused(Refusal.REOPENING_NOT_PROPOSED, PeriodRules.approveReopening(CLOSED, false, BEN));
        assertRefused(Refusal.REOPENING_NOT_PROPOSED, PeriodRules.approveReopening(REOPENED, false, BEN));
        assertRefused(Refusal.LATER_PERIOD_CLOSED, PeriodRules.approveReopening(PROPOSED, true, BEN));
    }

    @Test
    void aRefusalHasASlugOfItsOwn() {
        assertEquals("second-person-required", Refusal.SECOND_PERSON_REQUIRED.slug());
    }

    private static Standing after(Standing before, Action action, UUID by) {
        var steps = new ArrayList<>(before.steps());
        steps.add(new Step(
                before.nextNumber(), action, "why", by, Instant.EPOCH, action == Action.CLOSED ? DOCUMENT : null));
        return new Standing(steps);
    }

    private static void assertDone(Action action, Outcome outcome) {
        assertEquals(new Done(action), outcome);
    }

    private static void assertRefused(Refusal refusal, Outcome outcome) {
        assertEquals(refusal, assertInstanceOf(Refused.class, outcome).refusal());
    }
}
