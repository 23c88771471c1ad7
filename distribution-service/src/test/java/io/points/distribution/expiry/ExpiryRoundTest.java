package io.points.distribution.expiry;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.contract.Account;
import io.points.contract.DistributionKind;
import io.points.contract.Ids;
import io.points.contract.LapseReason;
import io.points.contract.Message;
import io.points.contract.PolicyEvent.PointsExpiring;
import io.points.contract.PoolCommand.ReturnToPool;
import io.points.contract.PoolEvent.PointsReturned;
import io.points.contract.PoolEvent.TenantReactivated;
import io.points.contract.PoolEvent.TenantSettingsChanged;
import io.points.contract.PoolEvent.TenantSuspended;
import io.points.contract.ReturnOrigin;
import io.points.contract.Topic;
import io.points.contract.WalletEvent.EarnedReturned;
import io.points.contract.WalletEvent.PointsExpired;
import io.points.distribution.DistributionServiceTest;
import io.points.distribution.Given;
import io.points.platform.faultpoints.FaultPoint;
import io.points.testing.Hold;
import io.points.testing.Rivals;
import io.points.testing.SideBySide;
import io.points.testing.Tables;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A day's rounds are made by the test, at the moments that it needs. */
@DistributionServiceTest
class ExpiryRoundTest {

    @Inject
    ExpiryRound round;

    @Test
    void pointsLapseWhenTheirDayIsOverAndTheirOwnerWasToldBefore() {
        try (var given = Given.tenant()) {
            given.earnedLapsesAfter("P90D", "nowhere");
            given.awardedFromPool(100);
            var day = creditDay(given).plusDays(90);
            at(day.minusDays(31), "12:00");
            assertEquals(List.of(), told(given, PointsExpiring.class, 0));
            at(day.minusDays(30), "00:00");
            at(day.minusDays(20), "12:00");
            at(day.minusDays(7), "12:00");
            assertEquals(
                    List.of(expiring(given, day, 100, 30), expiring(given, day, 100, 7)),
                    told(given, PointsExpiring.class, 2));
            own(given).body("expiring.expires_on", contains(day.toString())).body("expiring.points", contains(100));
            at(day, "23:59:59");
            assertEquals(100, given.earnedBy(given.employee));
            at(day.plusDays(1), "00:00");
            assertEquals(0, given.earnedBy(given.employee));
            var lapse = told(given, PointsExpired.class, 1).get(0);
            assertEquals(
                    new PointsExpired(
                            lapse.distributionId(),
                            given.tenant,
                            given.employee,
                            Account.EARNED,
                            LapseReason.AGE,
                            day,
                            100,
                            2,
                            0),
                    lapse);
            own(given)
                    .body("expiring", empty())
                    .body("entries[0].amount", equalTo(-100))
                    .body("entries[0].cause", equalTo("expiry"))
                    .body(
                            "entries[0].distribution_id",
                            equalTo(lapse.distributionId().toString()));
            at(day.plusDays(2), "12:00");
            assertEquals(1, told(given, PointsExpired.class, 1).size());
            assertLotsAreTheSumOfTheirEntries(given);
        }
    }

    @Test
    void whatIsToldLateLapsesLate() {
        try (var given = Given.tenant()) {
            given.earnedLapsesAfter("P90D", "nowhere");
            given.awardedFromPool(100);
            var late = creditDay(given).plusDays(88);
            at(late, "12:00");
            assertEquals(List.of(30L), days(told(given, PointsExpiring.class, 1)));
            at(late.plusDays(30), "23:59");
            assertEquals(100, given.earnedBy(given.employee));
            at(late.plusDays(31), "00:00");
            assertEquals(0, given.earnedBy(given.employee));
            assertEquals(List.of(30L, 7L), days(told(given, PointsExpiring.class, 2)));
        }
    }

