package io.points.allocation;

import static io.points.allocation.AllocationTest.admin;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.allocation.alert.AlertScan;
import io.points.contract.AlertEvent;
import io.points.contract.AlertEvent.BusinessAlertChanged;
import io.points.contract.AlertEvent.BusinessAlertRaised;
import io.points.contract.DistributionKind;
import io.points.contract.PolicyEvent.LimitReached;
import io.points.contract.PoolCommand.DebitPool;
import io.points.contract.PoolEvent.PoolDebited;
import io.points.contract.Topic;
import io.points.testing.Attesting;
import io.points.testing.Metrics;
import io.points.testing.Tables;
import io.points.testing.TestKafka;
import io.points.testing.Tokens;
import io.points.testing.Waiting;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody should look at: raised once per cause, seen by whom it concerns, and settled. */
@AllocationServiceTest
class AlertsTest {

    @Inject
    AlertScan scan;

    private final TestKafka kafka = new TestKafka();
    private UUID tenant;

    @BeforeEach
    void register() {
        Waiting.outTheMonthsEnd();
        tenant = AllocationTest.register();
    }

    @AfterEach
    void close() {
        kafka.close();
    }

    @Test
    void aPoolBelowATenthOfWhatIsDistributedInAMonthIsLow() {
        AllocationTest.allocate(tenant, 1_100).statusCode(201);
        distribute(1_000);
        lookAtAll();
        assertEquals(0, alerts("pool_low").size());

        AllocationTest.clawBack(tenant, 1).statusCode(201);
        lookAtAll();
        lookAtAll();
        alertsOfTenant("pool_low")
                .body("items", hasSize(1))
                .body("items[0].state", equalTo("open"))
                .body("items[0].tenant_id", equalTo(tenant.toString()))
                .body("items[0].cause", equalTo("pool"))
                .body("items[0].figures.balance", equalTo(99))
                .body("items[0].figures.low_at", equalTo(100))
                .body("items[0].figures.monthly_average_distribution", equalTo(1_000))
                .body("items[0].figures.average_over_days", equalTo(30))
                .body("items[0].figures.threshold_percent", equalTo(10));

        AllocationTest.allocate(tenant, 20).statusCode(201);
        lookAtAll();
        alertsOfTenant("pool_low").body("items.state", equalTo(List.of("open")));
        AllocationTest.allocate(tenant, 1).statusCode(201);
        lookAtAll();
        alertsOfTenant("pool_low")
                .body("items.state", equalTo(List.of("over")))
                .body("items[0].over_at", notNullValue());

        AllocationTest.clawBack(tenant, 20).statusCode(201);
        lookAtAll();
        alertsOfTenant("pool_low").body("items.state", equalTo(List.of("over")));
        AllocationTest.clawBack(tenant, 1).statusCode(201);
        lookAtAll();
        alertsOfTenant("pool_low").body("items.state", equalTo(List.of("open", "over")));
        assertEquals(
                List.of("pool", "pool"),
                raised(tenant, 2).stream().map(BusinessAlertRaised::cause).toList());
    }

    @Test
    void theDaysBeforeTheWindowDoNotCountAndNeitherDoesASuspendedTenant() {
        AllocationTest.allocate(tenant, 1_000).statusCode(201);
        distribute(1_000);
        Attesting.asSuperuser("allocation", "update pool_days set day = day - 90 where tenant_id = '" + tenant + "'");
        lookAtAll();
        assertEquals(0, alerts("pool_low").size());

        Attesting.asSuperuser("allocation", "update pool_days set day = day + 1 where tenant_id = '" + tenant + "'");
        lookAtAll();
        assertEquals(List.of("open"), alerts("pool_low"));

        admin().body("{\"reason\": \"unpaid\"}")
                .post("/api/platform/tenants/" + tenant + "/suspend")
                .then()
                .statusCode(200);
        lookAtAll();
        assertEquals(List.of("over"), alerts("pool_low"));
    }

