package io.points.allocation;

import static io.points.allocation.AllocationTest.admin;
import static io.points.allocation.SchedulesTest.make;
import static io.points.allocation.SchedulesTest.makeWith;
import static io.points.allocation.SchedulesTest.move;
import static io.points.allocation.SchedulesTest.preview;
import static io.points.allocation.SchedulesTest.putWith;
import static io.points.allocation.SchedulesTest.read;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.allocation.SchedulesTest.Due;
import io.points.allocation.schedule.ScheduleRound;
import io.points.contract.PoolEvent.PointsAllocated;
import io.points.contract.PoolEvent.ScheduleRan;
import io.points.contract.RunOutcome;
import io.points.contract.Topic;
import io.points.platform.faultpoints.FaultPoint;
import io.points.testing.Hold;
import io.points.testing.Metrics;
import io.points.testing.Rivals;
import io.points.testing.SideBySide;
import io.points.testing.Tables;
import io.points.testing.TestKafka;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each period of a schedule is run once, whatever happens. */
@AllocationServiceTest
class ScheduleRunsTest {

    private static final Duration LONGEST_LOOK = Duration.ofSeconds(60);

    @Inject
    ScheduleRound round;

    private UUID tenant;

    @BeforeEach
    void register() {
        tenant = AllocationTest.register();
    }

    @Test
    void whatFallsDueIsAllocatedOnceAndToldAsAnyAllocation() {
        var id = make(tenant);
        var due = preview(id, 2);
        var done = Map.of("what", "allocate", "outcome", "done");
        look(due.get(0).dueAt().minusMillis(1));
        assertBalance(0);
        double before = Metrics.sum("points_schedule_runs_total", done).orElse(-1);
        look(due.get(0).dueAt());
        look(due.get(0).dueAt().plusSeconds(60));
        assertBalance(500);
        assertTrue(Metrics.sum("points_schedule_runs_total", done).orElse(-1) > before);
        var period = due.get(0).period();
        var allocation = due.get(0).idFor(id);
        runs(id).body("items", hasSize(1))
                .body("items[0].number", equalTo(1))
                .body("items[0].period", equalTo(period))
                .body("items[0].attempt", equalTo(1))
                .body("items[0].outcome", equalTo("done"))
                .body("items[0].amount", equalTo(500))
                .body("items[0].allocation_id", equalTo(allocation.toString()))
                .body("items[0].created_by", nullValue());
        admin().get("/api/platform/allocations/history/" + tenant)
                .then()
                .body("items", hasSize(1))
                .body("items[0].allocation_id", equalTo(allocation.toString()))
                .body("items[0].reference_note", equalTo("Contract 7, " + period))
                .body("items[0].created_by", equalTo(AllocationTest.ADMIN.toString()));
        assertEquals(due.get(1).period(), read(id).getString("next_period"));
        try (var kafka = new TestKafka()) {
            var told = Awaitility.await()
                    .until(() -> kafka.messages(Topic.POOL_EVENTS, ScheduleRan.class, tenant), it -> it.size() == 1);
            assertEquals(
                    new ScheduleRan(id, tenant, "allocate", period, 1, RunOutcome.DONE, null, allocation), told.get(0));
            var moved = kafka.messages(Topic.POOL_EVENTS, PointsAllocated.class, tenant);
            assertEquals(
                    List.of(new PointsAllocated(
                            allocation,
                            tenant,
                            500,
                            "INR",
                            "1.25",
                            "Contract 7, " + period,
                            500,
                            1,
                            null,
                            null,
                            1L,
                            id,
                            period,
                            null)),
                    moved);
        }
    }

