package io.points.billing;

import static io.points.billing.Movements.allocated;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.contract.PeriodEvent;
import io.points.contract.PeriodEvent.PeriodClosed;
import io.points.contract.PeriodEvent.PeriodSoftClosed;
import io.points.contract.Topic;
import io.points.testing.PointsTestResource;
import io.points.testing.SideBySide;
import io.points.testing.TestKafka;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Closing a month of all tenants. Tenants of other tests are among them; each test has a month of its own. */
@QuarkusTest
class ClosingJobsTest extends BillingServiceTest {

    private static final String CLOSINGS = "/api/billing/closings";

    private final UUID anna = UUID.randomUUID();
    private final UUID open = UUID.randomUUID();
    private final UUID softClosed = UUID.randomUUID();
    private final UUID incomplete = UUID.randomUUID();
    private final UUID closed = UUID.randomUUID();

    @Test
    void allThatCanBeClosedIsClosed() {
        month("1990-03");
        var expected = results(cursor -> ask("1990-03", true).post(CLOSINGS + "/check?limit=3" + cursor));
        assertEquals(
                Map.of(
                        open, "closed",
                        softClosed, "closed",
                        incomplete, "refused period-incomplete",
                        closed, "already_closed"),
                mine(expected));
        state(open, "1990-03", "open");

        var begun = begin("1990-03", true);
        var job = finish(begun);
        assertEquals(expected, results(cursor -> as("auditor")
                .get(CLOSINGS + "/" + job.get("closing_id") + "/results?limit=3" + cursor)));
        assertEquals(expected.size(), job.getInt("counts.tenants"));
        assertEquals(count(expected, "closed"), job.getInt("counts.closed"));
        assertEquals(count(expected, "already_closed"), job.getInt("counts.already_closed"));
        assertEquals(count(expected, "refused period-incomplete"), job.getInt("counts.refused.period-incomplete"));
        assertEquals(0, job.getInt("counts.left"));
        assertEquals(0, job.getInt("counts.failed"));
        state(incomplete, "1990-03", "open");
        for (var it : List.of(open, softClosed)) {
            state(it, "1990-03", "closed");
            statement(it, "1990-03").then().body("revision", equalTo(1)).body("closed_by", equalTo(anna.toString()));
            assertEquals(List.of(), reconciliation(it).getList("differences"));
        }
        assertEquals(
                List.of(
                        new PeriodSoftClosed(open, "1990-03", 1, 1, "month end", anna),
                        new PeriodClosed(open, "1990-03", 2, 1, "month end", anna, sha256(open, "1990-03"))),
                await().atMost(Duration.ofSeconds(20)).until(() -> told(open), it -> it.size() >= 2));
    }

    @Test
    void aJobCanBeRepeated() {
        month("1991-03");
        var first = finish(begin("1991-03", false));
        assertEquals("refused period-not-soft-closed", mine(outcomes(first)).get(open));
        assertEquals("closed", mine(outcomes(first)).get(softClosed));

        sendAt("1991-03-06T10:00:00Z", allocated(incomplete, 5, 1));
        awaitHeard();
        var second = finish(begin("1991-03", true));
        assertEquals(
                Map.of(open, "closed", softClosed, "already_closed", incomplete, "closed", closed, "already_closed"),
                mine(outcomes(second)));
        var only = as("finance")
                .get(CLOSINGS + "/" + second.get("closing_id") + "/results?outcome=refused&limit=200")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertEquals(count(outcomes(second), "refused"), only.getList("items").size());
        assertEquals(outcomes(first), outcomes(finish(first)), "what came of a job stays");
    }

    @Test
    void aRepeatUnderItsKeyIsTheSameJob() {
        month("1992-03");
        var key = UUID.randomUUID().toString();
        var first = ask("1992-03", true).header("Idempotency-Key", key).post(CLOSINGS);
        var id = first.then()
                .statusCode(202)
                .header("Location", endsWith(first.path("closing_id")))
                .extract()
                .path("closing_id");
        finish(first);
        ask("1992-03", true)
                .header("Idempotency-Key", key)
                .post(CLOSINGS)
                .then()
                .statusCode(202)
                .header("Location", endsWith(CLOSINGS + "/" + id))
                .body("closing_id", equalTo(id));
    }