    @Test
    void anAllocationThatBringsTheMonthAboveTheBudgetIsToldOncePerBudget() {
        BudgetTest.set(tenant, 100).statusCode(200);
        AllocationTest.allocate(tenant, 99).statusCode(201);
        AllocationTest.allocate(tenant, 1).statusCode(201);
        assertEquals(0, alerts("budget_exceeded").size());

        AllocationTest.allocate(tenant, 1).statusCode(201);
        AllocationTest.allocate(tenant, 5).statusCode(201);
        alertsOfTenant("budget_exceeded")
                .body("items", hasSize(1))
                .body("items[0].cause", equalTo(YearMonth.now(ZoneOffset.UTC) + "/100"))
                .body("items[0].figures.amount", equalTo(1))
                .body("items[0].figures.allocated_in_month", equalTo(101))
                .body("items[0].figures.monthly_budget", equalTo(100));
        lookAtAll();
        assertEquals(List.of("open"), alerts("budget_exceeded"));

        BudgetTest.set(tenant, 200).statusCode(200);
        lookAtAll();
        assertEquals(List.of("over"), alerts("budget_exceeded"));
        AllocationTest.allocate(tenant, 95).statusCode(201);
        assertEquals(List.of("open", "over"), alerts("budget_exceeded"));

        BudgetTest.remove(tenant).statusCode(200);
        lookAtAll();
        AllocationTest.allocate(tenant, 1_000).statusCode(201);
        assertEquals(List.of("over", "over"), alerts("budget_exceeded"));
    }

    @Test
    void whatWasAllocatedInAnotherMonthCountsThere() {
        BudgetTest.set(tenant, 100).statusCode(200);
        AllocationTest.allocate(tenant, 101).statusCode(201);
        assertEquals(List.of("open"), alerts("budget_exceeded"));
        Attesting.asSuperuser(
                "allocation",
                "update pool_days set day = date_trunc('month', day)::date - 1 where tenant_id = '" + tenant + "'");
        lookAtAll();
        assertEquals(List.of("over"), alerts("budget_exceeded"));
        AllocationTest.allocate(tenant, 100).statusCode(201);
        assertEquals(List.of("over"), alerts("budget_exceeded"));
    }

    @Test
    void eachClawbackOfMoreThanHalfThePoolIsTold() {
        AllocationTest.allocate(tenant, 1_000).statusCode(201);
        AllocationTest.clawBack(tenant, 499).statusCode(201);
        AllocationTest.allocate(tenant, 499).statusCode(201);
        AllocationTest.clawBackByTwo(tenant, 500);
        assertEquals(0, alerts("large_clawback").size());

        var proposal = ProposalTest.propose(tenant, 251);
        assertEquals(0, alerts("large_clawback").size());
        String clawback =
                ProposalTest.approve(proposal).statusCode(200).extract().path("result_id");
        alertsOfTenant("large_clawback")
                .body("items", hasSize(1))
                .body("items[0].cause", equalTo(clawback))
                .body("items[0].figures.amount", equalTo(251))
                .body("items[0].figures.balance_before", equalTo(500))
                .body("items[0].figures.threshold_percent", equalTo(50));
        AllocationTest.clawBackByTwo(tenant, 249);
        assertEquals(List.of("open", "open"), alerts("large_clawback"));
        assertEquals(
                Map.of("amount", 251L, "balance_before", 500L, "threshold_percent", 50L),
                raised(tenant, 2).get(0).figures());
    }

    @Test
    void aClawbackThatIsRefusedRaisesNothing() {
        AllocationTest.allocate(tenant, 10).statusCode(201);
        AllocationTest.clawBack(tenant, 11).statusCode(409);
        assertEquals(0, alerts("large_clawback").size());
    }

