package io.points.distribution.saga;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.contract.DistributionKind;
import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.contract.PointsSource;
import io.points.contract.PoolCommand.CancelPoolDebit;
import io.points.contract.PoolCommand.DebitPool;
import io.points.contract.PoolCommand.RefundPool;
import io.points.contract.PoolCommand.ReturnToPool;
import io.points.contract.RefusalReason;
import io.points.contract.WalletEvent.BatchAwarded;
import io.points.contract.WalletEvent.BudgetReturned;
import io.points.contract.WalletEvent.DistributionCancelled;
import io.points.contract.WalletEvent.DistributionCancelling;
import io.points.contract.WalletEvent.DistributionCompensated;
import io.points.contract.WalletEvent.DistributionCompensating;
import io.points.contract.WalletEvent.DistributionRejected;
import io.points.contract.WalletEvent.DistributionRequested;
import io.points.contract.WalletEvent.PointsAwarded;
import io.points.contract.WalletEvent.PointsDelegated;
import io.points.distribution.feed.FeedItem;
import io.points.distribution.member.Directory;
import io.points.distribution.member.MemberRole;
import io.points.distribution.saga.Distribution.Tone;
import io.points.distribution.saga.Saga.Step;
import io.points.distribution.saga.Saga.Step.Ask;
import io.points.distribution.wallet.Wallet;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ChangesTest {

    private static final UUID TENANT = UUID.randomUUID();
    private static final UUID MANAGER = UUID.randomUUID();
    private static final UUID LEAD = UUID.randomUUID();
    private static final UUID EMPLOYEE = UUID.randomUUID();

    private final Changes changes = new Changes(Map.of(budget(), new Wallet(budget(), 500, 3)));

    @Test
    void aRequestIsToldAndAsksThePool() {
        changes.request(award(State.REQUESTED));
        assertEquals(List.of(DistributionRequested.class, DebitPool.class), sent());
        assertTrue(changes.entries().isEmpty());
        assertTrue(changes.feed().isEmpty());
    }

    @Test
    void aCompletedAwardCreditsLogsShowsAndTells() {
        changes.step(award(State.REQUESTED), Step.to(State.COMPLETED), 0);
        assertEquals(100, changes.wallet(earned()).balance());
        assertEquals(1, changes.wallet(earned()).entryNumber());
        assertEquals(State.COMPLETED, changes.logged().get(0).state());
        assertEquals(FeedItem.Audience.INVOLVED, changes.feed().get(0).audience());
        var told =
                assertInstanceOf(PointsAwarded.class, changes.outgoing().get(0).message());
        assertEquals(100, told.balanceAfter());
        assertEquals(PointsSource.POOL, told.source());
        assertEquals(changes.outgoing().get(0).id(), changes.entries().get(0).eventId());
    }

    @Test
    void twoAwardsToOneWalletAreNumberedWithoutAGap() {
        changes.step(award(State.REQUESTED), Step.to(State.COMPLETED), 0);
        changes.step(award(State.REQUESTED), Step.to(State.COMPLETED), 0);
        assertEquals(200, changes.wallet(earned()).balance());
        assertEquals(
                List.of(1L, 2L),
                changes.entries().stream()
                        .map(entry -> entry.after().entryNumber())
                        .toList());
    }

    @Test
    void aCompletedDelegationCreditsTheBudget() {
        changes.step(delegation(), Step.to(State.COMPLETED), 0);
        assertEquals(600, changes.wallet(budget()).balance());
        var told = assertInstanceOf(
                PointsDelegated.class, changes.outgoing().get(0).message());
        assertEquals(
                Ids.derive(told.distributionId(), told.type()),
                changes.entries().get(0).eventId());
        assertEquals(4, told.walletEntry());
        assertEquals(FeedItem.Kind.DELEGATION, changes.feed().get(0).kind());
    }

    @Test
    void anAwardFromTheBudgetMovesBothWalletsUnderOneEvent() {
        changes.award(fromBudget(State.COMPLETED));
        assertEquals(400, changes.wallet(budget()).balance());
        assertEquals(100, changes.wallet(earned()).balance());
        assertEquals(
                0, changes.entries().stream().mapToLong(entry -> entry.amount()).sum());
        var told =
                assertInstanceOf(PointsAwarded.class, changes.outgoing().get(0).message());
        assertEquals(400, told.budgetBalanceAfter());
        assertEquals(4, told.budgetEntry());
    }

    @Test
    void aBudgetIsNeverOverdrawn() {
        var poor = new Changes(Map.of(budget(), new Wallet(budget(), 99, 3)));
        assertThrows(IllegalArgumentException.class, () -> poor.award(fromBudget(State.COMPLETED)));
    }

    @Test
    void aReturnDebitsFirstAndAsksThePool() {
        changes.giveBack(giveBack(State.RETURNING));
        assertEquals(400, changes.wallet(budget()).balance());
        assertEquals(List.of(BudgetReturned.class, ReturnToPool.class), sent());
        assertTrue(changes.feed().isEmpty());
    }

    @Test
    void aReturnIsShownWhenThePoolHasIt() {
        changes.step(giveBack(State.RETURNING), Step.to(State.COMPLETED), 0);
        assertTrue(changes.entries().isEmpty());
        assertEquals(FeedItem.Kind.RETURN, changes.feed().get(0).kind());
    }

    @Test
    void refusedCancelledAndCompensatedMoveNoWallet() {
        changes.step(award(State.REQUESTED), why(State.REJECTED), 0);
        changes.step(award(State.CANCELLING), why(State.CANCELLED), 100);
        changes.step(award(State.COMPENSATING), why(State.COMPENSATED), 100);
        changes.rejected(award(State.REQUESTED).in(State.REJECTED, RefusalReason.TENANT_SUSPENDED));
        assertEquals(
                List.of(
                        DistributionRejected.class,
                        DistributionCancelled.class,
                        DistributionCompensated.class,
                        DistributionRejected.class),
                sent());
        var told = assertInstanceOf(
                DistributionRejected.class, changes.outgoing().get(3).message());
        assertEquals(RefusalReason.TENANT_SUSPENDED, told.reason());
        assertTrue(changes.entries().isEmpty());
        assertTrue(changes.feed().isEmpty());
    }

    @Test
    void whatWasHeldWhenItWasRefusedIsKept() {
        var refused = award(State.REQUESTED);
        changes.refusedAt(refused.id(), 99);
        assertEquals(Map.of(refused.id(), 99L), changes.balancesAtRefusal());
    }

    @Test
    void aDistributionStandsAsItsLastStepLeftIt() {
        var before = award(State.REQUESTED);
        assertEquals(before, changes.standing(before));
        changes.step(before, why(State.REJECTED), 0);
        assertEquals(State.REJECTED, changes.standing(before).state());
    }

    @Test
    void whoReceivesMustHaveTheRoleThatFits() {
        assertEquals(new Directory.Key(TENANT, LEAD), delegation().receiver());
        assertEquals(MemberRole.LEAD, delegation().requiredRole());
        assertEquals(new Directory.Key(TENANT, EMPLOYEE), award(State.REQUESTED).receiver());
        assertEquals(MemberRole.EMPLOYEE, award(State.REQUESTED).requiredRole());
    }

    @Test
    void anEndWithoutAReasonIsAFault() {
        assertThrows(
                IllegalStateException.class, () -> changes.step(award(State.REQUESTED), Step.to(State.REJECTED), 0));
    }

    @Test
    void askingAgainIsTheSameCommandUnderTheSameIdAndLogsNothing() {
        var cancelling = award(State.CANCELLING);
        changes.step(cancelling, new Step(State.CANCELLING, RefusalReason.DEADLINE_PASSED, Ask.CANCEL), 0);
        changes.step(cancelling, new Step(State.CANCELLING, RefusalReason.DEADLINE_PASSED, Ask.CANCEL), 0);
        assertEquals(List.of(CancelPoolDebit.class, CancelPoolDebit.class), sent());
        assertEquals(changes.outgoing().get(0).id(), changes.outgoing().get(1).id());
        assertTrue(changes.logged().isEmpty());
    }

    @Test
    void aPassedDeadlineIsToldAndAskedAboutInNobodysName() {
        var requested =
                distribution(DistributionKind.AWARD, PointsSource.POOL, State.REQUESTED, MANAGER, EMPLOYEE, Tone.PLAIN);
        changes.step(requested.bySystem(), new Step(State.CANCELLING, RefusalReason.DEADLINE_PASSED, Ask.CANCEL), 0);
        assertEquals(List.of(CancelPoolDebit.class, DistributionCancelling.class), sent());
        assertEquals(null, changes.outgoing().get(0).cause().actorId());
    }

    @Test
    void aReturnThatWasSetAsideMovesNothing() {
        changes.step(giveBack(State.RETURNING), Step.to(State.SET_ASIDE), 0);
        assertTrue(changes.outgoing().isEmpty());
        assertTrue(changes.entries().isEmpty());
        assertEquals(State.SET_ASIDE, changes.logged().get(0).state());
    }

    @Test
    void aReturnThatWasSetAsideIsAskedForAgainUnderTheSameId() {
        var setAside = giveBack(State.SET_ASIDE);
        changes.step(setAside, new Step(State.SET_ASIDE, null, Ask.RETURN), 0);
        var asked = changes.outgoing().get(0);
        assertEquals(List.of(ReturnToPool.class), sent());
        assertEquals(Ids.derive(setAside.id(), "ReturnToPool"), asked.id());
        assertTrue(changes.entries().isEmpty());
        assertTrue(changes.logged().isEmpty());
    }

    @Test
    void aWalletThatCannotTakeItAsksForARefund() {
        changes.step(
                award(State.REQUESTED),
                new Step(State.COMPENSATING, RefusalReason.RECEIVER_NOT_ELIGIBLE, Ask.REFUND),
                0);
        assertEquals(List.of(RefundPool.class, DistributionCompensating.class), sent());
        assertEquals(State.COMPENSATING, changes.updated().get(0).state());
    }

    @Test
    void aRecognitionIsShownToWhomItIsMeantFor() {
        changes.step(said(Tone.PUBLIC_RECOGNITION), Step.to(State.COMPLETED), 0);
        changes.step(said(Tone.PRIVATE_RECOGNITION), Step.to(State.COMPLETED), 0);
        assertEquals(
                List.of(FeedItem.Audience.TENANT, FeedItem.Audience.INVOLVED),
                changes.feed().stream().map(FeedItem::audience).toList());
        assertEquals(FeedItem.Kind.RECOGNITION, changes.feed().get(0).kind());
        assertNotEquals(changes.feed().get(0).eventId(), changes.feed().get(1).eventId());
    }

    @Test
    void aCompletedBatchCreditsEachOfItsReceiversUnderItsOwnId() {
        var other = UUID.randomUUID();
        var batch = batch(60, other);
        var ofBatch = new Changes(Map.of(), Map.of(batch.id(), batch.awards(Instant.EPOCH)));
        ofBatch.step(batch.whole(State.REQUESTED), Step.to(State.COMPLETED), 0);
        assertEquals(40, ofBatch.wallet(earned()).balance());
        assertEquals(60, ofBatch.wallet(Wallet.Key.earned(TENANT, other)).balance());
        assertEquals(2, ofBatch.begun().size());
        assertEquals(2, ofBatch.feed().size());
        assertEquals(
                List.of(State.COMPLETED, State.COMPLETED, State.COMPLETED),
                ofBatch.logged().stream().map(Distribution::state).toList());
        var told = ofBatch.outgoing().stream().map(Changes.Outgoing::message).toList();
        var first = assertInstanceOf(PointsAwarded.class, told.get(0));
        assertEquals(batch.lines().get(0).distributionId(), first.distributionId());
        assertEquals(batch.id(), first.debitId());
        assertEquals(
                new BatchAwarded(batch.id(), TENANT, MANAGER, 2, 100),
                assertInstanceOf(BatchAwarded.class, told.get(2)));
    }

    @Test
    void aBatchWhoseAwardsAreNotWhatThePoolWasDebitedDoesNotComplete() {
        var batch = batch(60, UUID.randomUUID());
        var step = Step.to(State.COMPLETED);
        assertThrows(IllegalStateException.class, () -> changes.step(batch.whole(State.REQUESTED), step, 0));
        assertTrue(changes.entries().isEmpty());
    }

    private static Batch batch(long amount, UUID other) {
        return new Batch(
                UUID.randomUUID(),
                Instant.EPOCH,
                TENANT,
                Batch.Mode.ALL_OR_NOTHING,
                MANAGER,
                "Year-end",
                List.of(
                        new Batch.Line(1, EMPLOYEE, 100 - amount, null, UUID.randomUUID()),
                        new Batch.Line(2, other, amount, "Thanks", UUID.randomUUID())),
                new Envelope.Cause(MANAGER.toString(), "manager", null));
    }

    private List<Class<?>> sent() {
        return changes.outgoing().stream()
                .<Class<?>>map(out -> out.message().getClass())
                .toList();
    }

    private static Step why(State to) {
        return new Step(to, RefusalReason.DEADLINE_PASSED, Ask.NOTHING);
    }

    private static Distribution award(State state) {
        return distribution(DistributionKind.AWARD, PointsSource.POOL, state, MANAGER, EMPLOYEE, Tone.PLAIN);
    }

    private static Distribution said(Tone tone) {
        return distribution(DistributionKind.AWARD, PointsSource.POOL, State.REQUESTED, MANAGER, EMPLOYEE, tone);
    }

    private static Distribution delegation() {
        return distribution(DistributionKind.DELEGATION, PointsSource.POOL, State.REQUESTED, MANAGER, LEAD, Tone.PLAIN);
    }

    private static Distribution fromBudget(State state) {
        return distribution(DistributionKind.AWARD, PointsSource.BUDGET, state, LEAD, EMPLOYEE, Tone.PLAIN);
    }

    private static Distribution giveBack(State state) {
        return distribution(DistributionKind.RETURN, PointsSource.BUDGET, state, LEAD, null, Tone.PLAIN);
    }

    private static Distribution distribution(
            DistributionKind kind, PointsSource source, State state, UUID from, UUID to, Tone tone) {
        return new Distribution(
                UUID.randomUUID(), TENANT, kind, source, state, null, from, to, 100, tone, Envelope.Cause.SYSTEM, null);
    }

    private static Wallet.Key budget() {
        return Wallet.Key.budget(TENANT, LEAD);
    }

    private static Wallet.Key earned() {
        return Wallet.Key.earned(TENANT, EMPLOYEE);
    }
}