    /** It waits for the one tenant that somebody else writes for, and for no other. */
    @Test
    void aMonthIsClosedByOneJobAtATime() throws SQLException {
        month("1993-03");
        Response begun;
        try (var rival = lock(softClosed)) {
            begun = begin("1993-03", true);
            ask("1993-03", true)
                    .post(CLOSINGS)
                    .then()
                    .statusCode(409)
                    .body("type", equalTo("urn:points:problem:closing-running"))
                    .body("errors[0].field", equalTo("period"));
            rival.rollback();
        }
        finish(begun);
        finish(begin("1993-03", true));
    }

    @Test
    void ofManyWhoBeginAtOnceOneDoesOrTheyFollowEachOther() {
        month("1994-03");
        var together = Stream.generate(
                        () -> SideBySide.begin(() -> ask("1994-03", true).post(CLOSINGS)))
                .limit(4)
                .toList();
        for (var it : together) {
            var answer = it.join();
            if (answer.statusCode() == 202) {
                finish(answer);
            } else {
                answer.then().statusCode(409).body("type", equalTo("urn:points:problem:closing-running"));
            }
        }
        for (var it : List.of(open, softClosed)) {
            assertEquals(
                    1, told(it).stream().filter(PeriodClosed.class::isInstance).count());
        }
    }

    @Test
    void whatIsKilledIsTakenUpAgain() throws SQLException {
        month("1995-03");
        Response begun;
        try (var rival = lock(softClosed)) {
            begun = begin("1995-03", true);
            kill();
            rival.rollback();
        }
        assertEquals("closed", mine(outcomes(finish(begun))).get(softClosed));
        as("finance")
                .get("/api/billing/periods/" + softClosed + "/1995-03")
                .then()
                .body("steps.action", equalTo(List.of("soft_closed", "closed")));
    }