    @Test
    void whatIsOfAPeriodLapsesWithItAndWhatIsForEverDoesNot() {
        admin().body("{\"time_zone\": \"UTC\", \"pool_expires\": {\"after\": \"P90D\"}}")
                .put("/api/platform/tenants/" + tenant + "/settings")
                .then()
                .statusCode(200);
        var ofPeriod =
                makeWith(tenant, "\"at\": \"00:05\"", "\"at\": \"00:05\", \"expires\": {\"end_of_period\": true}");
        var forEver = makeWith(tenant, "\"at\": \"00:05\"", "\"at\": \"00:05\", \"expires\": {\"never\": true}");
        assertTrue(read(ofPeriod).getBoolean("expires.end_of_period"));
        assertTrue(read(forEver).getBoolean("expires.never"));
        var due = preview(ofPeriod, 1).get(0);
        look(due.dueAt());
        var month = YearMonth.parse(due.period());
        admin().get("/api/platform/allocations/stats/" + tenant)
                .then()
                .body("balance", equalTo(1_000))
                .body("expiring", hasSize(1))
                .body("expiring[0].expires_on", equalTo(month.atEndOfMonth().toString()))
                .body("expiring[0].points", equalTo(500));
    }

    @Test
    void whatHasATimeOfItsOwnLapsesByThat() {
        var id = makeWith(
                tenant,
                "\"at\": \"00:05\"",
                "\"at\": \"00:05\", \"expires\": {\"after\": \"P40D\", \"round\": \"day\"}");
        assertEquals("P40D", read(id).getString("expires.after"));
        var due = preview(id, 1).get(0);
        look(due.dueAt());
        var allocated =
                column("select (created_at at time zone 'UTC')::date from allocation_logs where tenant_id = '%s'");
        admin().get("/api/platform/allocations/stats/" + tenant)
                .then()
                .body(
                        "expiring[0].expires_on",
                        equalTo(LocalDate.parse(allocated.get(0)).plusDays(40).toString()))
                .body("expiring[0].points", equalTo(500));
        assertEquals(
                List.of("P40D day"),
                column("select expires_after || ' ' || expires_round from schedule_logs where tenant_id = '%s'"));
    }

    private List<String> column(String sql) {
        return Tables.asOwner(connection -> Tables.column(connection, sql.formatted(tenant)));
    }

    @Test
    void oneOfTwoRoundsAtOnceDoesIt() {
        var id = make(tenant);
        var due = preview(id, 1).get(0);
        List<CompletableFuture<Void>> looks;
        try (var hold = Hold.at(FaultPoint.TRANSACTION_BEFORE_COMMIT)) {
            var first = SideBySide.begin(() -> lookAt(due.dueAt()));
            hold.awaitHit();
            var second = SideBySide.begin(() -> lookAt(due.dueAt()));
            looks = List.of(first, second);
        }
        looks.forEach(CompletableFuture::join);
        assertBalance(500);
        runs(id).body("items", hasSize(1));
    }

    @Test
    void whatACrashLeavesIsNothingAndWhoeverComesNextDoesIt() {
        var id = make(tenant);
        var due = preview(id, 1).get(0);
        CompletableFuture<Void> crashed;
        try (var hold = Hold.at(FaultPoint.TRANSACTION_BEFORE_COMMIT)) {
            crashed = SideBySide.begin(() -> lookAt(due.dueAt()));
            hold.awaitHit();
            Rivals.endOpenTransactions();
            assertEquals(0, count("schedule_runs where schedule_id = '%s'".formatted(id)));
            assertEquals(0, count("pool_ledger where tenant_id = '%s'".formatted(tenant)));
        }
        crashed.join();
        look(due.dueAt());
        assertBalance(500);
        runs(id).body("items", hasSize(1))
                .body("items[0].allocation_id", equalTo(due.idFor(id).toString()));
    }

    /** Whoever wakes up late and believes that the period is still to be run finds the row. */
    @Test
    void whoeverComesBackWithAnOldViewDoesNothing() {
        var id = make(tenant);
        var due = preview(id, 2);
        look(due.get(0).dueAt());
        change("update schedules set next_period = '%s', next_due_at = '%s' where id = '%s'"
                .formatted(due.get(0).period(), due.get(0).dueAt(), id));
        look(due.get(0).dueAt());
        assertBalance(500);
        runs(id).body("items", hasSize(1));
        assertEquals(due.get(1).period(), read(id).getString("next_period"));
    }