    @Test
    void whoeverIsRefusedAgainAndAgainIsTold() {
        var somebody = UUID.randomUUID();
        tryAdminCalls(4, somebody);
        lookAtWhatWasHeard();
        assertEquals(0, alerts("refused_calls").size());

        tryAdminCalls(1, somebody);
        Awaitility.await().untilAsserted(() -> {
            lookAtWhatWasHeard();
            assertEquals(List.of("open"), alerts("refused_calls"));
        });
        tryAdminCalls(1, somebody);
        lookAtAll();
        alertsOfTenant("refused_calls")
                .body("items", hasSize(1))
                .body("items[0].cause", equalTo(somebody.toString()))
                .body("items[0].figures.refusals", equalTo(5))
                .body("items[0].figures.window_seconds", equalTo(300));

        letTimePass(somebody.toString());
        lookAtAll();
        assertEquals(List.of("over"), alerts("refused_calls"));
        tryAdminCalls(5, somebody);
        Awaitility.await().untilAsserted(() -> {
            lookAtWhatWasHeard();
            assertEquals(List.of("open", "over"), alerts("refused_calls"));
        });
        assertEquals(
                List.of(somebody.toString(), somebody.toString()),
                raised(tenant, 2).stream().map(BusinessAlertRaised::cause).toList());
    }

    @Test
    void refusalsThatLieFurtherApartAreNotSuspicious() {
        var somebody = UUID.randomUUID();
        tryAdminCalls(4, somebody);
        lookAtWhatWasHeard();
        Attesting.asSuperuser(
                "allocation",
                "update refused_calls set refused_at = refused_at - interval '4 min 59 s' where caller = '" + somebody
                        + "'");
        tryAdminCalls(1, somebody);
        Awaitility.await().untilAsserted(() -> {
            lookAtWhatWasHeard();
            assertEquals(List.of("open"), alerts("refused_calls"));
        });

        var another = UUID.randomUUID();
        tryAdminCalls(4, another);
        lookAtWhatWasHeard();
        Attesting.asSuperuser(
                "allocation",
                "update refused_calls set refused_at = refused_at - interval '5 min 1 s' where caller = '" + another
                        + "'");
        tryAdminCalls(1, another);
        lookAtAll();
        assertEquals(List.of("open"), alerts("refused_calls"));
    }

    @Test
    void failedAllocationsOfAnAdminAreToldToThePlatform() {
        var operator = UUID.randomUUID();
        for (int i = 0; i < 5; i++) {
            as(operator, null, "platform-admin")
                    .body("""
                            {"tenant_id": "%s", "amount": %s, "reason": "x"}""".formatted(tenant, i % 2 == 0 ? 7 : -7))
                    .post("/api/platform/allocations/clawback")
                    .then()
                    .statusCode(i % 2 == 0 ? 409 : 400);
        }
        awaitPlatformAlert(operator.toString());
        assertEquals(
                0,
                alertsOfTenant("refused_calls")
                        .extract()
                        .jsonPath()
                        .getList("items")
                        .size());
        assertEquals(
                1,
                raised(AlertEvent.PLATFORM, 1).stream()
                        .filter(alert -> alert.cause().equals(operator.toString()))
                        .count());
    }

    @Test
    void whoShowsNoTokenIsToldByTheAddressWhichNoEventTells() {
        letTimePass("address 127.0.0.1");
        lookAtAll();
        for (int i = 0; i < 5; i++) {
            // Whatever it says it is: no proxy is configured whose word would be taken.
            given().header("X-Forwarded-For", "198.51.100." + i)
                    .header("Forwarded", "for=198.51.100." + i)
                    .get("/api/platform/tenants")
                    .then()
                    .statusCode(401);
        }
        awaitPlatformAlert("address 127.0.0.1");
        assertEquals(
                List.of(),
                raised(AlertEvent.PLATFORM, 1).stream()
                        .map(BusinessAlertRaised::cause)
                        .filter(cause -> cause.contains("127"))
                        .toList());
    }

