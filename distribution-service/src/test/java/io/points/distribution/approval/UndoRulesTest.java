package io.points.distribution.approval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.contract.DistributionKind;
import io.points.contract.Envelope;
import io.points.distribution.approval.ApprovalRules.AlreadyDecided;
import io.points.distribution.approval.ApprovalRules.ConflictOfInterest;
import io.points.distribution.approval.ApprovalRules.Decided;
import io.points.distribution.approval.ApprovalRules.Decision;
import io.points.distribution.approval.ApprovalRules.ProposerRequired;
import io.points.distribution.approval.ApprovalRules.SecondPersonRequired;
import io.points.distribution.approval.ApprovalRules.Unchanged;
import io.points.distribution.approval.ApprovalRules.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class UndoRulesTest {

    private static final UUID ASKER = UUID.randomUUID();
    private static final UUID ANNA = UUID.randomUUID();
    private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");
    private static final Instant BEFORE = NOW.minusSeconds(60);

    @ParameterizedTest
    @CsvSource({"APPROVE, APPROVED", "REJECT, REJECTED"})
    void anotherManagerDecides(Wish wish, ApprovalState state) {
        assertEquals(new Decided(state), decide(open(), wish, ANNA));
    }

    @ParameterizedTest
    @EnumSource(
            value = Wish.class,
            names = {"APPROVE", "REJECT"})
    void whoeverHasAskedForItDoesNot(Wish wish) {
        assertEquals(new SecondPersonRequired(), decide(open(), wish, ASKER));
    }

    @ParameterizedTest
    @EnumSource(
            value = Wish.class,
            names = {"APPROVE", "REJECT"})
    void norDoesWhoeverWouldLoseThePoints(Wish wish) {
        assertEquals(new ConflictOfInterest(), UndoRules.decide(open(), wish, ANNA, true, NOW));
    }

    @Test
    void whoeverHasAskedForItWithdrawsItEvenIfTheyWouldLoseThePoints() {
        assertEquals(new Decided(ApprovalState.WITHDRAWN), decide(open(), Wish.WITHDRAW, ASKER));
        assertEquals(new Decided(ApprovalState.WITHDRAWN), UndoRules.decide(open(), Wish.WITHDRAW, ASKER, true, NOW));
    }

    @Test
    void nobodyElseWithdrawsIt() {
        assertEquals(new ProposerRequired(), decide(open(), Wish.WITHDRAW, ANNA));
    }

    @ParameterizedTest
    @EnumSource(Wish.class)
    void itsTimeIsOverAtThatVeryMoment(Wish wish) {
        var asked = until(ApprovalState.OPEN, null, NOW);
        assertEquals(
                new AlreadyDecided(ApprovalState.EXPIRED, NOW),
                decide(asked, wish, wish == Wish.WITHDRAW ? ASKER : ANNA));
        assertEquals(
                new Decided(ApprovalState.APPROVED),
                decide(until(ApprovalState.OPEN, null, NOW.plusNanos(1)), Wish.APPROVE, ANNA));
    }

    @ParameterizedTest
    @CsvSource({"APPROVE, APPROVED", "REJECT, REJECTED", "WITHDRAW, WITHDRAWN"})
    void theSameFromTheSamePersonChangesNothing(Wish wish, ApprovalState state) {
        assertEquals(new Unchanged(), decide(until(state, ANNA, NOW), wish, ANNA));
    }

    @ParameterizedTest
    @CsvSource({"REJECT, APPROVED", "WITHDRAW, APPROVED", "APPROVE, REJECTED", "APPROVE, WITHDRAWN"})
    void whatWasDecidedOtherwiseStaysSo(Wish wish, ApprovalState state) {
        assertEquals(new AlreadyDecided(state, BEFORE), decide(until(state, ANNA, NOW), wish, ANNA));
    }

    @Test
    void whatAnotherHasDecidedStaysSo() {
        assertEquals(
                new AlreadyDecided(ApprovalState.APPROVED, BEFORE),
                decide(until(ApprovalState.APPROVED, ANNA, NOW), Wish.APPROVE, UUID.randomUUID()));
        assertEquals(
                new AlreadyDecided(ApprovalState.EXPIRED, BEFORE),
                decide(until(ApprovalState.EXPIRED, null, NOW), Wish.APPROVE, ANNA));
    }

    @Test
    void itWaitsForFourteenDaysUnlessItIsTooLateEarlier() {
        var last = NOW.plus(Duration.ofDays(14));
        assertEquals(last, UndoRules.expiry(NOW, last.plusSeconds(1)));
        assertEquals(last, UndoRules.expiry(NOW, last));
        assertEquals(last.minusSeconds(1), UndoRules.expiry(NOW, last.minusSeconds(1)));
    }

    private static Decision decide(UndoProposal asked, Wish wish, UUID by) {
        return UndoRules.decide(asked, wish, by, false, NOW);
    }

    private static UndoProposal open() {
        return until(ApprovalState.OPEN, null, NOW.plusSeconds(1));
    }

    private static UndoProposal until(ApprovalState state, @Nullable UUID decidedBy, Instant expiresAt) {
        return new UndoProposal(
                UUID.randomUUID(),
                UUID.randomUUID(),
                DistributionKind.AWARD,
                UUID.randomUUID(),
                500,
                UndoMode.ALL_OR_NOTHING,
                "Given to the wrong person",
                state,
                ASKER,
                new Envelope.Actor(ASKER.toString(), "manager", null),
                BEFORE,
                expiresAt,
                decidedBy,
                state == ApprovalState.OPEN ? null : BEFORE,
                null);
    }
}
