package io.points.distribution.expiry;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.contract.Account;
import io.points.contract.DatedPoints;
import io.points.contract.DistributionKind;
import io.points.contract.LapseReason;
import io.points.contract.Message;
import io.points.contract.PolicyEvent.PointsExpiring;
import io.points.contract.PoolCommand.ReturnToPool;
import io.points.contract.PoolEvent.PointsReturnSetAside;
import io.points.contract.PoolEvent.PointsReturned;
import io.points.contract.PoolEvent.PoolDebited;
import io.points.contract.PoolEvent.TenantSuspended;
import io.points.contract.Topic;
import io.points.contract.WalletEvent.BudgetReturned;
import io.points.contract.WalletEvent.PointsDelegated;
import io.points.contract.WalletEvent.PointsExpired;
import io.points.distribution.DistributionServiceTest;
import io.points.distribution.Given;
import io.points.testing.Tables;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What leads have to give on lapses, and is as old as before when the pool has it again. */
@DistributionServiceTest
class BudgetExpiryTest {

    private static final LocalDate TODAY = LocalDate.now(ZoneOffset.UTC);
    private static final LocalDate SOON = TODAY.plusDays(20);
    private static final LocalDate LATE = TODAY.plusDays(200);

    @Inject
    ExpiryRound round;

    @Test
    void aBudgetKnowsUntilWhenItsPointsWereBoughtAndThePoolHasThatAgain() {
        try (var given = Given.tenant()) {
            var delegation = delegated(given, 150, new DatedPoints(SOON, 40, null), new DatedPoints(LATE, 100, null));
            var dated = List.of(new DatedPoints(SOON, 40, SOON), new DatedPoints(LATE, 100, LATE));
            assertEquals(
                    List.of(new PointsDelegated(
                            delegation, given.tenant, given.manager, given.lead, 150, 1, 150, dated)),
                    told(given, PointsDelegated.class, 1));
            given.asLead()
                    .get("/api/wallets/me")
                    .then()
                    .body("budget_expiring.expires_on", contains(SOON.toString(), LATE.toString()))
                    .body("budget_expiring.points", contains(40, 100))
                    .body("expiring", empty());
            given.asManager()
                    .get("/api/wallets/expiring?until=" + LATE)
                    .then()
                    .body("days", empty())
                    .body("budgets.expires_on", contains(SOON.toString(), LATE.toString()))
                    .body("budgets.points", contains(40, 100))
                    .body("budgets.members", contains(1, 1));
            // An award uses the earliest, and its reversal gives that back.
            var award = award(given, 60);
            lotsOfBudget(given, new DatedPoints(LATE, 80, LATE));
            reverse(given, award);
            lotsOfBudget(given, dated.get(0), dated.get(1));
            var back = returned(given, 145);
            assertEquals(
                    List.of(new DatedPoints(SOON, 40, null), new DatedPoints(LATE, 100, null)),
                    given.awaitCommand(ReturnToPool.class, back).lots());
            assertEquals(dated, told(given, BudgetReturned.class, 1).get(0).lots());
            lotsOfBudget(given);
            assertLotsAreTheSumOfTheirEntries(given);
        }
    }

    /** What is asked for again is the same, though only the ledger knows it by then. */
    @Test
    void aReturnThatIsAskedForAgainTellsTheSameDays() {
        try (var given = Given.tenant()) {
            delegated(given, 100, new DatedPoints(LATE, 100, null));
            var back = returned(given, 30);
            var first = given.awaitCommand(ReturnToPool.class, back);
            given.kafka.send(new PointsReturnSetAside(back, given.tenant, 30, 0));
            given.awaitState(back, "SET_ASIDE");
            given.longAfterItWasSetAside(back);
            Awaitility.await()
                    .until(() -> given.commands(ReturnToPool.class, back).size() >= 2);
            assertEquals(
                    List.of(first, first),
                    given.commands(ReturnToPool.class, back).subList(0, 2));
            assertEquals(List.of(new DatedPoints(LATE, 30, null)), first.lots());
            given.kafka.send(new PointsReturned(back, given.tenant, 30, 1_000, 3));
            given.awaitState(back, "COMPLETED");
        }
    }