    @ParameterizedTest
    @CsvSource({"all, done done done, 1500", "newest, missed missed done, 500", "none, missed missed missed, 0"})
    void afterAnOutageItGoesByWhatTheScheduleSays(String catchUp, String outcomes, int balance) {
        var id = makeWith(
                tenant,
                "\"at\": \"00:05\", \"catch_up\": \"all\"",
                "\"at\": \"00:06\", \"catch_up\": \"%s\"".formatted(catchUp));
        var due = preview(id, 4);
        var threeMonthsOn = due.get(2).dueAt().plus(Duration.ofDays(2));
        look(threeMonthsOn);
        assertEquals(List.of(outcomes.split(" ")), outcomes(id));
        assertBalance(balance);
        // Back again, and once more to where it was: nothing comes twice.
        look(due.get(0).dueAt());
        look(threeMonthsOn);
        assertBalance(balance);
        runs(id).body("items", hasSize(3));
        assertEquals(due.get(3).period(), read(id).getString("next_period"));
        look(due.get(3).dueAt());
        assertBalance(balance + 500);
        assertEquals(
                due.stream().map(Due::period).toList(),
                List.of(
                        run(id, 3).getString("period"),
                        run(id, 2).getString("period"),
                        run(id, 1).getString("period"),
                        run(id, 0).getString("period")));
    }

    /** Its day is moved from the last to the first when that is over: it falls due at once, and once. */
    @Test
    void anEditInTheMiddleOfAMonthCannotRunItTwice() {
        var id = makeWith(tenant, "\"day\": \"1\"", "\"day\": \"last\"");
        var due = preview(id, 2);
        look(due.get(0).dueAt());
        assertBalance(500);
        putWith(id, "\"day\": \"1\"", "\"day\": \"28\"").statusCode(200);
        assertEquals(due.get(1).period(), read(id).getString("next_period"));
        look(due.get(0).dueAt().plusSeconds(1));
        assertBalance(500);
        putWith(id, "\"amount\": 500", "\"amount\": 7").statusCode(200);
        assertEquals(due.get(1).period(), read(id).getString("next_period"));
        look(due.get(1).dueAt());
        assertBalance(507);
    }

    /** To weeks and back again, at another time of the day: the month that has run does not run once more. */
    @Test
    void whatHasRunDoesNotRunAgainWhateverTheScheduleBecomesMeanwhile() {
        var id = makeWith(tenant, "\"day\": \"1\"", "\"day\": \"last\"");
        var due = preview(id, 1).get(0);
        look(due.dueAt());
        putWith(id, "\"every\": \"month\", \"day\": \"1\"", "\"every\": \"week\", \"day\": \"7\"")
                .statusCode(200);
        assertTrue(read(id).getString("next_period").contains("-W"));
        putWith(id, "\"day\": \"1\", \"at\": \"00:05\"", "\"day\": \"last\", \"at\": \"00:06\"")
                .statusCode(200);
        assertEquals(due.period(), read(id).getString("next_period"));
        look(due.dueAt().plusSeconds(60));
        assertBalance(500);
        runs(id).body("items", hasSize(1));
    }

    @Test
    void whatFallsDueInAPauseIsNotMadeUp() {
        var id = makeWith(tenant, "\"every\": \"month\", \"day\": \"1\"", "\"every\": \"day\"");
        move(id, "pause").statusCode(200);
        look(preview(id, 1).get(0).dueAt());
        runs(id).body("items", hasSize(0));
        change("update schedules set next_period = '2020-01-01', created_at = '2019-12-31' where id = '%s'"
                .formatted(id));
        move(id, "resume").statusCode(200);
        var due = preview(id, 1).get(0);
        assertTrue(due.dueAt().isAfter(Instant.now()), due.toString());
        look(due.dueAt());
        assertBalance(500);
        runs(id).body("items", hasSize(1)).body("items[0].period", equalTo(due.period()));
    }

