package io.points.distribution.policy;

import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.contract.DistributionKind;
import io.points.contract.Ids;
import io.points.contract.PolicyEvent.PolicyChanged;
import io.points.contract.Topic;
import io.points.distribution.DistributionServiceTest;
import io.points.distribution.Given;
import io.points.testing.SideBySide;
import io.points.testing.Tables;
import io.restassured.response.ValidatableResponse;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DistributionServiceTest
class PolicyTest {

    private static final String YEAR = "{\"expires\": {\"after\": \"P1Y\"}}";

    @Test
    void whoeverHasSaidNothingHasPointsThatNeverLapse() {
        try (var given = Given.tenant()) {
            given.asManager()
                    .get("/api/policy")
                    .then()
                    .statusCode(200)
                    .header("ETag", "\"0\"")
                    .body("revision", equalTo(0))
                    .body("earned.expires", nullValue())
                    .body("earned.to", equalTo("nowhere"))
                    .body("earned.notice_days", contains(30, 7))
                    .body("budgets.expires", nullValue())
                    .body("budgets.to", equalTo("pool"));
        }
    }

    @Test
    void whoeverIsAloneIsWarnedThatNobodyElseCouldApprove() {
        var approve =
                "{\"earned\": {}, \"rules\": [{\"id\": \"large\", \"of\": \"award\", \"points_above\": 10, \"then\": \"approve\"}]}";
        var undo = "{\"earned\": {}, \"rules\": [], \"undo_approval_above\": 10}";
        try (var given = Given.tenant()) {
            putAll(given, "{\"earned\": {}, \"rules\": []}").statusCode(200).body("warning", nullValue());
            for (var policy : List.of(approve, undo)) {
                putAll(given, policy).statusCode(200).body("warning", equalTo("no-other-manager-known"));
                given.asManager()
                        .body(policy)
                        .post("/api/policy/check")
                        .then()
                        .statusCode(200)
                        .body("warning", equalTo("no-other-manager-known"));
                given.asManager().get("/api/policy").then().body("warning", equalTo("no-other-manager-known"));
            }
            var other = UUID.randomUUID();
            given.member(other, "manager", false);
            putAll(given, approve).body("warning", equalTo("no-other-manager-known"));
            given.member(other, "manager", true);
            putAll(given, approve).statusCode(200).body("warning", nullValue());
            given.asManager().get("/api/policy").then().body("warning", nullValue());
        }
    }

    /** An award by itself, an award of a batch by itself, and a batch with the rest, which is one undo. */
    @Test
    void howManyUndosWouldHaveTakenTwoPeopleIsShown() {
        try (var given = Given.tenant()) {
            var award = given.requestAward(60);
            given.poolDebits(award, DistributionKind.AWARD, 60);
            given.awaitState(award, "COMPLETED");
            reverse(given, award);
            var other = given.newEmployee();
            var batch = given.requestBatch("all_or_nothing", Map.of(given.employee, 30L, other, 90L));
            given.poolDebitsBatch(batch, 120);
            given.awaitBatch(batch, "COMPLETED");
            reverse(given, awardOf(given, batch, given.employee));
            undos(given, 59L, 2, 1);
            given.asManager()
                    .header("Prefer", "respond-async")
                    .body("{\"reason\": \"The wrong list\", \"mode\": \"all_or_nothing\"}")
                    .post("/api/allocations/award-points/batch/" + batch + "/undo")
                    .then();
            Awaitility.await().untilAsserted(() -> given.batch(batch).body("undo.state", equalTo("UNDONE")));
            undos(given, 0L, 3, 3);
            undos(given, 59L, 3, 2);
            undos(given, 60L, 3, 1);
            undos(given, 90L, 3, 0);
            undos(given, null, 3, 0);
        }
    }

    private static void reverse(Given given, UUID award) {
        given.asManager()
                .header("Prefer", "respond-async")
                .body(Given.REVERSAL)
                .post("/api/allocations/distributions/" + award + "/reverse")
                .then()
                .statusCode(anyOf(equalTo(201), equalTo(202)));
    }

    private static UUID awardOf(Given given, UUID batch, UUID receiver) {
        return UUID.fromString(given.asManager()
                .get("/api/allocations/award-points/batch/" + batch + "/receivers")
                .then()
                .statusCode(200)
                .extract()
                .path("items.find { it.to_user_id == '" + receiver + "' }.distribution_id"));
    }

