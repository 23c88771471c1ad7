package io.points.allocation.proposal;

import static io.points.contract.ProposalOutcome.APPROVED;
import static io.points.contract.ProposalOutcome.REJECTED;
import static io.points.contract.ProposalOutcome.WITHDRAWN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.allocation.proposal.ProposalRules.AlreadyDecided;
import io.points.allocation.proposal.ProposalRules.Decided;
import io.points.allocation.proposal.ProposalRules.ProposerRequired;
import io.points.allocation.proposal.ProposalRules.SecondPersonRequired;
import io.points.allocation.proposal.ProposalRules.Unchanged;
import io.points.contract.ProposalOutcome;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProposalRulesTest {

    private static final UUID PROPOSER = UUID.randomUUID();
    private static final UUID SECOND = UUID.randomUUID();
    private static final UUID THIRD = UUID.randomUUID();
    private static final Instant PROPOSED_AT = Instant.parse("2026-11-28T10:00:00Z");
    private static final Instant EXPIRES_AT = Instant.parse("2026-12-05T10:00:00Z");
    private static final Instant LATER = Instant.parse("2026-11-29T10:00:00Z");

    @Test
    void anotherPersonApprovesOrRejects() {
        assertEquals(new Decided(APPROVED), ProposalRules.decide(open(), APPROVED, SECOND, LATER));
        assertEquals(new Decided(REJECTED), ProposalRules.decide(open(), REJECTED, SECOND, LATER));
    }

    @Test
    void nobodyDecidesAboutTheirOwnButWithdrawsIt() {
        assertEquals(new SecondPersonRequired(), ProposalRules.decide(open(), APPROVED, PROPOSER, LATER));
        assertEquals(new SecondPersonRequired(), ProposalRules.decide(open(), REJECTED, PROPOSER, LATER));
        assertEquals(new Decided(WITHDRAWN), ProposalRules.decide(open(), WITHDRAWN, PROPOSER, LATER));
    }

    @Test
    void nobodyWithdrawsAnothers() {
        assertEquals(new ProposerRequired(), ProposalRules.decide(open(), WITHDRAWN, SECOND, LATER));
    }

    @Test
    void theSameAgainChangesNothing() {
        var approved = decided(ProposalState.APPROVED, SECOND);
        assertEquals(new Unchanged(), ProposalRules.decide(approved, APPROVED, SECOND, LATER));
        assertEquals(new Unchanged(), ProposalRules.decide(approved, APPROVED, SECOND, EXPIRES_AT.plusSeconds(1)));
        var withdrawn = decided(ProposalState.WITHDRAWN, PROPOSER);
        assertEquals(new Unchanged(), ProposalRules.decide(withdrawn, WITHDRAWN, PROPOSER, LATER));
    }

    @Test
    void whatIsDecidedStaysSo() {
        var approved = decided(ProposalState.APPROVED, SECOND);
        var refused = new AlreadyDecided(ProposalState.APPROVED, LATER);
        assertEquals(refused, ProposalRules.decide(approved, REJECTED, SECOND, LATER));
        assertEquals(refused, ProposalRules.decide(approved, APPROVED, THIRD, LATER));
        assertEquals(refused, ProposalRules.decide(approved, APPROVED, PROPOSER, LATER));
        assertEquals(refused, ProposalRules.decide(approved, WITHDRAWN, PROPOSER, LATER));
        assertEquals(
                new AlreadyDecided(ProposalState.EXPIRED, LATER),
                ProposalRules.decide(decided(ProposalState.EXPIRED, null), APPROVED, SECOND, LATER));
    }

    /** Whether or not anybody has written it down yet. */
    @ParameterizedTest
    @EnumSource(
            value = ProposalOutcome.class,
            names = {"APPROVED", "REJECTED", "WITHDRAWN"})
    void afterSevenDaysItIsTooLateForEverything(ProposalOutcome outcome) {
        var by = outcome == WITHDRAWN ? PROPOSER : SECOND;
        assertEquals(new Decided(outcome), ProposalRules.decide(open(), outcome, by, EXPIRES_AT.minusNanos(1_000)));
        assertEquals(
                new AlreadyDecided(ProposalState.EXPIRED, EXPIRES_AT),
                ProposalRules.decide(open(), outcome, by, EXPIRES_AT));
    }

    @Test
    void everyManagerWithdrawsWhatTheTenantAsksFor() {
        var request = request(null, ProposalState.PROPOSED, null, null);
        assertEquals(new Decided(WITHDRAWN), ProposalRules.withdrawRequest(request, PROPOSER, LATER));
        assertEquals(new Decided(WITHDRAWN), ProposalRules.withdrawRequest(request, THIRD, LATER));
        assertEquals(
                new AlreadyDecided(ProposalState.EXPIRED, EXPIRES_AT),
                ProposalRules.withdrawRequest(request, PROPOSER, EXPIRES_AT));
        var withdrawn = request(null, ProposalState.WITHDRAWN, THIRD, LATER);
        assertEquals(new Unchanged(), ProposalRules.withdrawRequest(withdrawn, THIRD, LATER));
        assertEquals(
                new AlreadyDecided(ProposalState.WITHDRAWN, LATER),
                ProposalRules.withdrawRequest(withdrawn, PROPOSER, LATER));
    }

    @Test
    void whoeverAsksDoesNotDecide() {
        var request = request(null, ProposalState.PROPOSED, null, null);
        assertEquals(new SecondPersonRequired(), ProposalRules.decide(request, APPROVED, PROPOSER, LATER));
        assertEquals(new SecondPersonRequired(), ProposalRules.decide(request, REJECTED, PROPOSER, LATER));
        assertEquals(new ProposerRequired(), ProposalRules.decide(request, WITHDRAWN, SECOND, LATER));
        assertEquals(new Decided(APPROVED), ProposalRules.decide(request, APPROVED, SECOND, LATER));
    }

    @Test
    void ofTwoApprovalsEachIsAnotherPersons() {
        var once = request(SECOND, ProposalState.PROPOSED, null, null);
        assertEquals(new Unchanged(), ProposalRules.decide(once, APPROVED, SECOND, LATER));
        assertEquals(new SecondPersonRequired(), ProposalRules.decide(once, APPROVED, PROPOSER, LATER));
        assertEquals(new Decided(APPROVED), ProposalRules.decide(once, APPROVED, THIRD, LATER));
        assertEquals(new Decided(REJECTED), ProposalRules.decide(once, REJECTED, SECOND, LATER));
        assertEquals(new Decided(REJECTED), ProposalRules.decide(once, REJECTED, THIRD, LATER));
        assertEquals(new Decided(WITHDRAWN), ProposalRules.withdrawRequest(once, PROPOSER, LATER));
    }

    @Test
    void onlyARequestThatTakesTwoNeedsAnother() {
        var request = request(null, ProposalState.PROPOSED, null, null);
        assertTrue(ProposalRules.needsAnother(request, true));
        assertFalse(ProposalRules.needsAnother(request, false));
        assertFalse(ProposalRules.needsAnother(request(SECOND, ProposalState.PROPOSED, null, null), true));
        assertFalse(ProposalRules.needsAnother(open(), true));
    }

    @Test
    void sevenDaysAreSeven() {
        assertEquals(EXPIRES_AT, PROPOSED_AT.plus(ProposalKind.CLAWBACK.life()));
    }

    private static Proposal open() {
        return proposal(ProposalState.PROPOSED, null, null);
    }

    private static Proposal decided(ProposalState state, UUID by) {
        return proposal(state, by, LATER);
    }

    private static Proposal proposal(ProposalState state, UUID by, Instant at) {
        return new Proposal(
                UUID.randomUUID(),
                UUID.randomUUID(),
                ProposalKind.CLAWBACK,
                100L,
                100,
                "x",
                false,
                null,
                state,
                PROPOSER,
                PROPOSED_AT,
                EXPIRES_AT,
                null,
                null,
                by,
                at,
                null,
                null);
    }

    private static Proposal request(UUID firstApprovedBy, ProposalState state, UUID by, Instant at) {
        return new Proposal(
                UUID.randomUUID(),
                UUID.randomUUID(),
                ProposalKind.ALLOCATION,
                100L,
                0,
                "x",
                true,
                "We are hiring",
                state,
                PROPOSER,
                PROPOSED_AT,
                EXPIRES_AT,
                firstApprovedBy,
                firstApprovedBy == null ? null : LATER,
                by,
                at,
                null,
                null);
    }
}