    @Test
    void whatLastsForEverStaysAndALaterPolicyLetsNothingLapseEarlier() {
        try (var given = Given.tenant()) {
            given.awardedFromPool(5);
            given.earnedLapsesAfter("P90D", "nowhere");
            given.awardedFromPool(100);
            given.earnedLapsesAfter("P60D", "nowhere");
            given.awardedFromPool(30);
            var credited = creditDay(given);
            at(credited.plusDays(30), "12:00");
            at(credited.plusDays(60), "12:00");
            assertEquals(135, given.earnedBy(given.employee));
            at(credited.plusDays(61), "12:00");
            assertEquals(105, given.earnedBy(given.employee));
            at(credited.plusDays(91), "12:00");
            assertEquals(5, given.earnedBy(given.employee));
            assertEquals(
                    List.of(30L, 100L),
                    told(given, PointsExpired.class, 2).stream()
                            .map(PointsExpired::amount)
                            .toList());
            assertLotsAreTheSumOfTheirEntries(given);
        }
    }

    @Test
    void aSuspendedTenantsPointsWaitForAWeekAfterItsEnd() {
        try (var given = Given.tenant()) {
            given.earnedLapsesAfter("P90D", "nowhere");
            given.awardedFromPool(100);
            var day = creditDay(given).plusDays(90);
            at(day.minusDays(30), "12:00");
            given.kafka.send(new TenantSuspended(given.tenant, 2));
            awaitStatus(given, "suspended");
            at(day.plusDays(1), "12:00");
            given.kafka.send(new TenantReactivated(given.tenant, 3));
            awaitStatus(given, "active");
            at(day.plusDays(2), "12:00");
            at(day.plusDays(9), "23:59");
            assertEquals(100, given.earnedBy(given.employee));
            at(day.plusDays(10), "00:00");
            assertEquals(0, given.earnedBy(given.employee));
        }
    }

    @Test
    void aDayIsOverWhenItIsInTheTenantsZoneAndInTheOneBefore() {
        try (var given = Given.tenant()) {
            given.earnedLapsesAfter("P90D", "nowhere");
            zone(given, 1, "Pacific/Kiritimati", null);
            given.awardedFromPool(100);
            var day = firstDay(given);
            // Before its first choice it was UTC, where the day begins later.
            at(day.minusDays(31), "12:00");
            assertEquals(List.of(), told(given, PointsExpiring.class, 0));
            at(day.minusDays(30), "00:00");
            assertEquals(List.of(30L), days(told(given, PointsExpiring.class, 1)));
            zone(given, 2, "Pacific/Kiritimati", "Pacific/Pago_Pago");
            var west = ZoneId.of("Pacific/Pago_Pago");
            look(day.plusDays(1).atStartOfDay(west).toInstant().minusSeconds(1));
            assertEquals(100, given.earnedBy(given.employee));
            look(day.plusDays(1).atStartOfDay(west).toInstant());
            assertEquals(0, given.earnedBy(given.employee));
        }
    }

    /** Two instances, and awards meanwhile: each day's points lapse once, and nothing else does. */
    @Test
    void roundsAndAwardsAtOnceLetEachPointLapseOnce() {
        try (var given = Given.tenant()) {
            given.earnedLapsesAfter("P90D", "nowhere");
            given.awardedFromPool(100);
            var day = creditDay(given).plusDays(90);
            at(day.minusDays(30), "12:00");
            var over = day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
            given.earnedLapsesAfter("P365D", "nowhere");
            var works = Stream.<Runnable>of(
                            () -> look(over), () -> look(over), () -> given.awardedFromPool(7), () -> look(over))
                    .map(SideBySide::begin)
                    .toList();
            works.forEach(work -> work.join());
            assertEquals(7, given.earnedBy(given.employee));
            assertEquals(1, told(given, PointsExpired.class, 1).size());
            assertLotsAreTheSumOfTheirEntries(given);
        }
    }