    private static void undos(Given given, @Nullable Long above, int all, int byTwo) {
        given.asManager()
                .body("{\"earned\": {}, \"rules\": [], \"undo_approval_above\": " + above + "}")
                .post("/api/policy/check")
                .then()
                .statusCode(200)
                .body("undos", equalTo(all))
                .body("undos_by_two", equalTo(byTwo));
    }

    @Test
    void aChangeIsKeptNumberedAndTold() {
        try (var given = Given.tenant()) {
            put(given, YEAR)
                    .statusCode(200)
                    .header("ETag", "\"1\"")
                    .body("earned.expires.after", equalTo("P1Y"))
                    .body("earned.expires.round", equalTo("month_end"));
            put(given, "{\"expires\": {\"every\": \"12-31\"}, \"notice_days\": [20]}")
                    .statusCode(200)
                    .body("revision", equalTo(2))
                    .body("earned.expires.every", equalTo("12-31"))
                    .body("earned.expires.min_days", equalTo(30));
            given.asManager()
                    .get("/api/policy")
                    .then()
                    .body("revision", equalTo(2))
                    .body("earned.expires.after", nullValue())
                    .body("earned.notice_days", contains(20));
            put(given, "{}").statusCode(200).body("revision", equalTo(3)).body("earned.expires", nullValue());
            var told = List.of(
                    new PolicyChanged(
                            given.tenant,
                            1,
                            "P1Y",
                            "month_end",
                            null,
                            null,
                            "nowhere",
                            List.of(30L, 7L),
                            null,
                            null,
                            null,
                            null,
                            "pool",
                            null,
                            null),
                    new PolicyChanged(
                            given.tenant,
                            2,
                            null,
                            null,
                            "12-31",
                            30L,
                            "nowhere",
                            List.of(20L),
                            null,
                            null,
                            null,
                            null,
                            "pool",
                            null,
                            null),
                    new PolicyChanged(
                            given.tenant,
                            3,
                            null,
                            null,
                            null,
                            null,
                            "nowhere",
                            List.of(30L, 7L),
                            null,
                            null,
                            null,
                            null,
                            "pool",
                            null,
                            null));
            Awaitility.await()
                    .untilAsserted(() -> assertEquals(
                            told, given.kafka.messages(Topic.WALLET_EVENTS, PolicyChanged.class, given.tenant)));
            assertEquals(List.of("1", "2", "3"), revisions(given));
        }
    }

    @Test
    void budgetsHaveRulesOfTheirOwn() {
        try (var given = Given.tenant()) {
            putAll(given, "{\"earned\": {}, \"budgets\": {\"expires\": {\"every\": \"12-31\"}, \"to\": \"nowhere\"}}")
                    .statusCode(200)
                    .body("budgets.expires.min_days", equalTo(30))
                    .body("budgets.to", equalTo("nowhere"));
            given.asManager()
                    .get("/api/policy")
                    .then()
                    .body("revision", equalTo(1))
                    .body("earned.expires", nullValue())
                    .body("budgets.expires.every", equalTo("12-31"))
                    .body("budgets.to", equalTo("nowhere"));
            // Who says nothing of them takes them back: a policy is replaced as a whole.
            putAll(given, "{\"earned\": {}}")
                    .statusCode(200)
                    .body("revision", equalTo(2))
                    .body("budgets.expires", nullValue())
                    .body("budgets.to", equalTo("pool"));
            var told = List.of(
                    new PolicyChanged(
                            given.tenant,
                            1,
                            null,
                            null,
                            null,
                            null,
                            "nowhere",
                            List.of(30L, 7L),
                            null,
                            null,
                            "12-31",
                            30L,
                            "nowhere",
                            null,
                            null),
                    new PolicyChanged(
                            given.tenant,
                            2,
                            null,
                            null,
                            null,
                            null,
                            "nowhere",
                            List.of(30L, 7L),
                            null,
                            null,
                            null,
                            null,
                            "pool",
                            null,
                            null));
            Awaitility.await()
                    .untilAsserted(() -> assertEquals(
                            told, given.kafka.messages(Topic.WALLET_EVENTS, PolicyChanged.class, given.tenant)));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"expires\": {\"after\": \"90 days\"}}                   | 400 | budgets.expires.after",
                "{\"expires\": {\"every\": \"02-30\"}}                     | 400 | budgets.expires.every",
                "{\"to\": \"elsewhere\"}                                   | 400 | budgets.to",
                "{\"notice_days\": [7]}                                    | 400 | budgets.notice_days",
                "{\"expires\": {}}                                         | 422 | budgets.expires.after",
                "{\"expires\": {\"after\": \"P1Y\", \"every\": \"12-31\"}} | 422 | budgets.expires.every",
            })
    void badInputOfBudgetsNamesItsField(String budgets, int status, String field) {
        try (var given = Given.tenant()) {
            var body = "{\"earned\": {}, \"budgets\": " + budgets + "}";
            putAll(given, body).statusCode(status).body("errors.field", contains(field));
            given.asManager()
                    .body(body)
                    .post("/api/policy/check")
                    .then()
                    .statusCode(status)
                    .body("errors.field", contains(field));
            assertEquals(List.of(), revisions(given));
        }
    }

