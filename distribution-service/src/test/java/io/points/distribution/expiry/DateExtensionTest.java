package io.points.distribution.expiry;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.contract.Account;
import io.points.contract.DatedPoints;
import io.points.contract.DistributionKind;
import io.points.contract.PolicyEvent.DatesExtended;
import io.points.contract.PoolEvent.PoolDebited;
import io.points.contract.Topic;
import io.points.distribution.DistributionServiceTest;
import io.points.distribution.Given;
import io.points.testing.Tables;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Members are given more time, and never less. */
@DistributionServiceTest
class DateExtensionTest {

    private static final LocalDate TODAY = LocalDate.now(ZoneOffset.UTC);
    private static final LocalDate IN_90_DAYS = TODAY.plusDays(90);
    private static final LocalDate LATER = TODAY.plusDays(120);

    @Inject
    ExpiryRound round;

    @Test
    void allPointsOfADayCanBeUsedLongerAndTheirOwnerIsToldAnew() {
        try (var given = Given.tenant()) {
            given.earnedLapsesAfter("P90D", "nowhere");
            given.awardedFromPool(100);
            at(IN_90_DAYS.minusDays(30));
            extend(given.asManager(), "earned", given.employee, IN_90_DAYS, LATER)
                    .statusCode(200)
                    .body("user_id", equalTo(given.employee.toString()))
                    .body("account", equalTo("earned"))
                    .body("from_date", equalTo(IN_90_DAYS.toString()))
                    .body("extended.expires_on", contains(LATER.toString()))
                    .body("extended.points", contains(100));
            Awaitility.await()
                    .untilAsserted(() -> assertEquals(
                            List.of(new DatesExtended(
                                    given.tenant,
                                    given.employee,
                                    Account.EARNED,
                                    IN_90_DAYS,
                                    100,
                                    List.of(new DatedPoints(LATER, 100, null)))),
                            given.kafka.messages(Topic.WALLET_EVENTS, DatesExtended.class, given.tenant)));
            at(LATER.minusDays(30));
            at(IN_90_DAYS.plusDays(1));
            at(LATER);
            assertEquals(100, given.earnedBy(given.employee));
            at(LATER.plusDays(1));
            assertEquals(0, given.earnedBy(given.employee));
            assertEquals(
                    List.of(IN_90_DAYS + " 30", LATER + " 30"),
                    column(
                            given,
                            "select expires_on || ' ' || days from expiry_notices where tenant_id = '%s' and days = 30"
                                    + " order by expires_on"));
            assertLotsAreTheSumOfTheirEntriesAndWhatWasMoved(given);
        }
    }

    @Test
    void aBudgetLastsNoLongerThanItWasBoughtFor() {
        try (var given = Given.tenant()) {
            given.asManager()
                    .body("{\"earned\": {}, \"budgets\": {\"expires\": {\"after\": \"P90D\"}}}")
                    .put("/api/policy")
                    .then()
                    .statusCode(200);
            var delegation = given.requestDelegation(150);
            given.kafka.send(new PoolDebited(
                    delegation,
                    given.tenant,
                    DistributionKind.DELEGATION,
                    150,
                    1_000,
                    1,
                    List.of(
                            new DatedPoints(IN_90_DAYS, 30, null),
                            new DatedPoints(IN_90_DAYS.plusDays(10), 70, null))));
            given.awaitState(delegation, "COMPLETED");
            extend(given.asManager(), "budget", given.lead, IN_90_DAYS, LATER)
                    .statusCode(200)
                    .body(
                            "extended.expires_on",
                            contains(IN_90_DAYS.plusDays(10).toString(), LATER.toString()))
                    .body("extended.points", contains(70, 50));
            given.asLead().get("/api/wallets/me").then().body("budget_expiring.points", contains(30, 70, 50));
            extend(given.asManager(), "budget", given.lead, IN_90_DAYS, LATER)
                    .statusCode(409)
                    .body("type", equalTo("urn:points:problem:earlier-date"));
            assertLotsAreTheSumOfTheirEntriesAndWhatWasMoved(given);
        }
    }

