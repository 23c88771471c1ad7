package io.points.distribution.saga;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.points.contract.DistributionKind;
import io.points.contract.Envelope;
import io.points.contract.Message;
import io.points.contract.PointsSource;
import io.points.contract.PoolEvent.PointsReturnSetAside;
import io.points.contract.PoolEvent.PointsReturned;
import io.points.contract.PoolEvent.PoolAnswer;
import io.points.contract.PoolEvent.PoolDebitCancelled;
import io.points.contract.PoolEvent.PoolDebitRefused;
import io.points.contract.PoolEvent.PoolDebited;
import io.points.contract.PoolEvent.PoolPointsMoved;
import io.points.contract.PoolEvent.PoolRefunded;
import io.points.contract.RefusalReason;
import io.points.distribution.saga.Saga.Step;
import io.points.distribution.saga.SagaMessages.Moved;
import io.points.distribution.wallet.Wallet;
import io.points.ledger.dates.Lots;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The saga as a table: what is said in {@link Saga}, said once more by somebody else. */
class SagaTest {

    private static final UUID ID = UUID.randomUUID();
    private static final UUID TENANT = UUID.randomUUID();
    private static final UUID GIVER = UUID.randomUUID();
    private static final UUID RECEIVER = UUID.randomUUID();

    private static final Map<String, PoolAnswer> ANSWERS = Map.of(
            "debited", new PoolDebited(ID, TENANT, DistributionKind.AWARD, 5, 1, 1),
            "refused", new PoolDebitRefused(ID, TENANT, 5, RefusalReason.TENANT_SUSPENDED, 1, 1),
            "cancelled", new PoolDebitCancelled(ID, TENANT, 5, 1, 2),
            "refunded", new PoolRefunded(ID, TENANT, 5, 1, 2),
            "returned", new PointsReturned(ID, TENANT, 5, 1, 2),
            "set aside", new PointsReturnSetAside(ID, TENANT, 5, 1),
            "moved", new PoolPointsMoved(ID, TENANT, 5, null, null, null, ID, 1L, 5L));

    private static final SagaConfig TIMES = new SagaConfig() {
        @Override
        public Duration deadline() {
            return Duration.ofSeconds(30);
        }

        @Override
        public Duration resendAfter() {
            return Duration.ofSeconds(7);
        }

        @Override
        public String sweepEvery() {
            throw new AssertionError("no state depends on it");
        }

        @Override
        public Duration defaultWait() {
            throw new AssertionError("no state depends on it");
        }

        @Override
        public Duration longestWait() {
            throw new AssertionError("no state depends on it");
        }
    };