    @Test
    void aSuspendedTenantGetsNothingUntilSomebodyTriesAgainAndThenOnce() {
        var id = make(tenant);
        var due = preview(id, 1).get(0);
        suspend("suspend");
        look(due.dueAt());
        runs(id).body("items[0].outcome", equalTo("refused")).body("items[0].reason", equalTo("TENANT_SUSPENDED"));
        retry(id, due).statusCode(200).body("attempt", equalTo(2)).body("outcome", equalTo("refused"));
        suspend("reactivate");
        look(due.dueAt());
        assertBalance(0);
        List<CompletableFuture<Integer>> both;
        try (var hold = Hold.at(FaultPoint.TRANSACTION_BEFORE_COMMIT)) {
            var first = SideBySide.begin(() -> retry(id, due).extract().statusCode());
            hold.awaitHit();
            var second = SideBySide.begin(() -> retry(id, due).extract().statusCode());
            Rivals.awaitBlocked();
            both = List.of(first, second);
        }
        assertEquals(
                List.of(200, 409), both.stream().map(CompletableFuture::join).toList());
        retry(id, due).statusCode(409).body("type", equalTo("urn:points:problem:run-done"));
        assertBalance(500);
        runs(id).body("items.attempt", equalTo(List.of(3, 2, 1)))
                .body("items.outcome", equalTo(List.of("done", "refused", "refused")))
                .body("items[0].allocation_id", equalTo(due.idFor(id).toString()))
                .body("items[0].created_by", equalTo(AllocationTest.ADMIN.toString()));
    }

    /** Told once, whatever is refused again, until a later run is not. */
    @Test
    void whatIsRefusedRaisesAnAlertUntilItIsDone() {
        var id = make(tenant);
        var due = preview(id, 1).get(0);
        suspend("suspend");
        look(due.dueAt());
        refusedRefills()
                .body("items.state", equalTo(List.of("open")))
                .body("items[0].cause", equalTo(id.toString()))
                .body("items[0].figures.amount", equalTo(500))
                .body("items[0].figures.attempt", equalTo(1));
        retry(id, due).statusCode(200).body("outcome", equalTo("refused"));
        refusedRefills().body("items.state", equalTo(List.of("open")));
        suspend("reactivate");
        retry(id, due).statusCode(200).body("outcome", equalTo("done"));
        refusedRefills().body("items.state", equalTo(List.of("over")));
    }

    @Test
    void aScheduleThatHasEndedIsNothingToLookAt() {
        var id = make(tenant);
        suspend("suspend");
        look(preview(id, 1).get(0).dueAt());
        refusedRefills().body("items.state", equalTo(List.of("open")));
        admin().post("/api/platform/schedules/" + id + "/end").then().statusCode(200);
        refusedRefills().body("items.state", equalTo(List.of("over")));
    }

    private ValidatableResponse refusedRefills() {
        return admin().get("/api/platform/alerts?kind=refill_refused&tenant_id=" + tenant)
                .then()
                .statusCode(200);
    }

    @Test
    void anotherCurrencyThanTheContractsIsRefusedUntilTheScheduleHasIt() {
        var id = make(tenant);
        var due = preview(id, 1).get(0);
        admin().body("{\"currency\": \"EUR\", \"price_per_point\": \"0.02\"}")
                .put("/api/platform/tenants/" + tenant + "/contract")
                .then()
                .statusCode(200);
        look(due.dueAt());
        runs(id).body("items[0].outcome", equalTo("refused")).body("items[0].reason", equalTo("CURRENCY_MISMATCH"));
        putWith(id, "\"currency\": \"INR\"", "\"currency\": \"EUR\"").statusCode(200);
        retry(id, due).statusCode(200).body("outcome", equalTo("done")).body("amount", equalTo(500));
        assertBalance(500);
    }

