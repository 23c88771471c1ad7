package io.points.distribution.saga;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.contract.DistributionKind;
import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.contract.Message;
import io.points.contract.PointsSource;
import io.points.contract.PoolCommand.ReturnToPool;
import io.points.contract.ReturnOrigin;
import io.points.contract.WalletEvent.AwardReversed;
import io.points.distribution.feed.FeedItem;
import io.points.distribution.policy.Dating;
import io.points.distribution.saga.Saga.Step;
import io.points.distribution.wallet.Wallet;
import io.points.distribution.wallet.WalletEntry;
import io.points.ledger.dates.Lots;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What moves, and is told, when an award is taken back. */
class ReversalChangesTest {

    private static final UUID TENANT = UUID.randomUUID();
    private static final UUID GIVER = UUID.randomUUID();
    private static final UUID EMPLOYEE = UUID.randomUUID();
    private static final UUID ID = UUID.randomUUID();
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Wallet.Key EARNED = Wallet.Key.earned(TENANT, EMPLOYEE);
    private static final Wallet.Key BUDGET = Wallet.Key.budget(TENANT, GIVER);

    private Reversal.Dates dates = Reversal.Dates.NONE;

    private final Changes changes =
            new Changes(NOW, Map.of(EARNED, new Wallet(EARNED, 130, 4), BUDGET, new Wallet(BUDGET, 7, 2)));

    @Test
    void toThePoolItIsOnItsWayAndNamesTheDebitOfTheAward() {
        var award = award(PointsSource.POOL, null);
        var reversal = reversal(award, false, 90);
        changes.reverse(reversal);
        assertEquals(State.RETURNING, reversal.distribution().state());
        assertEquals(40, changes.wallet(EARNED).balance());
        assertEquals(7, changes.wallet(BUDGET).balance());
        assertEquals(
                List.of(
                        new AwardReversed(
                                ID,
                                TENANT,
                                award.id(),
                                PointsSource.POOL,
                                EMPLOYEE,
                                90,
                                10,
                                5,
                                40,
                                null,
                                null,
                                null,
                                null),
                        new ReturnToPool(ID, TENANT, EMPLOYEE, 90, award.id(), ReturnOrigin.REVERSAL)),
                sent());
        assertEquals(List.of(reversal), changes.reversals());
        assertEquals(Ids.derive(ID, "AwardReversed"), changes.entries().get(0).eventId());
        assertEquals(
                new FeedItem(
                        TENANT,
                        FeedItem.Kind.REVERSAL,
                        FeedItem.Audience.MANAGERS,
                        GIVER,
                        EMPLOYEE,
                        90,
                        ID,
                        Ids.derive(ID, "AwardReversed")),
                changes.feed().get(0));
    }

    @Test
    void onceThePoolHasItNoWalletMovesAgain() {
        var reversal = reversal(award(PointsSource.POOL, null), false, 100);
        changes.step(reversal.distribution(), new Step(State.COMPLETED, null), 0);
        assertEquals(State.COMPLETED, changes.logged().get(0).state());
        assertTrue(changes.entries().isEmpty());
        assertTrue(changes.feed().isEmpty());
        assertEquals(List.of(), sent());
    }

    @Test
    void anUnansweredOneAsksForTheSameAgain() {
        var reversal = reversal(award(PointsSource.POOL, null), false, 100);
        changes.step(reversal.distribution(), Saga.onTimeout(reversal.distribution()), 0);
        assertTrue(changes.entries().isEmpty());
        assertEquals(
                List.of(new ReturnToPool(
                        ID, TENANT, EMPLOYEE, 100, reversal.award().id(), ReturnOrigin.REVERSAL)),
                sent());
    }