    /** What each answer does in each state; - is nothing. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
                    in           | debited   | refused  | cancelled   | refunded    | returned  | set aside
                    REQUESTED    | COMPLETED | REJECTED | CANCELLED   | CANCELLED   | -         | -
                    RETURNING    | -         | -        | -           | -           | COMPLETED | SET_ASIDE
                    CANCELLING   | -         | -        | CANCELLED   | CANCELLED   | -         | -
                    COMPENSATING | -         | -        | COMPENSATED | COMPENSATED | -         | -
                    SET_ASIDE    | -         | -        | -           | -           | COMPLETED | -
                    HELD         | -         | -        | COMPENSATED | COMPENSATED | -         | -
                    COMPLETED    | -         | -        | -           | -           | -         | -
                    REJECTED     | -         | -        | -           | -           | -         | -
                    CANCELLED    | -         | -        | -           | -           | -         | -
                    COMPENSATED  | -         | -        | -           | -           | -         | -
                    """)
    void anAnswerDoesWhatIsDeclaredAndNothingElse(
            State state,
            String debited,
            String refused,
            String cancelled,
            String refunded,
            String returned,
            String setAside) {
        assertLeads(state, "debited", debited);
        assertLeads(state, "refused", refused);
        assertLeads(state, "cancelled", cancelled);
        assertLeads(state, "refunded", refunded);
        assertLeads(state, "returned", returned);
        assertLeads(state, "set aside", setAside);
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void onlyWhatIsAskedForIsMoved(State state) {
        assertLeads(state, "moved", state == State.REQUESTED ? "COMPLETED" : "-");
    }

    @Test
    void aTransferIsAskedForUntilItIsAnswered() {
        var asked = distribution(DistributionKind.TRANSFER, State.REQUESTED, null, 0)
                .between(null, ID);
        assertEquals(State.REQUESTED, Saga.first(DistributionKind.TRANSFER, PointsSource.POOL, false));
        assertEquals("DistributionRequested MovePoolPoints", types(Saga.onReaching(asked, MOVED)));
        var step = Saga.onTimeout(asked);
        assertEquals(new Step(State.REQUESTED, null), step);
        assertEquals(1, asked.after(step).attempts());
        assertEquals("MovePoolPoints", Saga.onRetry(asked.after(step), MOVED).type());
        var moved = distribution(DistributionKind.TRANSFER, State.COMPLETED, null, 0);
        assertEquals("", types(Saga.onReaching(moved, MOVED)));
    }

    private static void assertLeads(State state, String answer, String to) {
        assertEquals(
                to.equals("-") ? Optional.empty() : Optional.of(State.valueOf(to)),
                Saga.onAnswer(in(state), ANSWERS.get(answer), () -> true).map(Step::to),
                state + ": " + answer);
    }

    /** What is sent when a state is reached, how long it waits for an answer, and what happens if there is none. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
                    reached      | sends                                     | waits | then         | asks
                    REQUESTED    | DistributionRequested DebitPool           | PT30S | CANCELLING   | DistributionCancelling CancelPoolDebit
                    RETURNING    | BudgetReturned ReturnToPool               | PT7S  | RETURNING    | ReturnToPool
                    CANCELLING   | DistributionCancelling CancelPoolDebit    | PT7S  | CANCELLING   | CancelPoolDebit
                    COMPENSATING | DistributionCompensating RefundPool       | PT7S  | COMPENSATING | RefundPool
                    SET_ASIDE    | ''                                        | PT5M  | SET_ASIDE    | ReturnToPool
                    HELD         | DistributionHeld                          |       |              |
                    COMPLETED    | PointsAwarded                             |       |              |
                    REJECTED     | DistributionRejected                      |       |              |
                    CANCELLED    | DistributionCancelled                     |       |              |
                    COMPENSATED  | DistributionCompensated                   |       |              |
                    """)
    void aStateSendsWaitsAndAsksAgain(
            State state, String sends, @Nullable Duration waits, @Nullable State then, @Nullable String asks) {
        assertEquals(sends, types(Saga.onReaching(in(state), MOVED)));
        assertEquals(waits, Saga.timeout(state, 0, TIMES));
        if (then == null) {
            assertThrows(IllegalArgumentException.class, () -> Saga.onTimeout(in(state)));
            return;
        }
        var overdue = in(state);
        var step = Saga.onTimeout(overdue);
        var after = overdue.after(step);
        assertEquals(then, step.to());
        assertEquals(asks, types(then == state ? List.of(Saga.onRetry(after, MOVED)) : Saga.onReaching(after, MOVED)));
    }

    /** Where a distribution begins. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
                    kind       | source | part of a batch | first
                    DELEGATION | POOL   | false           | REQUESTED
                    AWARD      | POOL   | false           | REQUESTED
                    AWARD      | POOL   | true            | COMPLETED
                    AWARD      | BUDGET | false           | COMPLETED
                    BATCH      | POOL   | false           | REQUESTED
                    RETURN     | BUDGET | false           | RETURNING
                    """)
    void aDistributionBegins(DistributionKind kind, PointsSource source, boolean partOfBatch, State first) {
        assertEquals(first, Saga.first(kind, source, partOfBatch));
    }

    /** A completed one publishes what has arrived; of a return, the pool has said it all. */
    @ParameterizedTest
    @CsvSource({"DELEGATION, PointsDelegated", "AWARD, PointsAwarded", "BATCH, BatchAwarded", "RETURN, ''"})
    void anEndIsPublishedByKind(DistributionKind kind, String event) {
        assertEquals(event, types(Saga.onReaching(distribution(kind, State.COMPLETED, null, 0), MOVED)));
    }