    @Test
    void aMonthsBudgetRefusesARunThatCanBeTriedAgain() {
        var id = make(tenant);
        var due = preview(id, 1).get(0);
        BudgetTest.set(tenant, 499, "refuse").statusCode(200);
        look(due.dueAt());
        runs(id).body("items[0].outcome", equalTo("refused")).body("items[0].reason", equalTo("MONTHLY_CAP_EXCEEDED"));
        BudgetTest.set(tenant, 500, "refuse").statusCode(200);
        retry(id, due).statusCode(200).body("outcome", equalTo("done"));
        assertBalance(500);
    }

    /** Who made the schedule may not approve it; the period is settled, and its allocation has the id that it would have had. */
    @Test
    void aRunThatTakesTwoIsProposed() {
        var id = make(tenant);
        var due = preview(id, 1).get(0);
        BudgetTest.set(tenant, 499, "approve").statusCode(200);
        look(due.dueAt());
        look(due.dueAt().plusSeconds(60));
        assertBalance(0);
        String proposal = runs(id).body("items", hasSize(1))
                .body("items[0].outcome", equalTo("proposed"))
                .body("items[0].amount", equalTo(500))
                .body("items[0].allocation_id", nullValue())
                .extract()
                .path("items[0].proposal_id");
        retry(id, due).statusCode(409).body("type", equalTo("urn:points:problem:run-done"));
        ProposalTest.decide(AllocationTest.ADMIN, proposal, "approve").statusCode(409);
        ProposalTest.approve(proposal)
                .statusCode(200)
                .body("result_id", equalTo(due.idFor(id).toString()));
        assertBalance(500);
        admin().get("/api/platform/allocations/history/" + tenant)
                .then()
                .body("items", hasSize(1))
                .body("items[0].allocation_id", equalTo(due.idFor(id).toString()))
                .body("items[0].reference_note", equalTo("Contract 7, " + due.period()));
        try (var kafka = new TestKafka()) {
            var told = Awaitility.await()
                    .until(() -> kafka.messages(Topic.POOL_EVENTS, ScheduleRan.class, tenant), it -> it.size() == 1);
            assertEquals(RunOutcome.PROPOSED, told.get(0).outcome());
            assertEquals(UUID.fromString(proposal), told.get(0).resultId());
            var moved = kafka.messages(Topic.POOL_EVENTS, PointsAllocated.class, tenant)
                    .get(0);
            assertEquals(id, moved.scheduleId());
            assertEquals(due.period(), moved.period());
        }
    }

    @Test
    void morePointsThanATenantMayHoldAreRefused() {
        var id = make(tenant);
        change("update tenants set allocated = 9007199254740991, debited = 9007199254740991 where id = '%s'"
                .formatted(tenant));
        look(preview(id, 1).get(0).dueAt());
        change("update tenants set allocated = 0, debited = 0 where id = '%s'".formatted(tenant));
        runs(id).body("items[0].outcome", equalTo("refused")).body("items[0].reason", equalTo("TENANT_LIMIT_EXCEEDED"));
        assertBalance(0);
    }

    @Test
    void aTopUpFillsThePoolAndDoesNothingWhereItIsFull() {
        var id = makeWith(tenant, "\"mode\": \"add\"", "\"mode\": \"top_up\"");
        var due = preview(id, 3);
        AllocationTest.allocate(tenant, 120).statusCode(201);
        look(due.get(0).dueAt());
        assertBalance(500);
        look(due.get(1).dueAt());
        AllocationTest.clawBackByTwo(tenant, 499);
        look(due.get(2).dueAt());
        assertBalance(500);
        runs(id).body("items.outcome", equalTo(List.of("done", "nothing_to_do", "done")))
                .body("items[2].amount", equalTo(380))
                .body("items[1].amount", nullValue())
                .body("items[0].amount", equalTo(499));
        retry(id, due.get(1)).statusCode(409).body("type", equalTo("urn:points:problem:run-done"));
    }