    @Test
    void aFloodBecomesFewRows() {
        for (int i = 0; i < 110; i++) {
            tryAdminCalls(6, UUID.randomUUID());
        }
        lookAtAll();
        var rows = new java.util.ArrayList<Long>();
        rows.add(count("select count(distinct caller) from refused_calls"));
        rows.add(count("select max(n) from (select count(*) as n from refused_calls group by caller) x"));
        assertEquals(List.of(101L, 5L), rows);
        Attesting.asSuperuser("allocation", "update refused_calls set refused_at = refused_at - interval '1 hour'");
        lookAtAll();
        assertEquals(0, count("select count(*) from refused_calls"));
    }

    @Test
    void anotherTenantsManagerSeesNothingAndAnotherRoleIsRefused() {
        raiseClawback();
        var neighbour = AllocationTest.register();
        manager(neighbour).get("/api/allocations/alerts").then().statusCode(200).body("items", hasSize(0));
        manager(tenant).get("/api/allocations/alerts").then().statusCode(200).body("items", hasSize(1));
        for (var role : List.of("lead", "employee", "finance", "auditor", "platform-admin")) {
            as(UUID.randomUUID(), tenant, role)
                    .get("/api/allocations/alerts")
                    .then()
                    .statusCode(403);
        }
        manager(tenant).get("/api/platform/alerts").then().statusCode(403);
    }

    @Test
    void theListIsFilteredAndPaged() {
        raiseClawback();
        BudgetTest.set(tenant, 1).statusCode(200);
        AllocationTest.allocate(tenant, 2).statusCode(201);
        platform("limit=1").body("items.kind", equalTo(List.of("budget_exceeded")));
        String cursor = platform("limit=1").extract().path("next_cursor");
        platform("limit=1&cursor=" + cursor)
                .body("items.kind", equalTo(List.of("large_clawback")))
                .body("next_cursor", nullValue());
        platform("kind=large_clawback").body("items", hasSize(1));
        platform("state=open").body("items", hasSize(2));
        platform("state=acknowledged").body("items", hasSize(0));
        manager(tenant).get("/api/allocations/alerts?kind=pool_low").then().body("items", hasSize(0));
    }

    @Test
    void aSnoozedAlertComesBack() {
        var id = raiseClawback();
        snooze(id, Instant.now().minusSeconds(1).toString()).statusCode(400).body("errors[0].field", equalTo("until"));
        var until = Instant.now().plusSeconds(3_600);
        snooze(id, until.toString())
                .statusCode(200)
                .body("state", equalTo("snoozed"))
                .body("snoozed_until", notNullValue());
        lookAtAll();
        assertEquals(List.of("snoozed"), alerts("large_clawback"));

        Attesting.asSuperuser("allocation", "update business_alerts set snoozed_until = now() where id = '" + id + "'");
        lookAtAll();
        alertsOfTenant("large_clawback")
                .body("items[0].state", equalTo("open"))
                .body("items[0].snoozed_until", nullValue());
        assertEquals(List.of("snoozed", "open"), changes(2));
    }

    @Test
    void anAcknowledgedAlertIsNotRepeatedUntilItsCauseHasBeenOver() {
        BudgetTest.set(tenant, 100).statusCode(200);
        AllocationTest.allocate(tenant, 101).statusCode(201);
        String id = alertsOfTenant("budget_exceeded").extract().path("items[0].alert_id");
        acknowledge(id)
                .statusCode(200)
                .body("state", equalTo("acknowledged"))
                .body("acknowledged_by", equalTo(AllocationTest.ADMIN.toString()));
        acknowledge(id).statusCode(200).body("state", equalTo("acknowledged"));
        snooze(id, "2999-01-01T00:00:00Z").statusCode(409).body("type", equalTo("urn:points:problem:alert-settled"));
        AllocationTest.allocate(tenant, 1).statusCode(201);
        lookAtAll();
        assertEquals(List.of("acknowledged"), alerts("budget_exceeded"));

        BudgetTest.remove(tenant).statusCode(200);
        lookAtAll();
        assertEquals(List.of("over"), alerts("budget_exceeded"));
        acknowledge(id).statusCode(409).body("state", equalTo("over"));
        BudgetTest.set(tenant, 100).statusCode(200);
        AllocationTest.allocate(tenant, 1).statusCode(201);
        assertEquals(List.of("open", "over"), alerts("budget_exceeded"));
        assertEquals(List.of("acknowledged", "over"), changes(2));
    }

