package io.points.allocation;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.allocation.expiry.ExpiryRound;
import io.points.contract.DatedPoints;
import io.points.contract.DistributionKind;
import io.points.contract.Ids;
import io.points.contract.Message;
import io.points.contract.PoolCommand;
import io.points.contract.PoolCommand.DebitPool;
import io.points.contract.PoolCommand.RefundPool;
import io.points.contract.PoolCommand.ReturnToPool;
import io.points.contract.PoolEvent.PointsAllocated;
import io.points.contract.PoolEvent.PoolDatesExtended;
import io.points.contract.PoolEvent.PoolDebited;
import io.points.contract.PoolEvent.PoolExpired;
import io.points.contract.PoolEvent.PoolPointsExpiring;
import io.points.contract.ReturnOrigin;
import io.points.contract.Topic;
import io.points.testing.SideBySide;
import io.points.testing.Tables;
import io.points.testing.TestKafka;
import io.points.testing.Tokens;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rounds of a day are made by the test, at the moments that it needs. */
@AllocationServiceTest
class PoolExpiryTest {

    private static final LocalDate TODAY = LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC);
    private static final LocalDate SOON = TODAY.plusDays(40);
    private static final LocalDate LATER = TODAY.plusDays(80);

    @Inject
    ExpiryRound round;

    private final TestKafka kafka = new TestKafka();
    private UUID tenant;

    @BeforeEach
    void register() {
        tenant = AllocationTest.register();
    }

    @AfterEach
    void close() {
        assertLotsAreTheSumOfTheirEntries();
        kafka.close();
    }

    @Test
    void pointsLapseWhenTheirDayIsOverAndNotBefore() {
        allocate(100, "{\"on\": \"" + SOON + "\"}").statusCode(201).body("expires_on", equalTo(SOON.toString()));
        allocate(30, null).statusCode(201).body("expires_on", nullValue());
        assertEquals(SOON, told(PointsAllocated.class, 2).get(0).expiresOn());
        at(SOON, "23:59:59");
        assertEquals("130 0", pool());
        at(SOON.plusDays(1), "00:00");
        assertEquals("30 100", pool());
        var lapse = told(PoolExpired.class, 1).get(0);
        assertEquals(new PoolExpired(lapse.expiryId(), tenant, SOON, 100, 30, 3), lapse);
        at(SOON.plusDays(2), "00:00");
        assertEquals("30 100", pool());
        AllocationTest.admin()
                .get("/api/platform/allocations/stats/" + tenant)
                .then()
                .statusCode(200)
                .body("expired", equalTo(100))
                .body("balance", equalTo(30))
                .body("in_flight", equalTo(0));
        AllocationTest.admin()
                .get("/api/platform/allocations/history/" + tenant)
                .then()
                .body("items[1].expires_on", equalTo(SOON.toString()))
                .body("items[0].expires_on", nullValue());
    }

    /** A week before, once, and whatever it says then: nothing waits for it. */
    @Test
    void whatLapsesSoonIsToldOnce() {
        allocate(100, "{\"on\": \"" + SOON + "\"}").statusCode(201);
        allocate(50, "{\"on\": \"" + SOON.plusDays(3) + "\"}").statusCode(201);
        allocate(30, null).statusCode(201);
        at(SOON.minusDays(9), "00:00");
        assertEquals(0, notices().size());
        at(SOON.minusDays(7), "23:59:59");
        at(SOON.minusDays(7), "23:59:59");
        at(SOON.minusDays(6), "12:00");
        assertEquals(List.of(new PoolPointsExpiring(tenant, SOON, 100, 7)), told(PoolPointsExpiring.class, 1));
        at(SOON.minusDays(4), "23:59:59");
        allocate(20, "{\"on\": \"" + SOON.plusDays(1) + "\"}").statusCode(201);
        at(SOON.plusDays(1), "00:00");
        assertEquals("100 100", pool());
        at(SOON.plusDays(4), "00:00");
        assertEquals(
                List.of(
                        new PoolPointsExpiring(tenant, SOON, 100, 7),
                        new PoolPointsExpiring(tenant, SOON.plusDays(3), 50, 7)),
                told(PoolPointsExpiring.class, 2));
    }

    private List<PoolPointsExpiring> notices() {
        return kafka.messages(Topic.POOL_EVENTS, PoolPointsExpiring.class, tenant);
    }

    @Test
    void whatLapsesWhenIsShownToAdminsAndManagers() {
        allocate(30, "{\"on\": \"" + LATER + "\"}");
        allocate(100, "{\"on\": \"" + SOON + "\"}");
        allocate(7, null);
        for (var stats : List.of(
                AllocationTest.admin().get("/api/platform/allocations/stats/" + tenant),
                RestAssured.given()
                        .auth()
                        .oauth2(Tokens.of(UUID.randomUUID(), tenant, "manager"))
                        .get("/api/allocations/stats"))) {
            stats.then()
                    .statusCode(200)
                    .body("expiring.expires_on", contains(SOON.toString(), LATER.toString()))
                    .body("expiring.points", contains(100, 30));
        }
    }

    @Test
    void aPolicyIsShownBeforeItBites() {
        allocate(30, null);
        movedBefore(50, "allocation", 12);
        movedBefore(50, "allocation", 5);
        movedBefore(45, "allocation", 3);
        movedBefore(45, "clawback", 1_000);
        movedBefore(41, "allocation", 1);
        movedBefore(40, "allocation", 2_000);
        movedBefore(131, "allocation", 4_000);
        check("{\"time_zone\": \"UTC\", \"pool_expires\": {\"after\": \"P40D\"}}")
                .statusCode(200)
                .body("pool_expires.round", equalTo("day"))
                .body("allocation_of_today", equalTo(SOON.toString()))
                .body("from", equalTo(TODAY.minusDays(90).toString()))
                .body("days.expires_on", contains(day(-10), day(-5), day(-1)))
                .body("days.points", contains(17, 3, 1))
                .body("days.allocations", contains(2, 1, 1))
                .body("points", equalTo(21))
                .body("allocations", equalTo(4))
                .body("complete", equalTo(true));
        check("{\"time_zone\": \"UTC\"}")
                .statusCode(200)
                .body("pool_expires", nullValue())
                .body("allocation_of_today", nullValue())
                .body("days", empty());
        check("{\"time_zone\": \"UTC\", \"pool_expires\": {}}")
                .statusCode(422)
                .body("errors[0].field", equalTo("pool_expires.after"));
        AllocationTest.admin()
                .body("{\"time_zone\": \"UTC\"}")
                .post("/api/platform/tenants/" + UUID.randomUUID() + "/settings/check")
                .then()
                .statusCode(404);
        AllocationTest.admin()
                .get("/api/platform/tenants/" + tenant + "/settings")
                .then()
                .body("revision", equalTo(0));
    }

    private static String day(int fromToday) {
        return TODAY.plusDays(fromToday).toString();
    }

    /** As if it had been then. */
    private void movedBefore(int days, String kind, long points) {
        var moment = TODAY.minusDays(days).atTime(12, 0).toInstant(ZoneOffset.UTC);
        Tables.asApp(connection -> {
            try (var insert = connection.prepareStatement("""
                    insert into allocation_logs (id, tenant_id, kind, amount, currency, price_per_point, reason, balance_after,
                                                 pool_version, event_id, created_by, created_at)
                    values (?, ?, ?, ?, 'INR', 1, 'long ago', 0, 1000 + ?, gen_random_uuid(), gen_random_uuid(), ?)""")) {
                insert.setObject(1, Ids.next(moment));
                insert.setObject(2, tenant);
                insert.setString(3, kind);
                insert.setLong(4, points);
                insert.setLong(5, points);
                insert.setObject(6, moment.atOffset(ZoneOffset.UTC));
                return insert.executeUpdate();
            }
        });
    }

    private ValidatableResponse check(String body) {
        return AllocationTest.admin()
                .body(body)
                .post("/api/platform/tenants/" + tenant + "/settings/check")
                .then();
    }

    @Test
    void ofEachDayThereIsOneEntryAndOneEventTheEarliestFirst() {
        allocate(30, "{\"on\": \"" + LATER + "\"}");
        allocate(100, "{\"on\": \"" + SOON + "\"}");
        allocate(5, "{\"on\": \"" + SOON + "\"}");
        at(LATER.plusDays(1), "12:00");
        assertEquals(
                List.of(SOON + " 105", LATER + " 30"),
                told(PoolExpired.class, 2).stream()
                        .map(it -> it.expiresOn() + " " + it.amount())
                        .toList());
        assertEquals("0 135", pool());
    }

    @Test
    void aTenantsPolicyDatesWhatIsAllocatedFromThenOn() {
        allocate(1, null).statusCode(201).body("expires_on", nullValue());
        settings("{\"time_zone\": \"UTC\", \"pool_expires\": {\"after\": \"P40D\"}}")
                .statusCode(200)
                .body("pool_expires.after", equalTo("P40D"))
                .body("pool_expires.round", equalTo("day"));
        allocate(10, null).statusCode(201).body("expires_on", equalTo(SOON.toString()));
        allocate(20, "{\"never\": true}").statusCode(201).body("expires_on", nullValue());
        allocate(40, "{\"after\": \"P80D\"}").statusCode(201).body("expires_on", equalTo(LATER.toString()));
        settings("{\"time_zone\": \"UTC\"}").statusCode(200).body("pool_expires", nullValue());
        allocate(80, null).statusCode(201).body("expires_on", nullValue());
        at(LATER.plusDays(1), "00:00");
        assertEquals("101 50", pool());
    }

    @Test
    void whatIsGivenBackHasItsDayAgainAndLapsesIfThatIsOver() {
        allocate(100, "{\"on\": \"" + SOON + "\"}");
        allocate(50, null);
        var award = UUID.randomUUID();
        var reversed = UUID.randomUUID();
        command(new DebitPool(award, tenant, DistributionKind.AWARD, 60), "90 0");
        command(new DebitPool(reversed, tenant, DistributionKind.AWARD, 70), "20 0");
        at(SOON.plusDays(1), "00:00");
        assertEquals("20 0", pool());
        command(new RefundPool(award, tenant), "80 0");
        // 40 of the 70 were dated; they come back last.
        command(new ReturnToPool(UUID.randomUUID(), tenant, award, 45, reversed, ReturnOrigin.REVERSAL), "125 0");
        at(SOON.plusDays(1), "12:00");
        assertEquals("50 75", pool());
        command(new ReturnToPool(UUID.randomUUID(), tenant, award, 25, reversed, ReturnOrigin.REVERSAL), "75 75");
        at(SOON.plusDays(2), "12:00");
        assertEquals("50 100", pool());
    }

    @Test
    void aBudgetIsToldItsDaysAndWhatComesBackOfItHasThemAgain() {
        allocate(100, "{\"on\": \"" + SOON + "\"}");
        allocate(50, null);
        var delegation = UUID.randomUUID();
        command(new DebitPool(delegation, tenant, DistributionKind.DELEGATION, 120), "30 0");
        var lots = Awaitility.await()
                .until(
                        () -> kafka.messages(Topic.POOL_EVENTS, PoolDebited.class, tenant),
                        debited -> !debited.isEmpty())
                .get(0)
                .lots();
        assertEquals(List.of(new DatedPoints(SOON, 100, null)), lots);
        var some = List.of(new DatedPoints(SOON, 60, null));
        command(new ReturnToPool(UUID.randomUUID(), tenant, delegation, 70, null, null, some), "100 0");
        at(SOON.plusDays(1), "00:00");
        assertEquals("40 60", pool());
        assertLotsAreTheSumOfTheirEntries();
    }

    @Test
    void aPoolIsGivenMoreTimeOnceAndNeverLess() {
        allocate(100, "{\"on\": \"" + SOON + "\"}");
        allocate(50, null);
        var later = SOON.plusDays(40);
        extend(SOON, SOON).statusCode(409).body("type", equalTo("urn:points:problem:earlier-date"));
        extend(SOON.plusDays(1), later).statusCode(404);
        extend(SOON, TODAY.plusYears(11)).statusCode(400).body("errors[0].field", equalTo("to_date"));
        extend(SOON, later)
                .statusCode(200)
                .body("extended[0].expires_on", equalTo(later.toString()))
                .body("extended[0].points", equalTo(100));
        extend(SOON, later).statusCode(404);
        assertEquals(List.of(new PoolDatesExtended(tenant, SOON, later, 100)), told(PoolDatesExtended.class, 1));
        at(SOON.plusDays(1), "12:00");
        assertEquals("150 0", pool());
        at(later.plusDays(1), "00:00");
        assertEquals("50 100", pool());
        assertEquals(
                List.of(SOON + " " + later + " 100"),
                column("select from_date || ' ' || to_date || ' ' || points from date_log where tenant_id = '%s'"));
    }

    private ValidatableResponse extend(LocalDate from, LocalDate to) {
        return AllocationTest.admin()
                .body("{\"from_date\": \"%s\", \"to_date\": \"%s\"}".formatted(from, to))
                .post("/api/platform/tenants/" + tenant + "/dates/extend")
                .then();
    }

    @Test
    void aClawbackTakesWhatStaysForEverFirst() {
        allocate(100, "{\"on\": \"" + SOON + "\"}");
        allocate(50, null);
        AllocationTest.clawBack(tenant, 60).statusCode(201);
        at(SOON.plusDays(1), "00:00");
        assertEquals("0 90", pool());
    }

    @Test
    void aSuspendedTenantsPoolIsNoException() {
        allocate(100, "{\"on\": \"" + SOON + "\"}");
        AllocationTest.admin()
                .body("{\"reason\": \"unpaid\"}")
                .post("/api/platform/tenants/" + tenant + "/suspend")
                .then()
                .statusCode(200);
        at(SOON.plusDays(1), "00:00");
        assertEquals("0 100", pool());
    }

    @Test
    void aDayIsOverWhenItIsInTheTenantsZoneAndInTheOneBefore() {
        TenantSettingsTest.zone(tenant, "Pacific/Pago_Pago").statusCode(200);
        allocate(100, "{\"on\": \"" + SOON + "\"}");
        TenantSettingsTest.zone(tenant, "Pacific/Kiritimati").statusCode(200);
        settings("{\"time_zone\": \"Pacific/Kiritimati\", \"pool_expires\": {\"every\": \"12-31\"}}")
                .body("previous_time_zone", equalTo("Pacific/Pago_Pago"));
        var west = SOON.plusDays(1).atStartOfDay(ZoneId.of("Pacific/Pago_Pago")).toInstant();
        look(SOON.plusDays(1).atStartOfDay(ZoneId.of("Pacific/Kiritimati")).toInstant());
        look(west.minusSeconds(1));
        assertEquals("100 0", pool());
        look(west);
        assertEquals("0 100", pool());
    }

    /** Two instances, and debits meanwhile: each day's points lapse once, and nothing else does. */
    @Test
    void roundsAndMovementsAtOnceLetEachPointLapseOnce() {
        allocate(100, "{\"on\": \"" + SOON + "\"}");
        var over = SOON.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        var works = Stream.<Runnable>of(() -> look(over), () -> look(over), () -> allocate(7, null), () -> look(over))
                .map(SideBySide::begin)
                .toList();
        works.forEach(work -> work.join());
        assertEquals("7 100", pool());
        assertEquals(1, told(PoolExpired.class, 1).size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"on": "2020-01-01"}                    | expires.on
            {"on": "TODAY"}                         | expires.on
            {"on": "2999-01-01"}                    | expires.on
            {"on": "2027-02-30"}                    | expires.on
            {"on": "tomorrow"}                      | expires.on
            {"on": "2027-02-28", "never": true}     | expires.on
            {"on": "2027-02-28", "after": "P1Y"}    | expires.on
            {"never": false}                        | expires.never
            {"never": true, "every": "12-31"}       | expires.never
            {"after": "P1Y", "every": "12-31"}      | expires.every
            {"after": "P0D"}                        | expires.after
            {"every": "02-30"}                      | expires.every
            {"every": "12-31", "min_days": 367}     | expires.min_days
            {"after": "P1Y", "min_days": 3}         | expires.min_days
            {"every": "12-31", "round": "day"}      | expires.round
            {}                                      | expires.after""")
    void whatIsNoDayIsNamedAndNothingMoves(String expires, String field) {
        allocate(100, expires.replace("TODAY", TODAY.toString()))
                .statusCode(400)
                .body("errors[0].field", equalTo(field));
        assertEquals("0 0", pool());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"after": "P0D"}                        | 400 | pool_expires.after
            {"on": "2027-12-31"}                    | 400 | pool_expires.on
            {"after": "P1Y", "every": "12-31"}      | 422 | pool_expires.every
            {}                                      | 422 | pool_expires.after""")
    void aPolicyThatIsNoneNamesItsField(String expires, int status, String field) {
        settings("{\"time_zone\": \"UTC\", \"pool_expires\": " + expires + "}")
                .statusCode(status)
                .body("errors[0].field", equalTo(field));
        AllocationTest.admin()
                .get("/api/platform/tenants/" + tenant + "/settings")
                .then()
                .body("revision", equalTo(0));
    }

    private void at(LocalDate day, String time) {
        look(day.atTime(LocalTime.parse(time)).toInstant(ZoneOffset.UTC));
    }

    private void look(Instant moment) {
        round.look(() -> moment).await().indefinitely();
    }

    private ValidatableResponse allocate(long points, String expires) {
        return AllocationTest.admin()
                .body("""
                        {"tenant_id": "%s", "amount": %s, "currency": "INR", "reference_note": "Invoice", "expires": %s}""".formatted(tenant, points, expires))
                .post("/api/platform/allocations/allocate")
                .then();
    }

    private ValidatableResponse settings(String body) {
        return AllocationTest.admin()
                .body(body)
                .put("/api/platform/tenants/" + tenant + "/settings")
                .then();
    }

    private void command(PoolCommand command, String then) {
        kafka.send(command);
        Awaitility.await().until(this::pool, then::equals);
    }

    /** Those that there are once there are so many. */
    private <M extends Message> List<M> told(Class<M> type, int atLeast) {
        return Awaitility.await()
                .until(() -> kafka.messages(Topic.POOL_EVENTS, type, tenant), told -> told.size() >= atLeast);
    }

    private String pool() {
        return column("select points_allocation_balance || ' ' || expired from tenants where id = '%s'")
                .get(0);
    }

    private void assertLotsAreTheSumOfTheirEntries() {
        assertEquals(List.of(), column("""
                        select concat_ws(' ', day, sum(points)) from (
                            select day, points * sign(amount) as points
                            from pool_ledger, unnest(lot_dates, lot_points) as lot (day, points) where tenant_id = '%1$s'
                            union all
                            select to_date, points from date_log where tenant_id = '%1$s'
                            union all
                            select from_date, -points from date_log where tenant_id = '%1$s'
                            union all
                            select day, -points
                            from tenants, unnest(lot_dates, lot_points) as lot (day, points) where id = '%1$s') as both_of_them
                        group by day having sum(points) <> 0"""));
    }

    private List<String> column(String sql) {
        return Tables.asApp(connection -> Tables.column(connection, sql.formatted(tenant)));
    }
}