    @Test
    void intoABudgetItIsThereAtOnce() {
        var award = award(PointsSource.BUDGET, null);
        var reversal = reversal(award, true, 100);
        changes.reverse(reversal);
        assertEquals(State.COMPLETED, reversal.distribution().state());
        assertEquals(GIVER, reversal.distribution().toUserId());
        assertNull(reversal.distribution().debitId());
        assertEquals(30, changes.wallet(EARNED).balance());
        assertEquals(107, changes.wallet(BUDGET).balance());
        assertEquals(
                List.of(new AwardReversed(
                        ID, TENANT, award.id(), PointsSource.BUDGET, EMPLOYEE, 100, 0, 5, 30, GIVER, 3L, 107L, null)),
                sent());
        assertEquals(2, changes.entries().size());
    }

    @Test
    void fromABudgetThatIsNoMoreItNamesNoDebit() {
        var reversal = reversal(award(PointsSource.BUDGET, null), false, 100);
        changes.reverse(reversal);
        assertEquals(new ReturnToPool(ID, TENANT, EMPLOYEE, 100, null, ReturnOrigin.REVERSAL), sent().get(1));
        assertEquals(7, changes.wallet(BUDGET).balance());
    }

    /** What the pool had until a day it has again, also where the budget is no more that knew it. */
    @Test
    void fromABudgetThatIsNoMoreItHasItsDaysInThePoolAgain() {
        var purchase = LocalDate.parse("2026-06-30");
        dates = new Reversal.Dates(null, Lots.until(purchase, 60).inWallet(100, LocalDate.parse("2026-03-31")));
        changes.reverse(reversal(award(PointsSource.BUDGET, null), false, 100));
        assertEquals(
                new ReturnToPool(
                        ID,
                        TENANT,
                        EMPLOYEE,
                        100,
                        null,
                        ReturnOrigin.REVERSAL,
                        Lots.until(purchase, 60).told()),
                sent().get(1));
        assertNull(((AwardReversed) sent().get(0)).lots());
    }

    @Test
    void ofABatchItNamesTheDebitOfTheBatch() {
        var batch = UUID.randomUUID();
        assertEquals(
                batch,
                reversal(award(PointsSource.POOL, batch), false, 100)
                        .distribution()
                        .debitId());
    }

    /** Whoever had the award keeps what lapses first; the budget gets back the days that it gave. */
    @Test
    void theAwardsOwnDayIsTakenFirstThenWhatIsUndatedThenTheLatest() {
        var early = LocalDate.parse("2026-02-28");
        var own = LocalDate.parse("2026-03-31");
        var late = LocalDate.parse("2026-06-30");
        var lots = Lots.until(early, 20).plus(Lots.until(own, 30)).plus(Lots.until(late, 40));
        var dated = new Changes(
                NOW, Map.of(EARNED, new Wallet(EARNED, 130, 4, lots, Dating.NEVER), BUDGET, new Wallet(BUDGET, 7, 2)));
        dates = new Reversal.Dates(own, Lots.until(late, 80));
        dated.reverse(reversal(award(PointsSource.BUDGET, null), true, 100));
        assertEquals(
                Lots.until(early, 20).plus(Lots.until(late, 10)),
                dated.wallet(EARNED).lots());
        assertEquals(Lots.until(late, 80), dated.wallet(BUDGET).lots());
        assertEquals(
                List.of(Lots.until(own, 30).plus(Lots.until(late, 30)), Lots.until(late, 80)),
                dated.entries().stream().map(WalletEntry::lots).toList());
        var told = (AwardReversed) dated.outgoing().get(0).message();
        assertEquals(Lots.until(late, 80).list(), told.lots());
    }

    private List<Message> sent() {
        return changes.outgoing().stream().map(Changes.Outgoing::message).toList();
    }

    private Reversal reversal(Distribution award, boolean toBudget, long amount) {
        return Reversal.of(ID, NOW, award, dates, toBudget, amount, "Wrong person", Envelope.Actor.SYSTEM);
    }

    private static Distribution award(PointsSource source, @Nullable UUID batch) {
        return Distribution.first(
                UUID.randomUUID(),
                NOW.minusSeconds(60),
                TENANT,
                DistributionKind.AWARD,
                source,
                GIVER,
                EMPLOYEE,
                100,
                DistributionText.description("Well done"),
                Envelope.Actor.SYSTEM,
                batch);
    }
}