    /** The award's budget is no more; its ledger still knows the days. */
    @Test
    void anAwardOfALeadWhoIsNoneAnyMoreComesBackToThePoolWithItsDays() {
        try (var given = Given.tenant()) {
            delegated(given, 100, new DatedPoints(LATE, 100, null));
            var award = award(given, 60);
            given.member(given.lead, "employee", true);
            var reversal = reverse(given, award);
            var first = given.awaitCommand(ReturnToPool.class, reversal);
            assertEquals(List.of(new DatedPoints(LATE, 60, null)), first.lots());
            given.kafka.send(new PointsReturnSetAside(reversal, given.tenant, 60, 0));
            given.awaitState(reversal, "SET_ASIDE");
            given.longAfterItWasSetAside(reversal);
            Awaitility.await()
                    .until(() -> given.commands(ReturnToPool.class, reversal).size() >= 2);
            assertEquals(first, given.commands(ReturnToPool.class, reversal).get(1));
            given.kafka.send(new PointsReturned(reversal, given.tenant, 60, 1_000, 3));
            given.awaitState(reversal, "COMPLETED");
        }
    }

    @Test
    void byItsOwnRuleABudgetGoesBackToThePoolOnItsDayAndItsLeadIsToldAWeekBefore() {
        try (var given = Given.tenant()) {
            budgetsLapse(given, "P30D", "pool");
            delegated(given, 150, new DatedPoints(LATE, 100, null));
            var day = TODAY.plusDays(30);
            lotsOfBudget(given, new DatedPoints(day, 100, LATE), new DatedPoints(day, 50, null));
            at(day.minusDays(8));
            at(day.minusDays(7));
            at(day.minusDays(3));
            at(day);
            assertEquals(
                    List.of(new PointsExpiring(given.tenant, given.lead, Account.BUDGET, day, 150, 7)),
                    told(given, PointsExpiring.class, 1));
            assertEquals(150, given.budgetOf(given.lead));
            at(day.plusDays(1));
            assertEquals(0, given.budgetOf(given.lead));
            var back = told(given, BudgetReturned.class, 1).get(0);
            assertEquals(150, back.amount());
            assertEquals(
                    List.of(new DatedPoints(LATE, 100, null)),
                    given.awaitCommand(ReturnToPool.class, back.distributionId())
                            .lots());
            given.distribution(back.distributionId())
                    .body("kind", equalTo("return"))
                    .body("requested_by", equalTo(given.manager.toString()));
            given.kafka.send(new PointsReturned(back.distributionId(), given.tenant, 150, 1_000, 3));
            given.awaitState(back.distributionId(), "COMPLETED");
            at(day.plusDays(2));
            assertEquals(1, told(given, BudgetReturned.class, 1).size());
            assertLotsAreTheSumOfTheirEntries(given);
        }
    }

    @Test
    void ifItIsSaidSoItIsNobodysAnyMore() {
        try (var given = Given.tenant()) {
            budgetsLapse(given, "P30D", "nowhere");
            delegated(given, 150, new DatedPoints(LATE, 100, null));
            // Nobody was told: nothing waits for it.
            at(TODAY.plusDays(31));
            var expired = told(given, PointsExpired.class, 1).get(0);
            assertEquals(
                    new PointsExpired(
                            expired.distributionId(),
                            given.tenant,
                            given.lead,
                            Account.BUDGET,
                            LapseReason.AGE,
                            TODAY.plusDays(30),
                            150,
                            2,
                            0),
                    expired);
            assertLotsAreTheSumOfTheirEntries(given);
        }
    }

    /** Whether or not its managers have said anything, and also while it is suspended. */
    @Test
    void whatWasBoughtUntilADayIsGoneWithItWhereverItIs() {
        try (var given = Given.tenant()) {
            delegated(given, 150, new DatedPoints(SOON, 40, null));
            given.kafka.send(new TenantSuspended(given.tenant, 2));
            Awaitility.await().until(() -> column(given, "select status from pool_balances where tenant_id = '%s'")
                    .equals(List.of("suspended")));
            at(SOON);
            assertEquals(150, given.budgetOf(given.lead));
            at(SOON.plusDays(1));
            assertEquals(110, given.budgetOf(given.lead));
            assertEquals(40, told(given, PointsExpired.class, 1).get(0).amount());
            assertEquals(List.of(), given.kafka.messages(Topic.WALLET_EVENTS, BudgetReturned.class, given.tenant));
            assertLotsAreTheSumOfTheirEntries(given);
        }
    }