    @ParameterizedTest
    @CsvSource({
        "REQUESTED, 0, PT30S",
        "RETURNING, 1, PT14S",
        "CANCELLING, 2, PT28S",
        "CANCELLING, 5, PT3M44S",
        "COMPENSATING, 6, PT5M",
        "COMPENSATING, 100000, PT5M",
        "SET_ASIDE, 3, PT5M",
    })
    void thePauseDoublesUpToFiveMinutes(State state, int attempts, Duration pause) {
        assertEquals(pause, Saga.timeout(state, attempts, TIMES));
    }

    @Test
    void aLongerDeadlineThanTheLongestPauseIsKept() {
        var patient = new SagaConfig() {
            @Override
            public Duration deadline() {
                return Duration.ofMinutes(10);
            }

            @Override
            public Duration resendAfter() {
                return Duration.ofMinutes(6);
            }

            @Override
            public String sweepEvery() {
                return TIMES.sweepEvery();
            }

            @Override
            public Duration defaultWait() {
                return TIMES.defaultWait();
            }

            @Override
            public Duration longestWait() {
                return TIMES.longestWait();
            }
        };
        assertEquals(Duration.ofMinutes(10), Saga.timeout(State.REQUESTED, 0, patient));
        assertEquals(Duration.ofMinutes(6), Saga.timeout(State.CANCELLING, 3, patient));
    }

    @Test
    void aReceiverWhoCannotTakeItLeadsToARefund() {
        assertEquals(
                Optional.of(new Step(State.COMPENSATING, RefusalReason.RECEIVER_NOT_ELIGIBLE)),
                Saga.onAnswer(first(), ANSWERS.get("debited"), () -> false));
    }

    /** Whether or not its receiver can take it now. */
    @ParameterizedTest
    @CsvSource({"true", "false"})
    void whatNeedsApprovalWaitsForIt(boolean canTakeIt) {
        assertEquals(
                Optional.of(new Step(State.HELD, null)),
                Saga.onAnswer(
                        first().judged(new Judged(1, null, new Approval(2, 24, "large"))),
                        ANSWERS.get("debited"),
                        () -> canTakeIt));
        assertEquals(
                State.REQUESTED,
                first().judged(new Judged(1, null, new Approval(2, 24, "large")))
                        .state());
    }