    /** Two of one tenant in one slice see each other's points. */
    @Test
    void severalOfOneTenantFollowEachOther() {
        var first = make(tenant);
        var second = makeWith(tenant, "\"mode\": \"add\"", "\"mode\": \"top_up\"");
        look(preview(first, 1).get(0).dueAt());
        assertBalance(500);
        assertEquals(
                List.of("done", "nothing_to_do"),
                Stream.of(first, second).map(id -> outcomes(id).get(0)).sorted().toList());
    }

    @Test
    void afterItsLastPeriodItHasEnded() {
        var last = LocalDate.now(ZoneOffset.UTC).plusMonths(2);
        var id = makeWith(tenant, "\"at\"", "\"ends_on\": \"%s\", \"at\"".formatted(last));
        var due = preview(id, 9);
        assertEquals(2, due.size());
        look(due.get(1).dueAt());
        assertBalance(1_000);
        assertEquals("ended", read(id).getString("state"));
        assertEquals(2, read(id).getInt("revision"));
        look(due.get(1).dueAt().plus(Duration.ofDays(40)));
        assertBalance(1_000);
    }

    @Test
    void whatNobodyHasRunIsSeen() {
        var id = make(tenant);
        change("update schedules set next_due_at = now() - interval '2 hours' where id = '%s'".formatted(id));
        Awaitility.await().until(() -> Metrics.sum("points_schedules_overdue_seconds") >= 7_200);
        // It was not due at all: its time is put right, and it is not run.
        look(Instant.now());
        runs(id).body("items", hasSize(0));
        Awaitility.await().until(() -> Metrics.sum("points_schedules_overdue_seconds") < 7_200);
    }

    /** Its tenant has a time zone that this version of Java does not know. */
    @Test
    void oneThatCannotBeRunDoesNotKeepTheOthersFromRunning() {
        var broken = make(tenant);
        change("""
                insert into tenant_settings_logs (tenant_id, revision, time_zone, event_id, created_by, created_at)
                values ('%s', 1, 'Atlantis/Harbour', '%s', '%s', now())""".formatted(tenant, UUID.randomUUID(), AllocationTest.ADMIN));
        var other = AllocationTest.register();
        var id = make(other);
        var due = preview(id, 2);
        look(due.get(1).dueAt());
        look(due.get(1).dueAt());
        assertEquals(List.of("done", "done"), outcomes(id));
        runs(broken).body("items", hasSize(0));
        assertBalance(0);
        move(broken, "end").statusCode(200);
    }

    private void look(Instant now) {
        lookAt(now);
    }

    private Void lookAt(Instant now) {
        round.look(now).await().atMost(LONGEST_LOOK);
        return null;
    }

    private static ValidatableResponse retry(UUID id, Due due) {
        return move(id, "runs/" + due.period() + "/retry");
    }

    private static long count(String rows) {
        return Tables.asOwner(connection -> Tables.number(connection, "select count(*) from " + rows));
    }

    private static void change(String sql) {
        Tables.asOwner(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate(sql);
            }
        });
    }

    private void suspend(String step) {
        admin().body("{\"reason\": \"unpaid\"}")
                .post("/api/platform/tenants/" + tenant + "/" + step)
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse runs(UUID id) {
        return admin().get("/api/platform/schedules/" + id + "/runs").then().statusCode(200);
    }

    private static JsonPath run(UUID id, int index) {
        return runs(id).extract().jsonPath().setRootPath("items[" + index + "]");
    }

    /** The oldest first. */
    private static List<String> outcomes(UUID id) {
        List<String> newestFirst = runs(id).extract().path("items.outcome");
        var found = new ArrayList<>(newestFirst);
        Collections.reverse(found);
        return found;
    }

    private void assertBalance(int balance) {
        admin().get("/api/platform/tenants/" + tenant).then().body("balance", equalTo(balance));
    }
}