    @Test
    void whatChangesNothingIsNeitherWrittenNorTold() {
        try (var given = Given.tenant()) {
            put(given, YEAR).statusCode(200);
            // Whoever repeats it for want of an answer still names the revision before.
            given.asManager()
                    .header("If-Match", "\"0\"")
                    .body("{\"earned\": " + YEAR + "}")
                    .put("/api/policy")
                    .then()
                    .statusCode(200)
                    .body("revision", equalTo(1));
            assertEquals(List.of("1"), revisions(given));
        }
    }

    @Test
    void aPolicyThatHasMovedOnIsNotOverwritten() {
        try (var given = Given.tenant()) {
            put(given, YEAR).statusCode(200);
            given.asManager()
                    .header("If-Match", "\"0\"")
                    .body("{\"earned\": {}}")
                    .put("/api/policy")
                    .then()
                    .statusCode(412)
                    .body("type", equalTo("urn:points:problem:precondition-failed"))
                    .body("revision", equalTo(1));
            assertEquals(List.of("1"), revisions(given));
        }
    }

    @Test
    void ofManyAtOnceThatNameTheSameRevisionOneIsTaken() {
        try (var given = Given.tenant()) {
            var answers = IntStream.range(0, 6)
                    .mapToObj(i -> SideBySide.begin(() -> given.asManager()
                            .header("If-Match", "\"0\"")
                            .body("{\"earned\": {\"expires\": {\"after\": \"P%sD\"}}}".formatted(40 + i))
                            .put("/api/policy")
                            .statusCode()))
                    .toList();
            var statuses =
                    answers.stream().map(CompletableFuture::join).sorted().toList();
            assertEquals(
                    List.of(200, 412, 412, 412, 412, 412),
                    statuses.stream().sorted().toList());
            assertEquals(List.of("1"), revisions(given));
        }
    }