    @Test
    void whatFailsAgainAndAgainIsGivenUpAndCanBeRepeated() throws SQLException {
        month("1996-03");
        JsonPath job;
        try (var rival = lock(softClosed)) {
            var begun = begin("1996-03", true);
            for (int i = 0; i < 5; i++) {
                kill();
            }
            job = finish(begun);
            rival.rollback();
        }
        assertEquals("failed", mine(outcomes(job)).get(softClosed));
        assertEquals(1, job.getInt("counts.failed"));
        assertEquals("closed", mine(outcomes(job)).get(open), "the others do not wait for it");
        assertEquals("closed", mine(outcomes(finish(begin("1996-03", true)))).get(softClosed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/check"})
    void aMonthThatIsNotOverIsNotClosed(String route) {
        ask("9999-12", true)
                .post(CLOSINGS + route)
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:points:problem:period-not-over"))
                .body("errors[0].field", equalTo("period"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000-01", "2026-13", "2026-1", "2026-01-01", ""})
    void aWrongMonthIsNamed(String period) {
        for (var route : List.of("", "/check")) {
            ask(period, true).post(CLOSINGS + route).then().statusCode(400).body("errors[0].field", equalTo("period"));
        }
    }

    @Test
    void aWrongOutcomeIsNamedAndAnUnknownJobNotFound() {
        as("finance")
                .get(CLOSINGS + "/" + UUID.randomUUID() + "/results?outcome=shut")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("outcome"));
        as("auditor").get(CLOSINGS + "/" + UUID.randomUUID()).then().statusCode(404);
        as("auditor")
                .get(CLOSINGS + "/" + UUID.randomUUID() + "/results")
                .then()
                .statusCode(404);
    }

    @ParameterizedTest
    @MethodSource("rolesWithoutFinance")
    void onlyFinanceCloses(String role) {
        as(role).contentType("application/json")
                .body("{\"period\": \"1990-03\", \"reason\": \"month end\"}")
                .post(CLOSINGS)
                .then()
                .statusCode(403);
    }

    private void month(String period) {
        sendAt(period + "-05T10:00:00Z", allocated(open, 100, 1));
        sendAt(period + "-05T10:00:00Z", allocated(softClosed, 100, 1));
        sendAt(period + "-05T10:00:00Z", allocated(incomplete, 100, 2));
        sendAt(period + "-05T10:00:00Z", allocated(closed, 100, 1));
        awaitHeard();
        step(anna, softClosed, period, "soft-close").then().statusCode(200);
        step(anna, closed, period, "soft-close").then().statusCode(200);
        step(anna, closed, period, "close").then().statusCode(200);
    }

    private RequestSpecification ask(String period, boolean softClose) {
        return asFinance(anna)
                .contentType("application/json")
                .body("{\"period\": \"%s\", \"reason\": \"month end\", \"soft_close\": %s}"
                        .formatted(period, softClose));
    }

    private Response begin(String period, boolean softClose) {
        var begun = ask(period, softClose).post(CLOSINGS);
        begun.then().statusCode(202).header("Location", endsWith(CLOSINGS + "/" + begun.path("closing_id")));
        return begun;
    }

    private static JsonPath finish(Response begun) {
        return finish(begun.jsonPath());
    }

    private static JsonPath finish(JsonPath job) {
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> as("auditor")
                                .get(CLOSINGS + "/" + job.get("closing_id"))
                                .then()
                                .statusCode(200)
                                .extract()
                                .jsonPath(),
                        it -> "finished".equals(it.get("state")));
    }

    /** Ends the transaction that waits for the lock of a tenant. */
    private static void kill() {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            try (var superuser = DriverManager.getConnection(
                            PointsTestResource.surroundings().superuserJdbcUrl());
                    var sql = superuser.createStatement();
                    var killed = sql.executeQuery("""
                            select pg_terminate_backend(pid) from pg_stat_activity
                            where wait_event_type = 'Lock' and query like '%from billing_tenants%for update%' and pid <> pg_backend_pid()
                            """)) {
                return killed.next();
            }
        });
    }

    private static Connection lock(UUID of) throws SQLException {
        var rival = connect();
        rival.setAutoCommit(false);
        try (var sql = rival.createStatement()) {
            sql.execute("select from billing_tenants where tenant_id = '" + of + "' for update");
        }
        return rival;
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(PointsTestResource.surroundings().ownerJdbcUrl());
    }

    @FunctionalInterface
    private interface Pages {
        Response page(String cursor);
    }

    private static Map<UUID, String> outcomes(JsonPath job) {
        return results(
                cursor -> as("finance").get(CLOSINGS + "/" + job.get("closing_id") + "/results?limit=200" + cursor));
    }

    private static Map<UUID, String> results(Pages pages) {
        var results = new HashMap<UUID, String>();
        var cursor = "";
        do {
            var page = pages.page(cursor).then().statusCode(200).extract().jsonPath();
            maps(page.getList("items")).forEach(it -> {
                var refusal = (Map<?, ?>) it.get("refusal");
                results.put(
                        UUID.fromString((String) it.get("tenant_id")),
                        it.get("outcome") + (refusal == null ? "" : " " + refusal.get("type")));
            });
            cursor = page.get("next_cursor") == null ? "" : "&cursor=" + page.get("next_cursor");
        } while (!cursor.isEmpty());
        return results;
    }

    private Map<UUID, String> mine(Map<UUID, String> all) {
        var mine = new HashMap<>(all);
        mine.keySet().retainAll(List.of(open, softClosed, incomplete, closed));
        return mine;
    }

    private static int count(Map<UUID, String> results, String outcome) {
        return (int) results.values().stream()
                .filter(it -> it.equals(outcome) || it.startsWith(outcome + " "))
                .count();
    }

    private static void state(UUID of, String period, String state) {
        as("auditor")
                .get("/api/billing/periods/" + of + "/" + period)
                .then()
                .statusCode(200)
                .body("state", equalTo(state));
    }

    private static String sha256(UUID of, String period) {
        return as("auditor").get("/api/billing/periods/" + of + "/" + period).path("statement_sha256");
    }

    private List<PeriodEvent> told(UUID of) {
        return kafka.read(Topic.BILLING_PERIODS).stream()
                .filter(it -> of.toString().equals(it.key()))
                .map(it -> (PeriodEvent) TestKafka.message(it))
                .toList();
    }
}