    /** Of one day, part of it can be given again, and part of it is gone. */
    @Test
    void whatIsOverInThePoolTooDoesNotGoBackThere() {
        try (var given = Given.tenant()) {
            budgetsLapse(given, "P20D", "pool");
            delegated(given, 150, new DatedPoints(SOON, 40, null), new DatedPoints(LATE, 100, null));
            at(SOON.plusDays(1));
            assertEquals(0, given.budgetOf(given.lead));
            assertEquals(40, told(given, PointsExpired.class, 1).get(0).amount());
            var back = told(given, BudgetReturned.class, 1).get(0);
            assertEquals(110, back.amount());
            assertEquals(
                    List.of(new DatedPoints(LATE, 100, null)),
                    given.awaitCommand(ReturnToPool.class, back.distributionId())
                            .lots());
            assertLotsAreTheSumOfTheirEntries(given);
        }
    }

    private void at(LocalDate day) {
        Instant noon = day.atTime(12, 0).toInstant(ZoneOffset.UTC);
        round.look(() -> noon).await().indefinitely();
    }

    private static void budgetsLapse(Given given, String after, String to) {
        given.asManager()
                .body("{\"earned\": {}, \"budgets\": {\"expires\": {\"after\": \"%s\"}, \"to\": \"%s\"}}"
                        .formatted(after, to))
                .put("/api/policy")
                .then()
                .statusCode(200);
    }

    /** The pool tells what of it is dated there. */
    private static UUID delegated(Given given, long amount, DatedPoints... lots) {
        var delegation = given.requestDelegation(amount);
        given.kafka.send(new PoolDebited(
                delegation, given.tenant, DistributionKind.DELEGATION, amount, 1_000, 1, List.of(lots)));
        given.awaitState(delegation, "COMPLETED");
        return delegation;
    }

    private static UUID award(Given given, long amount) {
        return UUID.fromString(given.asLead()
                .body(Given.award(given.employee, amount))
                .post("/api/allocations/award-points")
                .then()
                .statusCode(201)
                .extract()
                .path("distribution_id"));
    }

    private static UUID reverse(Given given, UUID award) {
        return UUID.fromString(given.asManager()
                .header("Prefer", "respond-async")
                .body("{\"reason\": \"Wrong person\"}")
                .post("/api/allocations/distributions/" + award + "/reverse")
                .then()
                .extract()
                .path("distribution_id"));
    }

    private static UUID returned(Given given, long amount) {
        return UUID.fromString(given.asLead()
                .header("Prefer", "respond-async")
                .body("{\"amount\": %s}".formatted(amount))
                .post("/api/allocations/return-to-pool")
                .then()
                .statusCode(202)
                .extract()
                .path("distribution_id"));
    }

    private static void lotsOfBudget(Given given, DatedPoints... lots) {
        var expected = Arrays.stream(lots)
                .map(lot -> lot.expiresOn() + " " + lot.points() + " " + lot.purchaseExpiresOn())
                .toList();
        assertEquals(expected, column(given, """
                        select day || ' ' || points || ' ' || coalesce(origin::text, 'null')
                        from wallets, unnest(lot_dates, lot_points, lot_origins) as lot (day, points, origin)
                        where tenant_id = '%s' and kind = 'budget'"""));
    }

    /** Those that there are once there are so many. */
    private static <M extends Message> List<M> told(Given given, Class<M> type, int atLeast) {
        return Awaitility.await()
                .until(
                        () -> given.kafka.messages(Topic.WALLET_EVENTS, type, given.tenant),
                        told -> told.size() >= atLeast);
    }

    /** Of each wallet, day, and day in the pool. */
    private static void assertLotsAreTheSumOfTheirEntries(Given given) {
        assertEquals(List.of(), column(given, """
                        select concat_ws(' ', user_id, day, origin, sum(points)) from (
                            select user_id, kind, day, origin, points * sign(amount) as points
                            from wallet_ledger, unnest(lot_dates, lot_points, lot_origins) as lot (day, points, origin)
                            where tenant_id = '%1$s'
                            union all
                            select user_id, kind, day, origin, -points
                            from wallets, unnest(lot_dates, lot_points, lot_origins) as lot (day, points, origin)
                            where tenant_id = '%1$s') as both_of_them
                        group by user_id, kind, day, origin having sum(points) <> 0"""));
    }

    private static List<String> column(Given given, String sql) {
        return Tables.asApp(connection -> Tables.column(connection, sql.formatted(given.tenant)));
    }
}