    /** Whoever has a wallet ends first; what lapses is decided by what is there then. */
    @Test
    void aRoundWaitsForWhoeverIsChangingAWallet() {
        try (var given = Given.tenant()) {
            given.earnedLapsesAfter("P90D", "nowhere");
            given.awardedFromPool(100);
            var day = creditDay(given).plusDays(90);
            at(day.minusDays(30), "12:00");
            given.earnedLapsesAfter("P365D", "nowhere");
            var award = given.requestAward(7);
            leaveOthersAlone(given);
            CompletableFuture<Void> lapse;
            try (var hold = Hold.at(FaultPoint.TRANSACTION_BEFORE_COMMIT)) {
                given.poolDebits(award, DistributionKind.AWARD, 7);
                hold.awaitHit();
                Awaitility.await().until(() -> isLocked(given));
                lapse = SideBySide.begin(() -> at(day.plusDays(1), "12:00"));
                Rivals.awaitBlocked();
            }
            lapse.join();
            given.awaitState(award, "COMPLETED");
            assertEquals(7, given.earnedBy(given.employee));
            assertEquals(7, told(given, PointsExpired.class, 1).get(0).balanceAfter());
            assertLotsAreTheSumOfTheirEntries(given);
        }
    }

    /** The round would come to other tests' tenants first, and wait there for the commit that is held. */
    private static void leaveOthersAlone(Given given) {
        Tables.asOwner(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate(
                        "update expiry_rounds set due_at = '2999-01-01' where tenant_id <> '" + given.tenant + "'");
            }
        });
    }

    private static boolean isLocked(Given given) {
        return column(
                        given,
                        "select user_id from wallets where kind = 'earned' and tenant_id = '%s' for update skip locked")
                .isEmpty();
    }

    @Test
    void manyWalletsAreGoneThroughSliceBySliceEachOnce() {
        try (var given = Given.tenant()) {
            given.earnedLapsesAfter("P90D", "nowhere");
            var people = Stream.generate(UUID::randomUUID).limit(450).toList();
            given.enrol(people);
            var batch = given.requestBatch(
                    "all_or_nothing", people.stream().collect(Collectors.toMap(Function.identity(), user -> 2L)));
            given.poolDebitsBatch(batch, 900);
            given.awaitBatch(batch, "COMPLETED");
            var day = LocalDate.parse(column(given, "select max(next_expiry) from wallets where tenant_id = '%s'")
                    .get(0));
            given.asManager()
                    .get("/api/wallets/expiring?until=" + day)
                    .then()
                    .statusCode(200)
                    .body("days.expires_on", contains(day.toString()))
                    .body("days.points", contains(900))
                    .body("days.members", contains(450));
            given.asManager()
                    .get("/api/wallets/expiring?until=" + day.minusDays(1))
                    .then()
                    .body("days", empty());
            at(day.minusDays(30), "12:00");
            assertEquals(450, told(given, PointsExpiring.class, 450).size());
            at(day.plusDays(1), "12:00");
            assertEquals(
                    900,
                    told(given, PointsExpired.class, 450).stream()
                            .mapToLong(PointsExpired::amount)
                            .sum());
            assertEquals(List.of("0"), column(given, "select sum(balance) from wallets where tenant_id = '%s'"));
            assertLotsAreTheSumOfTheirEntries(given);
        }
    }

    @Test
    void aDayThatIsNoneNamesTheParameter() {
        try (var given = Given.tenant()) {
            for (var day : List.of("2027-02-30", "tomorrow", "2027-3-1", "1969-12-31")) {
                given.asManager()
                        .queryParam("until", day)
                        .get("/api/wallets/expiring")
                        .then()
                        .statusCode(400)
                        .body("errors.field", contains("until"));
            }
            given.asManager()
                    .get("/api/wallets/expiring")
                    .then()
                    .statusCode(200)
                    .body("days", empty());
        }
    }

    @Test
    void whatGoesBackToThePoolGoesByAReturnOfEachDay() {
        try (var given = Given.tenant()) {
            given.earnedLapsesAfter("P90D", "pool");
            given.awardedFromPool(100);
            var day = creditDay(given).plusDays(90);
            at(day.minusDays(30), "12:00");
            at(day.plusDays(1), "00:00");
            var lapse = told(given, EarnedReturned.class, 1).get(0);
            assertEquals(
                    new EarnedReturned(
                            lapse.distributionId(), given.tenant, given.employee, LapseReason.AGE, day, 100, 2, 0),
                    lapse);
            var back = given.awaitCommand(ReturnToPool.class, lapse.distributionId());
            assertEquals(
                    new ReturnToPool(
                            lapse.distributionId(), given.tenant, given.employee, 100, null, ReturnOrigin.LAPSE),
                    back);
            assertEquals(0, given.earnedBy(given.employee));
            given.asEmployee()
                    .get("/api/wallets/me?expand=distribution")
                    .then()
                    .body("entries[0].amount", equalTo(-100))
                    .body("entries[0].cause", nullValue())
                    .body("entries[0].distribution.kind", equalTo("lapse"));
            given.distribution(lapse.distributionId())
                    .body("kind", equalTo("lapse"))
                    .body("state", equalTo("RETURNING"))
                    .body("requested_by", equalTo(given.manager.toString()))
                    .body(
                            "proof",
                            endsWith(Ids.derive(lapse.distributionId(), "EarnedReturned")
                                    .toString()));
            given.kafka.send(new PointsReturned(lapse.distributionId(), given.tenant, 100, 1_000, 3));
            given.awaitState(lapse.distributionId(), "COMPLETED");
            at(day.plusDays(2), "12:00");
            assertEquals(1, told(given, EarnedReturned.class, 1).size());
            assertEquals(List.of(), given.kafka.messages(Topic.WALLET_EVENTS, PointsExpired.class, given.tenant));
            assertLotsAreTheSumOfTheirEntries(given);
        }
    }

    private void at(LocalDate day, String time) {
        look(day.atTime(LocalTime.parse(time)).toInstant(ZoneOffset.UTC));
    }

    private void look(Instant moment) {
        round.look(() -> moment).await().indefinitely();
    }

    private static void zone(Given given, long revision, String zone, String previous) {
        given.kafka.send(new TenantSettingsChanged(given.tenant, revision, zone, previous));
        Awaitility.await().until(() -> column(given, "select settings_revision from policies where tenant_id = '%s'")
                .equals(List.of(String.valueOf(revision))));
    }

    private static void awaitStatus(Given given, String status) {
        Awaitility.await().until(() -> column(given, "select status from pool_balances where tenant_id = '%s'")
                .equals(List.of(status)));
    }

    private static LocalDate creditDay(Given given) {
        return LocalDate.parse(column(
                        given,
                        "select (max(created_at) at time zone 'UTC')::date from wallet_ledger"
                                + " where tenant_id = '%s'")
                .get(0));
    }

    private static LocalDate firstDay(Given given) {
        return LocalDate.parse(column(given, "select min(next_expiry) from wallets where tenant_id = '%s'")
                .get(0));
    }

    private static ValidatableResponse own(Given given) {
        return given.asEmployee().get("/api/wallets/me").then().statusCode(200);
    }

    private static PointsExpiring expiring(Given given, LocalDate day, long points, long days) {
        return new PointsExpiring(given.tenant, given.employee, Account.EARNED, day, points, days);
    }

    private static List<Long> days(List<PointsExpiring> told) {
        return told.stream().map(PointsExpiring::days).toList();
    }

    /** Those that there are once there are so many. */
    private static <M extends Message> List<M> told(Given given, Class<M> type, int atLeast) {
        return Awaitility.await()
                .until(
                        () -> given.kafka.messages(Topic.WALLET_EVENTS, type, given.tenant),
                        told -> told.size() >= atLeast);
    }

    /** Of each wallet and day. */
    private static void assertLotsAreTheSumOfTheirEntries(Given given) {
        assertEquals(List.of(), column(given, """
                        select concat_ws(' ', user_id, day, sum(points)) from (
                            select user_id, kind, day, points * sign(amount) as points
                            from wallet_ledger, unnest(lot_dates, lot_points) as lot (day, points) where tenant_id = '%1$s'
                            union all
                            select user_id, kind, day, -points
                            from wallets, unnest(lot_dates, lot_points) as lot (day, points) where tenant_id = '%1$s') as both_of_them
                        group by user_id, kind, day having sum(points) <> 0"""));
    }

    private static List<String> column(Given given, String sql) {
        return Tables.asApp(connection -> Tables.column(connection, sql.formatted(given.tenant)));
    }
}