    @Test
    void anAlertThatDoesNotExistIsNotFound() {
        acknowledge(UUID.randomUUID().toString()).statusCode(404);
        snooze(UUID.randomUUID().toString(), "2999-01-01T00:00:00Z").statusCode(404);
    }

    @Test
    void twoWhoLookAtOnceRaiseOne() {
        AllocationTest.allocate(tenant, 1_000).statusCode(201);
        distribute(1_000);
        due();
        Attesting.together(List.of(scan::scan, scan::scan, scan::scan));
        assertEquals(List.of("open"), alerts("pool_low"));
        assertEquals(1, raised(tenant, 1).size());
    }

    /** Each percent of each window is a cause, told twice or not; of a window that is over nothing is raised. */
    @Test
    void oneRuleTellsOfEachDepartment() {
        var end = Instant.now().plusSeconds(3_600).truncatedTo(ChronoUnit.MICROS);
        for (var department : List.of(new UUID(0, 1), new UUID(0, 2))) {
            kafka.send(new LimitReached(
                    tenant, "each", "department", null, null, department, "2026-11", 80L, "points", 100, 85, end));
        }
        assertEquals(
                List.of("each/" + new UUID(0, 1) + "/2026-11/80", "each/" + new UUID(0, 2) + "/2026-11/80"),
                raised(tenant, 2).stream().map(BusinessAlertRaised::cause).toList());
    }

    @Test
    void aLimitOfTheTenantsIsAnAlertUntilItsWindowIsOver() {
        var end = Instant.now().plusSeconds(3_600).truncatedTo(ChronoUnit.MICROS);
        var giver = UUID.randomUUID();
        var at80 =
                new LimitReached(tenant, "month", "giver", giver, null, null, "2026-11", 80L, "points", 100, 85, end);
        var beyond = new LimitReached(tenant, "all", "tenant", null, null, null, "2026-W48", null, "awards", 5, 6, end);
        var late = new LimitReached(
                tenant,
                "late",
                "tenant",
                null,
                null,
                null,
                "2026-10",
                null,
                "awards",
                5,
                6,
                Instant.now().minusSeconds(1));
        kafka.send(late);
        kafka.send(at80);
        kafka.send(at80);
        raised(tenant, 1);
        kafka.send(beyond);
        assertEquals(
                List.of("month/" + giver + "/2026-11/80", "all/tenant/2026-W48/beyond"),
                raised(tenant, 2).stream().map(BusinessAlertRaised::cause).toList());
        alertsOfTenant("spend_limit")
                .body("items.state", equalTo(List.of("open", "open")))
                .body("items[1].figures.points_used", equalTo(85))
                .body("items[1].figures.points_limit", equalTo(100))
                .body("items[1].figures.percent", equalTo(80))
                .body("items[0].figures.awards_used", equalTo(6))
                .body("items[0].figures.percent", nullValue());
        lookAtAll();
        assertEquals(List.of("open", "open"), alerts("spend_limit"));

        Attesting.asSuperuser(
                "allocation",
                "update business_alerts set ends_at = now() where tenant_id = '" + tenant + "' and cause like 'all/%'");
        lookAtAll();
        assertEquals(List.of("over", "open"), alerts("spend_limit"));
    }

