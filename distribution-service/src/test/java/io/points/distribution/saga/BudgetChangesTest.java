package io.points.distribution.saga;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.contract.Account;
import io.points.contract.DatedPoints;
import io.points.contract.DistributionKind;
import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.contract.LapseReason;
import io.points.contract.Message;
import io.points.contract.PointsSource;
import io.points.contract.PoolCommand.ReturnToPool;
import io.points.contract.WalletEvent.BudgetReturned;
import io.points.contract.WalletEvent.PointsAwarded;
import io.points.contract.WalletEvent.PointsDelegated;
import io.points.contract.WalletEvent.PointsExpired;
import io.points.distribution.policy.Dating;
import io.points.distribution.saga.Saga.Step;
import io.points.distribution.wallet.Wallet;
import io.points.distribution.wallet.WalletEntry;
import io.points.ledger.dates.Expiry;
import io.points.ledger.dates.LocalDays;
import io.points.ledger.dates.Lots;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Until when a budget's points can be given on, and that they are as old as before when the pool has them again. */
class BudgetChangesTest {

    private static final UUID TENANT = UUID.randomUUID();
    private static final UUID MANAGER = UUID.randomUUID();
    private static final UUID LEAD = UUID.randomUUID();
    private static final UUID EMPLOYEE = UUID.randomUUID();
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final LocalDate SOON = LocalDate.of(2026, 1, 20);
    private static final LocalDate IN_30_DAYS = LocalDate.of(2026, 1, 31);
    private static final LocalDate LATE = LocalDate.of(2026, 12, 31);
    private static final Wallet.Key BUDGET = Wallet.Key.budget(TENANT, LEAD);
    private static final Wallet.Key EARNED = Wallet.Key.earned(TENANT, EMPLOYEE);
    private static final Dating MONTH = new Dating(Expiry.After.of("P30D", null), LocalDays.UTC);

    /** 40 that were bought until soon, 100 that were bought until late, 60 undated in the pool, 10 for ever. */
    private static final Lots LOTS =
            Lots.until(SOON, 40).plus(Lots.until(LATE, 100)).inWallet(200, IN_30_DAYS);

    private final Changes changes = new Changes(NOW, Map.of(BUDGET, new Wallet(BUDGET, 210, 3, LOTS, MONTH)));

    @Test
    void whatIsDelegatedHasTheEarlierOfItsPurchasesDayAndItsOwn() {
        var delegation = distribution(DistributionKind.DELEGATION, PointsSource.POOL, MANAGER, LEAD, 200);
        var empty = new Changes(NOW, Map.of(BUDGET, new Wallet(BUDGET, 0, 0, Lots.NONE, MONTH)));
        empty.dated(delegation.id(), Lots.until(SOON, 40).plus(Lots.until(LATE, 100)));
        empty.step(delegation, new Step(State.COMPLETED, null), 0);
        var lots = List.of(
                new DatedPoints(SOON, 40, SOON),
                new DatedPoints(IN_30_DAYS, 100, LATE),
                new DatedPoints(IN_30_DAYS, 60, null));
        assertEquals(lots, empty.wallet(BUDGET).lots().list());
        assertEquals(lots, empty.entries().get(0).lots().list());
        assertEquals(
                new PointsDelegated(delegation.id(), TENANT, MANAGER, LEAD, 200, 1, 200, lots),
                empty.outgoing().get(0).message());
    }

    @Test
    void withoutAPolicyItHasItsPurchasesDay() {
        var delegation = distribution(DistributionKind.DELEGATION, PointsSource.POOL, MANAGER, LEAD, 200);
        var empty = new Changes(NOW, Map.of());
        empty.dated(delegation.id(), Lots.until(SOON, 40));
        empty.step(delegation, new Step(State.COMPLETED, null), 0);
        assertEquals(
                List.of(new DatedPoints(SOON, 40, SOON)),
                empty.wallet(BUDGET).lots().list());
    }

    @Test
    void anAwardUsesWhatLapsesFirstAndHasItsOwnDay() {
        var award = distribution(DistributionKind.AWARD, PointsSource.BUDGET, LEAD, EMPLOYEE, 50);
        changes.begin(award);
        assertEquals(
                List.of(new DatedPoints(SOON, 40, SOON), new DatedPoints(IN_30_DAYS, 10, LATE)),
                changes.entries().get(0).lots().list());
        assertEquals(Lots.NONE, changes.wallet(EARNED).lots());
        assertNull(((PointsAwarded) sent().get(0)).expiresOn());
    }