    /** What a decision leads to; - is none against it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
                    source | against           | can take it | to           | reason
                    POOL   | -                 | true        | COMPLETED    | -
                    POOL   | -                 | false       | COMPENSATING | RECEIVER_NOT_ELIGIBLE
                    POOL   | APPROVAL_REJECTED | true        | COMPENSATING | APPROVAL_REJECTED
                    POOL   | WITHDRAWN         | false       | COMPENSATING | WITHDRAWN
                    BUDGET | -                 | true        | COMPLETED    | -
                    BUDGET | -                 | false       | COMPENSATED  | RECEIVER_NOT_ELIGIBLE
                    BUDGET | APPROVAL_EXPIRED  | true        | COMPENSATED  | APPROVAL_EXPIRED
                    """)
    void aDecisionEndsTheWait(PointsSource source, String against, boolean canTakeIt, State to, String reason) {
        var held = from(source).judged(new Judged(1, null, new Approval(1, 24, "large")));
        var waiting = source == PointsSource.BUDGET ? held : held.after(new Step(State.HELD, null));
        assertEquals(State.HELD, waiting.state());
        assertEquals(new Step(to, reason(reason)), Saga.onDecision(waiting, reason(against), () -> canTakeIt));
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"HELD"},
            mode = EnumSource.Mode.EXCLUDE)
    void onlyWhatWaitsIsDecidedAbout(State state) {
        assertThrows(IllegalArgumentException.class, () -> Saga.onDecision(in(state), null, () -> true));
    }

    private static @Nullable RefusalReason reason(String word) {
        return word.equals("-") ? null : RefusalReason.valueOf(word);
    }

    private static Distribution from(PointsSource source) {
        return Distribution.first(
                ID,
                Instant.EPOCH,
                TENANT,
                DistributionKind.AWARD,
                source,
                GIVER,
                RECEIVER,
                5,
                DistributionText.description(null),
                Envelope.Actor.SYSTEM,
                null);
    }

    @Test
    void theReasonOfARefusalIsThePools() {
        assertEquals(
                Optional.of(new Step(State.REJECTED, RefusalReason.TENANT_SUSPENDED)),
                Saga.onAnswer(first(), ANSWERS.get("refused"), () -> true));
    }

    @Test
    void whatThePoolHasUndoneUnaskedIsOverAsIfTheDeadlineHadPassed() {
        assertEquals(
                Optional.of(new Step(State.CANCELLED, RefusalReason.DEADLINE_PASSED)),
                Saga.onAnswer(first(), ANSWERS.get("cancelled"), () -> true));
    }

    @Test
    void aDeadlineEndsNothing() {
        assertEquals(new Step(State.CANCELLING, RefusalReason.DEADLINE_PASSED), Saga.onTimeout(first()));
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"CANCELLING", "COMPENSATING"})
    void theReasonIsKeptToTheEnd(State undoing) {
        var why = RefusalReason.RECEIVER_NOT_ELIGIBLE;
        var undone = distribution(DistributionKind.AWARD, undoing, why, 0);
        assertEquals(why, Saga.onTimeout(undone).reason());
        assertEquals(
                Optional.of(why),
                Saga.onAnswer(undone, ANSWERS.get("refunded"), () -> true).map(Step::reason));
    }

    @Test
    void attemptsAreCountedWhileTheStateStaysAndForgottenWhenItChanges() {
        var again = in(State.CANCELLING).after(Saga.onTimeout(in(State.CANCELLING)));
        assertEquals(1, again.attempts());
        assertEquals(2, again.after(Saga.onTimeout(again)).attempts());
        assertEquals(
                0,
                again.after(new Step(State.CANCELLED, RefusalReason.DEADLINE_PASSED))
                        .attempts());
    }

    @Test
    void whatWasRefusedSaysWhy() {
        var silent = distribution(DistributionKind.AWARD, State.REJECTED, null, 0);
        assertThrows(IllegalStateException.class, () -> Saga.onReaching(silent, MOVED));
    }

    private static final Moved MOVED = new Moved(
            new Wallet(Wallet.Key.budget(TENANT, GIVER), 5, 1),
            new Wallet(Wallet.Key.earned(TENANT, RECEIVER), 5, 1),
            2,
            5,
            Lots.NONE,
            null,
            null,
            Instant.EPOCH);

    private static String types(List<Message> messages) {
        return messages.stream().map(Message::type).collect(joining(" "));
    }

    private static Distribution first() {
        return distribution(DistributionKind.AWARD, State.REQUESTED, null, 0);
    }

    private static Distribution in(State state) {
        var kind =
                state == State.RETURNING || state == State.SET_ASIDE ? DistributionKind.RETURN : DistributionKind.AWARD;
        return distribution(kind, state, RefusalReason.DEADLINE_PASSED, 0);
    }

    private static Distribution distribution(
            DistributionKind kind, State state, @Nullable RefusalReason reason, int attempts) {
        return new Distribution(
                ID,
                Instant.EPOCH,
                TENANT,
                kind,
                PointsSource.POOL,
                state,
                reason,
                GIVER,
                RECEIVER,
                5,
                DistributionText.description(null),
                Envelope.Actor.SYSTEM,
                null,
                attempts,
                state == State.HELD ? new Judged(1, null, new Approval(1, 24, "large")) : null,
                null,
                null);
    }
}
