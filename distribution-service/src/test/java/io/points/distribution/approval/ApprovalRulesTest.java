package io.points.distribution.approval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.points.contract.DistributionKind;
import io.points.contract.Envelope;
import io.points.contract.PointsSource;
import io.points.contract.RefusalReason;
import io.points.distribution.approval.ApprovalRules.AlreadyDecided;
import io.points.distribution.approval.ApprovalRules.Approved;
import io.points.distribution.approval.ApprovalRules.ConflictOfInterest;
import io.points.distribution.approval.ApprovalRules.Decision;
import io.points.distribution.approval.ApprovalRules.GoesBack;
import io.points.distribution.approval.ApprovalRules.NotHeld;
import io.points.distribution.approval.ApprovalRules.ProposerRequired;
import io.points.distribution.approval.ApprovalRules.SecondPersonRequired;
import io.points.distribution.approval.ApprovalRules.Unchanged;
import io.points.distribution.approval.ApprovalRules.Vote;
import io.points.distribution.approval.ApprovalRules.Wish;
import io.points.distribution.saga.Approval;
import io.points.distribution.saga.Distribution;
import io.points.distribution.saga.DistributionText;
import io.points.distribution.saga.Judged;
import io.points.distribution.saga.State;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ApprovalRulesTest {

    private static final UUID GIVER = UUID.randomUUID();
    private static final UUID RECEIVER = UUID.randomUUID();
    private static final UUID ANNA = UUID.randomUUID();
    private static final UUID BEN = UUID.randomUUID();

    private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");
    private static final Instant UNTIL = NOW.plusSeconds(1);
    private static final Instant SINCE = NOW.minusSeconds(60);

    @ParameterizedTest
    @CsvSource({"1, true", "2, false", "3, false"})
    void theFirstApprovalIsTheLastIfItTakesOnlyOne(int levels, boolean last) {
        assertEquals(new Approved(1, last), decide(held(levels), List.of(), Wish.APPROVE, ANNA));
    }

    @Test
    void aSecondPersonCompletesWhatTakesTwo() {
        assertEquals(new Approved(2, true), decide(held(2), List.of(yes(ANNA, 1)), Wish.APPROVE, BEN));
    }

    @Test
    void theSamePersonTwiceIsOne() {
        assertEquals(new Unchanged(), decide(held(2), List.of(yes(ANNA, 1)), Wish.APPROVE, ANNA));
    }

    @Test
    void whoeverHasApprovedItCannotRejectIt() {
        assertEquals(
                new AlreadyDecided(ApprovalState.APPROVED, SINCE),
                decide(held(2), List.of(yes(ANNA, 1)), Wish.REJECT, ANNA));
    }

    @Test
    void oneNoEndsIt() {
        assertEquals(
                new GoesBack(RefusalReason.APPROVAL_REJECTED, 2),
                decide(held(3), List.of(yes(ANNA, 1)), Wish.REJECT, BEN));
    }

    @ParameterizedTest
    @EnumSource(
            value = Wish.class,
            names = {"APPROVE", "REJECT"})
    void nobodyDecidesAboutWhatTheyGiveOrGet(Wish wish) {
        assertEquals(new SecondPersonRequired(), decide(held(1), List.of(), wish, GIVER));
        assertEquals(new ConflictOfInterest(), decide(held(1), List.of(), wish, RECEIVER));
    }

    @Test
    void onlyWhoeverAskedForItWithdrawsIt() {
        assertEquals(new GoesBack(RefusalReason.WITHDRAWN, null), decide(held(1), List.of(), Wish.WITHDRAW, GIVER));
        assertEquals(new ProposerRequired(), decide(held(1), List.of(), Wish.WITHDRAW, ANNA));
        assertEquals(new ProposerRequired(), decide(held(1), List.of(), Wish.WITHDRAW, RECEIVER));
    }

    @ParameterizedTest
    @EnumSource(Wish.class)
    void whenItsTimeIsOverNobodyDecidesAnyMore(Wish wish) {
        var by = wish == Wish.WITHDRAW ? GIVER : ANNA;
        var over = ApprovalRules.decide(held(1), SINCE, NOW, List.of(), wish, by, false, NOW);
        assertEquals(new AlreadyDecided(ApprovalState.EXPIRED, NOW), over);
        var inTime = ApprovalRules.decide(held(1), SINCE, NOW.plusNanos(1), List.of(), wish, by, false, NOW);
        assertEquals(wish == Wish.APPROVE ? Approved.class : GoesBack.class, inTime.getClass());
    }

    @Test
    void whatDoesNotWaitIsNotDecidedAbout() {
        assertEquals(new NotHeld(), decide(asked(State.REQUESTED, null, 1), List.of(), Wish.APPROVE, ANNA));
        assertEquals(new NotHeld(), decide(asked(State.REQUESTED, null, 1), List.of(), Wish.WITHDRAW, GIVER));
        assertEquals(new NotHeld(), decide(asked(State.COMPLETED, null, 0), List.of(), Wish.REJECT, ANNA));
    }

    static Stream<Arguments> ends() {
        return Stream.of(
                Arguments.of(State.COMPLETED, null, ApprovalState.APPROVED),
                Arguments.of(State.COMPENSATING, RefusalReason.APPROVAL_REJECTED, ApprovalState.REJECTED),
                Arguments.of(State.COMPENSATED, RefusalReason.APPROVAL_REJECTED, ApprovalState.REJECTED),
                Arguments.of(State.COMPENSATING, RefusalReason.WITHDRAWN, ApprovalState.WITHDRAWN),
                Arguments.of(State.COMPENSATED, RefusalReason.APPROVAL_EXPIRED, ApprovalState.EXPIRED),
                Arguments.of(State.COMPENSATING, RefusalReason.TENANT_CLOSING, ApprovalState.REFUSED),
                Arguments.of(State.COMPENSATED, RefusalReason.RECEIVER_NOT_ELIGIBLE, ApprovalState.REFUSED),
                Arguments.of(State.REJECTED, RefusalReason.INSUFFICIENT_POOL_BALANCE, ApprovalState.REFUSED),
                Arguments.of(State.CANCELLING, RefusalReason.DEADLINE_PASSED, ApprovalState.REFUSED));
    }

    /** Decided is decided: only whoever decided it so is told that it is. */
    @ParameterizedTest
    @MethodSource("ends")
    void whatIsDecidedStaysSo(State state, @Nullable RefusalReason reason, ApprovalState end) {
        var votes = List.of(yes(ANNA, 1), new Vote(BEN, 2, end != ApprovalState.REJECTED, SINCE));
        var decided = new AlreadyDecided(end, SINCE);
        var asked = asked(state, reason, 2);
        assertEquals(
                end == ApprovalState.APPROVED ? new Unchanged() : decided, decide(asked, votes, Wish.APPROVE, ANNA));
        assertEquals(end == ApprovalState.REJECTED ? new Unchanged() : decided, decide(asked, votes, Wish.REJECT, BEN));
        assertEquals(decided, decide(asked, votes, Wish.REJECT, ANNA));
        assertEquals(decided, decide(asked, votes, Wish.APPROVE, UUID.randomUUID()));
        assertEquals(
                end == ApprovalState.WITHDRAWN ? new Unchanged() : decided, decide(asked, votes, Wish.WITHDRAW, GIVER));
        assertEquals(decided, decide(asked, votes, Wish.WITHDRAW, ANNA));
    }

    @Test
    void eachRefusalSaysWhy() {
        for (var refused : List.of(
                new AlreadyDecided(ApprovalState.EXPIRED, NOW),
                new NotHeld(),
                new SecondPersonRequired(),
                new ConflictOfInterest(),
                new ProposerRequired())) {
            var problem = ApprovalProblems.of(refused);
            assertNotNull(problem);
            assertEquals(409, problem.status());
        }
        assertNull(ApprovalProblems.of(new Unchanged()));
        assertNull(ApprovalProblems.of(new Approved(1, true)));
        assertNull(ApprovalProblems.of(new GoesBack(RefusalReason.WITHDRAWN, null)));
    }

    private static Decision decide(Distribution asked, List<Vote> votes, Wish wish, UUID by) {
        return ApprovalRules.decide(asked, SINCE, UNTIL, votes, wish, by, by.equals(RECEIVER), NOW);
    }

    private static Vote yes(UUID voter, int level) {
        return new Vote(voter, level, true, SINCE);
    }

    private static Distribution held(int levels) {
        return asked(State.HELD, null, levels);
    }

    /** @param levels 0: it needs no approval */
    private static Distribution asked(State state, @Nullable RefusalReason reason, int levels) {
        return new Distribution(
                UUID.randomUUID(),
                SINCE,
                UUID.randomUUID(),
                DistributionKind.AWARD,
                PointsSource.POOL,
                state,
                reason,
                GIVER,
                RECEIVER,
                100,
                DistributionText.description("For much"),
                new Envelope.Actor(GIVER.toString(), "manager", null),
                null,
                0,
                levels == 0 ? null : new Judged(1, null, new Approval(levels, 24, "large")),
                null,
                null);
    }
}