    @Test
    void openOnesAreCountedByKind() {
        raiseClawback();
        Awaitility.await()
                .until(() -> Metrics.sum("points_business_alerts_open", Map.of("kind", "large_clawback"))
                                .orElse(0)
                        >= 1);
        assertEquals(
                7,
                Stream.of(
                                "pool_low",
                                "pool_empty",
                                "budget_exceeded",
                                "large_clawback",
                                "refill_refused",
                                "refused_calls",
                                "spend_limit")
                        .filter(kind -> Metrics.sum("points_business_alerts_open", Map.of("kind", kind))
                                .isPresent())
                        .count());
    }

    private void distribute(long amount) {
        kafka.send(new DebitPool(UUID.randomUUID(), tenant, DistributionKind.AWARD, amount));
        Awaitility.await().until(() -> !kafka.messages(Topic.POOL_EVENTS, PoolDebited.class, tenant)
                .isEmpty());
    }

    /** Adds what was heard; nothing else is due. */
    private void lookAtWhatWasHeard() {
        scan.scan().await().indefinitely();
    }

    private void lookAtAll() {
        due();
        scan.scan().await().indefinitely();
    }

    private static void due() {
        Attesting.asSuperuser("allocation", "update alert_round set due_at = now()");
    }

    private static void letTimePass(String caller) {
        Attesting.asSuperuser(
                "allocation",
                "update refused_calls set refused_at = refused_at - interval '6 min' where caller = '" + caller + "'");
    }

    private void tryAdminCalls(int times, UUID somebody) {
        for (int i = 0; i < times; i++) {
            as(somebody, tenant, "manager").get("/api/platform/tenants").then().statusCode(403);
        }
    }

    private void awaitPlatformAlert(String cause) {
        Awaitility.await().untilAsserted(() -> {
            lookAtAll();
            admin().get("/api/platform/alerts?kind=refused_calls&state=open&limit=200")
                    .then()
                    .body("items.findAll { it.cause == '" + cause + "' && it.tenant_id == null }.size()", equalTo(1));
        });
    }

    private String raiseClawback() {
        AllocationTest.allocate(tenant, 10).statusCode(201);
        AllocationTest.clawBackByTwo(tenant, 10);
        return alertsOfTenant("large_clawback").extract().path("items[0].alert_id");
    }

    /** The states of the tenant's alerts, newest first. */
    private List<String> alerts(String kind) {
        JsonPath page = alertsOfTenant(kind).extract().jsonPath();
        return page.getList("items.state");
    }

    private ValidatableResponse alertsOfTenant(String kind) {
        return manager(tenant)
                .get("/api/allocations/alerts?kind=" + kind)
                .then()
                .statusCode(200);
    }

    private ValidatableResponse platform(String query) {
        return admin().get("/api/platform/alerts?tenant_id=" + tenant + "&" + query)
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse acknowledge(String id) {
        return admin().post("/api/platform/alerts/" + id + "/acknowledge").then();
    }

    private static ValidatableResponse snooze(String id, String until) {
        return admin().body("{\"until\": \"%s\"}".formatted(until))
                .post("/api/platform/alerts/" + id + "/snooze")
                .then();
    }

    private static RequestSpecification manager(UUID tenant) {
        return as(UUID.randomUUID(), tenant, "manager");
    }

    private static RequestSpecification as(UUID somebody, UUID tenant, String role) {
        return given().auth().oauth2(Tokens.of(somebody, tenant, role)).contentType("application/json");
    }

    private List<BusinessAlertRaised> raised(UUID of, int atLeast) {
        return Awaitility.await()
                .until(
                        () -> kafka.messages(Topic.ALLOCATION_ALERTS, BusinessAlertRaised.class, of),
                        it -> it.size() >= atLeast);
    }

    private List<String> changes(int atLeast) {
        return Awaitility.await()
                .until(
                        () -> kafka.messages(Topic.ALLOCATION_ALERTS, BusinessAlertChanged.class, tenant),
                        it -> it.size() >= atLeast)
                .stream()
                .map(BusinessAlertChanged::state)
                .toList();
    }

    private static long count(String sql) {
        return Tables.asApp(connection -> Tables.number(connection, sql));
    }
}