    @Test
    void whatIsReturnedHasItsPurchasesDayInThePoolAgain() {
        var back = distribution(DistributionKind.RETURN, PointsSource.BUDGET, LEAD, null, 170);
        changes.begin(back);
        assertEquals(
                List.of(
                        new BudgetReturned(
                                back.id(),
                                TENANT,
                                LEAD,
                                170,
                                4,
                                40,
                                List.of(
                                        new DatedPoints(SOON, 40, SOON),
                                        new DatedPoints(IN_30_DAYS, 100, LATE),
                                        new DatedPoints(IN_30_DAYS, 30, null))),
                        new ReturnToPool(
                                back.id(),
                                TENANT,
                                LEAD,
                                170,
                                null,
                                null,
                                List.of(new DatedPoints(SOON, 40, null), new DatedPoints(LATE, 100, null)))),
                sent());
        assertEquals(Lots.until(IN_30_DAYS, 30), changes.wallet(BUDGET).lots());
    }

    /** Nothing of it is in memory any more. */
    @Test
    void anUnansweredReturnAsksForTheSameAgain() {
        var back = distribution(DistributionKind.RETURN, PointsSource.BUDGET, LEAD, null, 40);
        changes.dated(back.id(), Lots.until(SOON, 40).inWallet(40, null));
        changes.step(back, Saga.onTimeout(back), 0);
        assertTrue(changes.entries().isEmpty());
        assertEquals(
                List.of(new ReturnToPool(
                        back.id(),
                        TENANT,
                        LEAD,
                        40,
                        null,
                        null,
                        Lots.until(SOON, 40).told())),
                sent());
    }

    @Test
    void whatLapsesToThePoolIsAReturnOfExactlyThese() {
        var lots = Lots.of(List.of(new DatedPoints(IN_30_DAYS, 100, LATE), new DatedPoints(IN_30_DAYS, 60, null)));
        var lapse = Lapse.of(BUDGET, 160, LapseReason.AGE, IN_30_DAYS, lots, NOW, Envelope.Actor.SYSTEM);
        var id = lapse.distribution().id();
        changes.lapse(lapse);
        assertEquals(DistributionKind.RETURN, lapse.distribution().kind());
        assertEquals(
                List.of(
                        new BudgetReturned(id, TENANT, LEAD, 160, 4, 50, lots.told()),
                        new ReturnToPool(
                                id,
                                TENANT,
                                LEAD,
                                160,
                                null,
                                null,
                                Lots.until(LATE, 100).told())),
                sent());
        assertEquals(
                List.of(new DatedPoints(SOON, 40, SOON)),
                changes.wallet(BUDGET).lots().list());
    }

    @Test
    void whatLapsesToNowhereIsNobodys() {
        var lots = Lots.until(SOON, 40).inWallet(40, null);
        var id = UUID.randomUUID();
        changes.expire(id, BUDGET, LapseReason.AGE, SOON, 40, lots);
        assertEquals(
                List.of(new PointsExpired(id, TENANT, LEAD, Account.BUDGET, LapseReason.AGE, SOON, 40, 4, 170)),
                sent());
        var entry = changes.entries().get(0);
        assertEquals(
                new WalletEntry(
                        changes.wallet(BUDGET), -40, lots, WalletEntry.EXPIRY, id, Ids.derive(id, "PointsExpired")),
                entry);
        assertEquals(Envelope.Actor.SYSTEM, changes.outgoing().get(0).actor());
        assertTrue(changes.begun().isEmpty());
        assertThrows(
                IllegalArgumentException.class,
                () -> changes.expire(UUID.randomUUID(), BUDGET, LapseReason.AGE, SOON, 40, lots));
    }

    private static Distribution distribution(
            DistributionKind kind, PointsSource source, UUID from, @Nullable UUID to, long amount) {
        return Distribution.first(
                UUID.randomUUID(),
                NOW,
                TENANT,
                kind,
                source,
                from,
                to,
                amount,
                DistributionText.description("Quarter 1"),
                Envelope.Actor.SYSTEM,
                null);
    }

    private List<Message> sent() {
        return changes.outgoing().stream().map(Changes.Outgoing::message).toList();
    }
}