    /** What is well formed and makes no sense is a 422, what is not is a 400; both name the field, and change nothing. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"expires\": {\"after\": \"90 days\"}}                            | 400 | earned.expires.after",
                "{\"expires\": {\"after\": \"P0D\"}}                                | 400 | earned.expires.after",
                "{\"expires\": {\"after\": \"P-1M\"}}                               | 400 | earned.expires.after",
                "{\"expires\": {\"after\": \"P1DT1H\"}}                             | 400 | earned.expires.after",
                "{\"expires\": {\"after\": \"P3651D\"}}                             | 400 | earned.expires.after",
                "{\"expires\": {\"after\": \"P121M\"}}                              | 400 | earned.expires.after",
                "{\"expires\": {\"after\": \"P11Y\"}}                               | 400 | earned.expires.after",
                "{\"expires\": {\"after\": \"p1y\"}}                                | 400 | earned.expires.after",
                "{\"expires\": {\"after\": 90}}                                     | 400 | earned.expires.after",
                "{\"expires\": {\"after\": \"P1Y\", \"round\": \"week\"}}           | 400 | earned.expires.round",
                "{\"expires\": {\"every\": \"02-30\"}}                              | 400 | earned.expires.every",
                "{\"expires\": {\"every\": \"31-12\"}}                              | 400 | earned.expires.every",
                "{\"expires\": {\"every\": \"12-31\", \"min_days\": 0}}             | 400 | earned.expires.min_days",
                "{\"expires\": {\"every\": \"12-31\", \"min_days\": 367}}           | 400 | earned.expires.min_days",
                "{\"expires\": {\"every\": \"12-31\", \"min_days\": 1.5}}           | 400 | earned.expires.min_days",
                "{\"expires\": {\"on\": \"2027-01-01\"}}                            | 400 | earned.expires.on",
                "{\"to\": \"elsewhere\"}                                            | 400 | earned.to",
                "{\"notice_days\": []}                                              | 400 | earned.notice_days",
                "{\"notice_days\": [6, 5, 4, 3, 2, 1]}                              | 400 | earned.notice_days",
                "{\"notice_days\": [30, 0]}                                         | 400 | earned.notice_days[1]",
                "{\"notice_days\": [91]}                                            | 400 | earned.notice_days[0]",
                "{\"notice_days\": [null]}                                          | 400 | earned.notice_days[0]",
                "{\"expires\": {}}                                                  | 422 | earned.expires.after",
                "{\"expires\": {\"after\": \"P1Y\", \"every\": \"12-31\"}}          | 422 | earned.expires.every",
                "{\"expires\": {\"after\": \"P1Y\"}, \"notice_days\": [7, 30]}      | 422 | earned.notice_days",
                "{\"expires\": {\"after\": \"P1Y\"}, \"notice_days\": [7]}          | 422 | earned.notice_days",
            })
    void badInputNamesItsField(String earned, int status, String field) {
        try (var given = Given.tenant()) {
            put(given, earned).statusCode(status).body("errors.field", contains(field));
            check(given, earned).statusCode(status).body("errors.field", contains(field));
            assertEquals(List.of(), revisions(given));
        }
    }

    @Test
    void whatItWouldHaveDoneIsShownBeforeItBites() {
        try (var given = Given.tenant()) {
            var today = LocalDate.now(ZoneOffset.UTC);
            awarded(given, today.minusDays(20), 100);
            awarded(given, today.minusDays(20), 11);
            awarded(given, today.minusDays(19), 30);
            awarded(given, today.minusDays(5), 1_000);
            check(given, "{\"expires\": {\"after\": \"P10D\"}, \"notice_days\": [7]}")
                    .statusCode(200)
                    .body("points", equalTo(141))
                    .body("awards", equalTo(3))
                    .body("complete", equalTo(true))
                    .body(
                            "days.expires_on",
                            contains(
                                    today.minusDays(10).toString(),
                                    today.minusDays(9).toString()))
                    .body("days.points", contains(111, 30));
            check(given, YEAR).statusCode(200).body("points", equalTo(0));
            assertEquals(List.of(), revisions(given));
        }
    }

    @Test
    void whatItWouldHaveDoneWithBudgetsIsShownToo() {
        try (var given = Given.tenant()) {
            var today = LocalDate.now(ZoneOffset.UTC);
            completed(given, "delegation", given.lead, today.minusDays(20), 100);
            completed(given, "delegation", given.lead, today.minusDays(5), 1_000);
            awarded(given, today.minusDays(20), 7);
            given.asManager()
                    .body("{\"earned\": {}, \"budgets\": {\"expires\": {\"after\": \"P10D\"}}}")
                    .post("/api/policy/check")
                    .then()
                    .statusCode(200)
                    .body("points", equalTo(0))
                    .body("budgets.policy.to", equalTo("pool"))
                    .body(
                            "budgets.delegation_of_today",
                            equalTo(today.plusDays(10).toString()))
                    .body("budgets.points", equalTo(100))
                    .body("budgets.delegations", equalTo(1))
                    .body("budgets.complete", equalTo(true))
                    .body(
                            "budgets.days.expires_on",
                            contains(today.minusDays(10).toString()));
            assertEquals(List.of(), revisions(given));
        }
    }

    /** An award that was completed at noon of a day. */
    private static void awarded(Given given, LocalDate day, long points) {
        completed(given, "award", given.employee, day, points);
    }

    private static void completed(Given given, String kind, UUID to, LocalDate day, long points) {
        var noon = day.atTime(12, 0).toInstant(ZoneOffset.UTC);
        Tables.asApp(connection -> {
            try (var sql = connection.createStatement()) {
                return sql.execute("""
                        insert into distributions (id, tenant_id, kind, source, state, from_user_id, to_user_id, amount,
                               requested_by, requested_role, created_at, updated_at)
                        values ('%s', '%s', '%s', 'pool', 'COMPLETED', '%s', '%s', %s, '%s', 'manager', '%s', '%s')""".formatted(
                        Ids.next(noon), given.tenant, kind, given.manager, to, points, given.manager, noon, noon));
            }
        });
    }

    private static ValidatableResponse put(Given given, String earned) {
        return putAll(given, "{\"earned\": " + earned + "}");
    }

    private static ValidatableResponse putAll(Given given, String policy) {
        return given.asManager().body(policy).put("/api/policy").then();
    }

    private static ValidatableResponse check(Given given, String earned) {
        return given.asManager()
                .body("{\"earned\": " + earned + "}")
                .post("/api/policy/check")
                .then();
    }

    private static List<String> revisions(Given given) {
        return Tables.asApp(connection -> Tables.column(
                connection,
                "select revision from policy_logs where tenant_id = '%s' order by revision".formatted(given.tenant)));
    }
}