    @Test
    void underItsKeyItHappensOnce() {
        try (var given = Given.tenant()) {
            given.earnedLapsesAfter("P90D", "nowhere");
            given.awardedFromPool(100);
            var key = UUID.randomUUID().toString();
            for (int i = 0; i < 2; i++) {
                extend(given.asManager().header("Idempotency-Key", key), "earned", given.employee, IN_90_DAYS, LATER)
                        .statusCode(200)
                        .body("extended.points", contains(100));
            }
            assertEquals(List.of("1"), column(given, "select count(*) from date_log where tenant_id = '%s'"));
        }
    }

    @Test
    void nothingIsMovedEarlierOrWhereNothingIs() {
        try (var given = Given.tenant();
                var other = Given.tenant()) {
            given.earnedLapsesAfter("P90D", "nowhere");
            given.awardedFromPool(100);
            extend(given.asManager(), "earned", given.employee, IN_90_DAYS, IN_90_DAYS)
                    .statusCode(409)
                    .body("type", equalTo("urn:points:problem:earlier-date"));
            extend(given.asManager(), "earned", given.employee, IN_90_DAYS, TODAY)
                    .statusCode(409);
            extend(given.asManager(), "earned", given.employee, IN_90_DAYS, TODAY.plusYears(11))
                    .statusCode(400)
                    .body("errors.field", contains("to_date"));
            extend(given.asManager(), "earned", given.employee, TODAY, LATER).statusCode(404);
            extend(given.asManager(), "budget", given.employee, IN_90_DAYS, LATER)
                    .statusCode(404);
            extend(given.asManager(), "earned", UUID.randomUUID(), IN_90_DAYS, LATER)
                    .statusCode(404);
            extend(other.asManager(), "earned", given.employee, IN_90_DAYS, LATER)
                    .statusCode(404);
            extend(given.asManager(), "pool", given.employee, IN_90_DAYS, LATER)
                    .statusCode(400)
                    .body("errors.field", contains("account"));
            given.asEmployee()
                    .get("/api/wallets/me")
                    .then()
                    .body("expiring.expires_on", contains(IN_90_DAYS.toString()));
            assertEquals(List.of("0"), column(given, "select count(*) from date_log where tenant_id = '%s'"));
        }
    }

    private void at(LocalDate day) {
        var noon = day.atTime(12, 0).toInstant(ZoneOffset.UTC);
        round.look(() -> noon).await().indefinitely();
    }

    private static ValidatableResponse extend(
            RequestSpecification as, String account, UUID user, LocalDate from, LocalDate to) {
        return as.body("{\"account\": \"%s\", \"user_id\": \"%s\", \"from_date\": \"%s\", \"to_date\": \"%s\"}"
                        .formatted(account, user, from, to))
                .post("/api/dates/extend")
                .then();
    }

    private static void assertLotsAreTheSumOfTheirEntriesAndWhatWasMoved(Given given) {
        assertEquals(List.of(), column(given, """
                        select concat_ws(' ', user_id, kind, day, origin, sum(points)) from (
                            select tenant_id, user_id, kind, day, origin, points * sign(amount) as points
                            from wallet_ledger, unnest(lot_dates, lot_points, lot_origins) as lot (day, points, origin)
                            union all
                            select tenant_id, user_id, kind, day, origin, points
                            from date_log, unnest(lot_dates, lot_points, lot_origins) as lot (day, points, origin)
                            union all
                            select tenant_id, user_id, kind, from_date, origin, -points
                            from date_log, unnest(lot_points, lot_origins) as lot (points, origin)
                            union all
                            select tenant_id, user_id, kind, day, origin, -points
                            from wallets, unnest(lot_dates, lot_points, lot_origins) as lot (day, points, origin)) as all_of_them
                        where tenant_id = '%s' group by user_id, kind, day, origin having sum(points) <> 0"""));
    }

    private static List<String> column(Given given, String sql) {
        return Tables.asApp(connection -> Tables.column(connection, sql.formatted(given.tenant)));
    }
}
