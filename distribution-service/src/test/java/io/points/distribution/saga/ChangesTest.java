package io.points.distribution.saga;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
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
import io.points.contract.WalletEvent.DistributionHeld;
import io.points.contract.WalletEvent.DistributionRejected;
import io.points.contract.WalletEvent.DistributionReleased;
import io.points.contract.WalletEvent.DistributionRequested;
import io.points.contract.WalletEvent.PointsAwarded;
import io.points.contract.WalletEvent.PointsDelegated;
import io.points.distribution.feed.FeedItem;
import io.points.distribution.member.Directory;
import io.points.distribution.member.MemberRole;
import io.points.distribution.policy.Dating;
import io.points.distribution.recognition.Visibility;
import io.points.distribution.saga.Saga.Step;
import io.points.distribution.wallet.Wallet;
import io.points.distribution.wallet.WalletEntry;
import io.points.ledger.dates.Expiry;
import io.points.ledger.dates.LocalDays;
import io.points.ledger.dates.Lots;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChangesTest {

    private static final UUID TENANT = UUID.randomUUID();
    private static final UUID MANAGER = UUID.randomUUID();
    private static final UUID LEAD = UUID.randomUUID();
    private static final UUID EMPLOYEE = UUID.randomUUID();

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final Changes changes = new Changes(NOW, Map.of(budget(), new Wallet(budget(), 500, 3)));

    @Test
    void aRequestIsToldAndAsksThePool() {
        changes.begin(award(State.REQUESTED));
        assertEquals(List.of(DistributionRequested.class, DebitPool.class), sent());
        assertTrue(changes.entries().isEmpty());
        assertTrue(changes.feed().isEmpty());
    }

    @Test
    void aCompletedAwardCreditsLogsShowsAndTells() {
        changes.step(award(State.REQUESTED), to(State.COMPLETED), 0);
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
        changes.step(award(State.REQUESTED), to(State.COMPLETED), 0);
        changes.step(award(State.REQUESTED), to(State.COMPLETED), 0);
        assertEquals(200, changes.wallet(earned()).balance());
        assertEquals(
                List.of(1L, 2L),
                changes.entries().stream()
                        .map(entry -> entry.after().entryNumber())
                        .toList());
    }

    @Test
    void whatWaitsOutOfThePoolMovesNoWallet() {
        changes.step(
                award(State.REQUESTED).judged(new Judged(1, null, new Approval(2, 24, "large"))), to(State.HELD), 0);
        assertTrue(changes.entries().isEmpty());
        assertTrue(changes.feed().isEmpty());
        assertEquals(State.HELD, changes.logged().get(0).state());
        var told = assertInstanceOf(
                DistributionHeld.class, changes.outgoing().get(0).message());
        assertEquals(NOW.plus(Duration.ofHours(24)), told.until());
        assertEquals(2, told.levels());
        assertNull(told.budgetEntry());
    }

    @Test
    void whatWaitsOutOfABudgetLeavesItAndComesBackWithItsDays() {
        var first = LocalDate.of(2026, 2, 1);
        var lots = Lots.until(first, 60);
        var dated = new Changes(NOW, Map.of(budget(), new Wallet(budget(), 500, 3, lots, Dating.NEVER)));
        var held = fromBudget(State.COMPLETED).judged(new Judged(1, null, new Approval(1, 24, "large")));
        dated.begin(held);
        assertEquals(400, dated.wallet(budget()).balance());
        assertTrue(dated.wallet(budget()).lots().isEmpty());
        var hold = dated.entries().get(0);
        assertEquals(WalletEntry.HOLD, hold.cause());
        assertEquals(lots, hold.lots());
        assertEquals(Ids.derive(held.id(), "DistributionHeld"), hold.eventId());

        dated.decide(held, why(State.COMPENSATED), hold.lots());
        assertEquals(500, dated.wallet(budget()).balance());
        assertEquals(lots, dated.wallet(budget()).lots());
        var release = dated.entries().get(1);
        assertEquals(WalletEntry.RELEASE, release.cause());
        assertEquals(5, release.after().entryNumber());
        assertNotEquals(hold.distributionId(), release.distributionId());
        var told = assertInstanceOf(
                DistributionReleased.class, dated.outgoing().get(1).message());
        assertEquals(RefusalReason.DEADLINE_PASSED, told.reason());
        assertEquals(5L, told.budgetEntry());
        assertEquals(500L, told.budgetBalanceAfter());
        assertEquals(lots.list(), told.lots());
    }

    /** First the points are in the budget again; then they are awarded as any. */
    @Test
    void whatIsApprovedOutOfABudgetIsAnAwardLikeAny() {
        var held = fromBudget(State.COMPLETED).judged(new Judged(1, null, new Approval(1, 24, "large")));
        changes.begin(held);
        changes.decide(held, to(State.COMPLETED), Lots.NONE);
        assertEquals(400, changes.wallet(budget()).balance());
        assertEquals(100, changes.wallet(earned()).balance());
        assertEquals(List.of(DistributionHeld.class, DistributionReleased.class, PointsAwarded.class), sent());
        assertEquals(4, changes.entries().size());
        assertEquals(
                4,
                changes.entries().stream()
                        .map(it -> it.eventId() + " " + it.after().key())
                        .distinct()
                        .count());
    }

    @Test
    void anAwardIsDatedByThePolicyAndTheDayOfTheCredit() {
        var kolkata = new LocalDays(ZoneId.of("Asia/Kolkata"), null);
        var dating = new Dating(Expiry.After.of("P90D", null), kolkata);
        var first = LocalDate.of(2026, 2, 1);
        var before = new Wallet(earned(), 10, 3, Lots.until(first, 10), dating);
        // In Kolkata it is the day after.
        var dated = new Changes(Instant.parse("2026-01-01T18:30:00Z"), Map.of(earned(), before));
        dated.step(award(State.REQUESTED), to(State.COMPLETED), 0);
        var lastDay = LocalDate.of(2026, 4, 2);
        assertEquals(
                Lots.until(first, 10).plus(Lots.until(lastDay, 100)),
                dated.wallet(earned()).lots());
        assertEquals(Lots.until(lastDay, 100), dated.entries().get(0).lots());
        var told = assertInstanceOf(PointsAwarded.class, dated.outgoing().get(0).message());
        assertEquals(lastDay, told.expiresOn());
    }

    @Test
    void aDebitUsesWhatLapsesFirst() {
        var first = LocalDate.of(2026, 2, 1);
        var second = LocalDate.of(2026, 3, 1);
        var lots = Lots.until(first, 60).plus(Lots.until(second, 60));
        var dated = new Changes(NOW, Map.of(budget(), new Wallet(budget(), 500, 3, lots, Dating.NEVER)));
        dated.begin(giveBack(State.RETURNING));
        assertEquals(Lots.until(second, 20), dated.wallet(budget()).lots());
        assertEquals(
                Lots.until(first, 60).plus(Lots.until(second, 40)),
                dated.entries().get(0).lots());
    }

    @Test
    void aCompletedDelegationCreditsTheBudget() {
        changes.step(delegation(), to(State.COMPLETED), 0);
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
        changes.begin(fromBudget(State.COMPLETED));
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
        var poor = new Changes(NOW, Map.of(budget(), new Wallet(budget(), 99, 3)));
        assertThrows(IllegalArgumentException.class, () -> poor.begin(fromBudget(State.COMPLETED)));
    }

    @Test
    void aReturnDebitsFirstAndAsksThePool() {
        changes.begin(giveBack(State.RETURNING));
        assertEquals(400, changes.wallet(budget()).balance());
        assertEquals(List.of(BudgetReturned.class, ReturnToPool.class), sent());
        assertTrue(changes.feed().isEmpty());
    }

    @Test
    void aReturnIsShownWhenThePoolHasIt() {
        changes.step(giveBack(State.RETURNING), to(State.COMPLETED), 0);
        assertTrue(changes.entries().isEmpty());
        assertEquals(FeedItem.Kind.RETURN, changes.feed().get(0).kind());
    }

    @Test
    void refusedCancelledAndCompensatedMoveNoWallet() {
        changes.step(award(State.REQUESTED), why(State.REJECTED), 0);
        changes.step(award(State.CANCELLING), why(State.CANCELLED), 100);
        changes.step(award(State.COMPENSATING), why(State.COMPENSATED), 100);
        changes.begin(award(State.REQUESTED).rejected(RefusalReason.TENANT_SUSPENDED));
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
        assertEquals(before, changes.current(before));
        changes.step(before, why(State.REJECTED), 0);
        assertEquals(State.REJECTED, changes.current(before).state());
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
        assertThrows(IllegalStateException.class, () -> changes.step(award(State.REQUESTED), to(State.REJECTED), 0));
    }

    @Test
    void askingAgainIsTheSameCommandUnderTheSameIdAndLogsNothing() {
        var cancelling = award(State.CANCELLING);
        changes.step(cancelling, new Step(State.CANCELLING, RefusalReason.DEADLINE_PASSED), 0);
        changes.step(cancelling, new Step(State.CANCELLING, RefusalReason.DEADLINE_PASSED), 0);
        assertEquals(List.of(CancelPoolDebit.class, CancelPoolDebit.class), sent());
        assertEquals(changes.outgoing().get(0).id(), changes.outgoing().get(1).id());
        assertTrue(changes.logged().isEmpty());
    }

    @Test
    void aPassedDeadlineIsToldAndAskedAboutInNobodysName() {
        var requested =
                distribution(DistributionKind.AWARD, PointsSource.POOL, State.REQUESTED, MANAGER, EMPLOYEE, null);
        changes.step(requested.bySystem(), new Step(State.CANCELLING, RefusalReason.DEADLINE_PASSED), 0);
        assertEquals(List.of(DistributionCancelling.class, CancelPoolDebit.class), sent());
        assertEquals(null, changes.outgoing().get(0).actor().id());
    }

    @Test
    void aReturnThatWasSetAsideMovesNothing() {
        changes.step(giveBack(State.RETURNING), to(State.SET_ASIDE), 0);
        assertTrue(changes.outgoing().isEmpty());
        assertTrue(changes.entries().isEmpty());
        assertEquals(State.SET_ASIDE, changes.logged().get(0).state());
    }

    @Test
    void aReturnThatWasSetAsideIsAskedForAgainUnderTheSameId() {
        var setAside = giveBack(State.SET_ASIDE);
        changes.step(setAside, new Step(State.SET_ASIDE, null), 0);
        var asked = changes.outgoing().get(0);
        assertEquals(List.of(ReturnToPool.class), sent());
        assertEquals(Ids.derive(setAside.id(), "ReturnToPool"), asked.id());
        assertTrue(changes.entries().isEmpty());
        assertTrue(changes.logged().isEmpty());
    }

    @Test
    void aWalletThatCannotTakeItAsksForARefund() {
        changes.step(award(State.REQUESTED), new Step(State.COMPENSATING, RefusalReason.RECEIVER_NOT_ELIGIBLE), 0);
        assertEquals(List.of(DistributionCompensating.class, RefundPool.class), sent());
        assertEquals(State.COMPENSATING, changes.updated().get(0).state());
    }

    @Test
    void aRecognitionIsShownToWhomItIsMeantFor() {
        changes.step(said(Visibility.PUBLIC), to(State.COMPLETED), 0);
        changes.step(said(Visibility.PRIVATE), to(State.COMPLETED), 0);
        assertEquals(
                List.of(FeedItem.Audience.TENANT, FeedItem.Audience.INVOLVED),
                changes.feed().stream().map(FeedItem::audience).toList());
        assertEquals(FeedItem.Kind.RECOGNITION, changes.feed().get(0).kind());
        assertNotEquals(changes.feed().get(0).eventId(), changes.feed().get(1).eventId());
    }

    @Test
    void aCompletedBatchCreditsEachOfItsReceiversUnderItsOwnId() {
        var other = UUID.randomUUID();
        var batch = distribution(DistributionKind.BATCH, PointsSource.POOL, State.REQUESTED, MANAGER, null, null);
        var awards = List.of(ofBatch(batch.id(), EMPLOYEE, 40), ofBatch(batch.id(), other, 60));
        var ofBatch = new Changes(NOW, Map.of(), Map.of(batch.id(), awards));
        ofBatch.step(batch, to(State.COMPLETED), 0);
        assertEquals(40, ofBatch.wallet(earned()).balance());
        assertEquals(60, ofBatch.wallet(Wallet.Key.earned(TENANT, other)).balance());
        assertEquals(
                List.of(NOW, NOW),
                ofBatch.begun().stream().map(Distribution::createdAt).toList(),
                "they begin when the batch completes");
        assertEquals(2, ofBatch.feed().size());
        assertEquals(
                List.of(State.COMPLETED, State.COMPLETED, State.COMPLETED),
                ofBatch.logged().stream().map(Distribution::state).toList());
        var told = ofBatch.outgoing().stream().map(Changes.Outgoing::message).toList();
        var first = assertInstanceOf(PointsAwarded.class, told.get(0));
        assertEquals(awards.get(0).id(), first.distributionId());
        assertEquals(batch.id(), first.debitId());
        assertEquals(
                new BatchAwarded(batch.id(), TENANT, MANAGER, 2, 100),
                assertInstanceOf(BatchAwarded.class, told.get(2)));
    }

    @Test
    void aBatchWhoseAwardsAreNotWhatThePoolWasDebitedDoesNotComplete() {
        var batch = distribution(DistributionKind.BATCH, PointsSource.POOL, State.REQUESTED, MANAGER, null, null);
        var step = to(State.COMPLETED);
        assertThrows(IllegalStateException.class, () -> changes.step(batch, step, 0));
        assertTrue(changes.entries().isEmpty());
    }

    @Test
    void whatBeginsIsSentAsOfWhenItWasAskedForAndAStepAsOfNow() {
        var award = award(State.REQUESTED);
        changes.begin(award);
        changes.step(award, to(State.COMPLETED), 0);
        assertEquals(
                List.of(award.createdAt(), award.createdAt(), NOW),
                changes.outgoing().stream().map(Changes.Outgoing::at).toList());
    }

    private static Distribution ofBatch(UUID batch, UUID receiver, long amount) {
        return Distribution.first(
                UUID.randomUUID(),
                Instant.EPOCH,
                TENANT,
                DistributionKind.AWARD,
                PointsSource.POOL,
                MANAGER,
                receiver,
                amount,
                DistributionText.description("Year-end"),
                Envelope.Actor.SYSTEM,
                batch);
    }

    private List<Class<?>> sent() {
        return changes.outgoing().stream()
                .<Class<?>>map(out -> out.message().getClass())
                .toList();
    }

    private static Step to(State to) {
        return new Step(to, null);
    }

    private static Step why(State to) {
        return new Step(to, RefusalReason.DEADLINE_PASSED);
    }

    private static Distribution award(State state) {
        return distribution(DistributionKind.AWARD, PointsSource.POOL, state, MANAGER, EMPLOYEE, null);
    }

    private static Distribution said(Visibility visibility) {
        return distribution(DistributionKind.AWARD, PointsSource.POOL, State.REQUESTED, MANAGER, EMPLOYEE, visibility);
    }

    private static Distribution delegation() {
        return distribution(DistributionKind.DELEGATION, PointsSource.POOL, State.REQUESTED, MANAGER, LEAD, null);
    }

    private static Distribution fromBudget(State state) {
        return distribution(DistributionKind.AWARD, PointsSource.BUDGET, state, LEAD, EMPLOYEE, null);
    }

    private static Distribution giveBack(State state) {
        return distribution(DistributionKind.RETURN, PointsSource.BUDGET, state, LEAD, null, null);
    }

    private static Distribution distribution(
            DistributionKind kind,
            PointsSource source,
            State state,
            UUID from,
            UUID to,
            @Nullable Visibility visibility) {
        var text = new DistributionText(null, null, null, null, visibility, false);
        return new Distribution(
                UUID.randomUUID(),
                NOW.minusSeconds(5),
                TENANT,
                kind,
                source,
                state,
                null,
                from,
                to,
                100,
                text,
                Envelope.Actor.SYSTEM,
                null,
                0,
                null,
                null,
                null);
    }

    private static Wallet.Key budget() {
        return Wallet.Key.budget(TENANT, LEAD);
    }

    private static Wallet.Key earned() {
        return Wallet.Key.earned(TENANT, EMPLOYEE);
    }
}
