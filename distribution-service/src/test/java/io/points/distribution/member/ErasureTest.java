package io.points.distribution.member;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.points.contract.DistributionKind;
import io.points.contract.MemberEvent.PersonalDataErased;
import io.points.contract.PoolCommand.DebitPool;
import io.points.contract.Topic;
import io.points.distribution.DistributionServiceTest;
import io.points.distribution.Given;
import io.points.testing.PointsTestResource;
import io.points.testing.Tokens;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@DistributionServiceTest
class ErasureTest {

    private static final List<String> TEXTS =
            List.of("Ada Lovelace", "ada@example.com", "Never saw such an engine", "For the first program");

    /** Where people's words stand: all of it goes. */
    private static final Set<String> PERSONAL = Set.of(
            "members.display_name",
            "members.email",
            "distributions.decision_reason",
            "distributions.description",
            "recognitions.message",
            "recognitions.value_name",
            "batches.description",
            "batch_lines.description",
            "batch_undos.reason",
            "wishes.decision_reason",
            "wishes.note",
            "boosts.note",
            "undo_proposals.decision_reason",
            "undo_proposals.reason");

    /** Words of programs, and what platform admins have written about balances, which auditors read. */
    private static final Set<String> OTHERS = Set.of(
            "members.role",
            "distributions.approval_rule",
            "distributions.kind",
            "distributions.source",
            "distributions.state",
            "distributions.reason",
            "distributions.reference_type",
            "distributions.requested_role",
            "distributions.traceparent",
            "recognitions.visibility",
            "batches.approval_rule",
            "batches.mode",
            "batch_turns.mode",
            "batches.requested_role",
            "batches.traceparent",
            "batch_lines.reason",
            "batch_lines.rule",
            "batch_undos.mode",
            "batch_undos.requested_role",
            "batch_undos.state",
            "batch_undos.traceparent",
            "people_erasures.requested_role",
            "people_erasures.traceparent",
            "undo_proposals.kind",
            "undo_proposals.mode",
            "undo_proposals.requested_role",
            "undo_proposals.state",
            "undo_proposals.traceparent",
            "distribution_logs.state",
            "distribution_logs.reason",
            "distribution_logs.kind",
            "wallets.kind",
            "wallet_ledger.kind",
            "feed.kind",
            "feed.audience",
            "pool_balances.status",
            "tenant_closings.earned_then",
            "tenant_closings.requested_role",
            "tenant_closings.stage",
            "tenant_closings.traceparent",
            "departments.name",
            "members.gives_from",
            "policies.budgets_after",
            "policies.budgets_every",
            "policies.budgets_round",
            "policies.budgets_to",
            "policies.earned_after",
            "policies.earned_every",
            "policies.earned_notice_days",
            "policies.earned_round",
            "policies.earned_to",
            "policies.previous_time_zone",
            "policies.rules",
            "policies.time_zone",
            "policy_logs.budgets_after",
            "policy_logs.budgets_every",
            "policy_logs.budgets_round",
            "policy_logs.budgets_to",
            "policy_logs.earned_after",
            "policy_logs.earned_every",
            "policy_logs.earned_notice_days",
            "policy_logs.earned_round",
            "policy_logs.earned_to",
            "date_log.kind",
            "date_log.lot_dates",
            "date_log.lot_origins",
            "date_log.lot_points",
            "limit_alert_log.in_window",
            "limit_alert_log.rule",
            "policy_logs.rules",
            "wallets.lot_dates",
            "wallets.lot_origins",
            "wallets.lot_points",
            "given.awards",
            "given.points",
            "expiry_notices.kind",
            "boosts.month",
            "wishes.kind",
            "wishes.state",
            "held_lots.lot_dates",
            "held_lots.lot_origins",
            "held_lots.lot_points",
            "wallet_ledger.cause",
            "wallet_ledger.lot_dates",
            "wallet_ledger.lot_origins",
            "wallet_ledger.lot_points",
            "adjustments.account",
            "attestation_round.account",
            "adjustments.reason",
            "adjustments.state",
            "outbox.topic",
            "outbox.type",
            "outbox.subject",
            "outbox.actor_id",
            "outbox.actor_role",
            "outbox.traceparent",
            "outbox.payload",
            "outbox.set_aside",
            "idempotency_keys.scope",
            "idempotency_keys.caller",
            "idempotency_keys.key",
            "idempotency_keys.answer");

    /** The lock under which {@code BatchFeeder} begins batches. */
    private static final String BATCHES_BEGIN = "pg_advisory_lock(hashtext('points: batches are begun'))";

    private final String word = "w" + UUID.randomUUID().toString().replace("-", "");

    @Test
    void whatWasKnownOfAPersonIsGoneAndWhatProvesItsPointsIsNot() throws SQLException {
        try (var given = Given.tenant()) {
            var ada = given.employee;
            putAda(given, ada);
            var recognition = distribution(
                    given.asManager()
                            .body("{\"to_user_id\": \"%s\", \"amount\": 5, \"message\": \"Never saw such an engine\"}"
                                    .formatted(ada)),
                    "/api/recognitions");
            var award = distribution(
                    given.asManager()
                            .body("{\"to_user_id\": \"%s\", \"amount\": 7, \"description\": \"For the first program\"}"
                                    .formatted(ada)),
                    "/api/allocations/award-points");
            var others = given.requestDelegation(3);
            for (var id : List.of(recognition, award)) {
                given.poolDebits(id, DistributionKind.AWARD, id.equals(award) ? 7 : 5);
                given.awaitState(id, "COMPLETED");
            }
            assertEquals(TEXTS.size(), textsFound(given.tenant).size());
            var proofs = proof(given, award);
            var kept = kept(given.tenant);

            given.asManager()
                    .delete("/api/members/" + ada + "/personal-data")
                    .then()
                    .statusCode(200)
                    .body("display_name", nullValue())
                    .body("email", nullValue())
                    .body("role", equalTo("employee"))
                    .body("active", equalTo(true));

            assertEquals(List.of(), textsFound(given.tenant));
            assertEquals(kept, kept(given.tenant));
            assertEquals(proofs, proof(given, award));
            assertEquals(12, given.earnedBy(ada));
            given.distribution(others).body("description", equalTo("Outstanding Q1"));
            given.asEmployee().get("/api/feed").then().statusCode(200);
            Awaitility.await()
                    .until(() -> given.kafka
                                    .messages(Topic.WALLET_EVENTS, PersonalDataErased.class, given.tenant)
                                    .size()
                            == 1);
            var told = given.kafka.messages(Topic.WALLET_EVENTS, PersonalDataErased.class, given.tenant);
            assertEquals(List.of(new PersonalDataErased(given.tenant, ada, 3)), told);
        }
    }

    /** What audit-service has sealed never had any of it. */
    @Test
    void noEventEverHadAnyOfIt() {
        try (var given = Given.tenant()) {
            putAda(given, given.employee);
            given.requestAward(5);
            Awaitility.await()
                    .until(() -> given.kafka.read(Topic.WALLET_EVENTS).stream()
                                    .filter(record -> given.tenant.toString().equals(record.key()))
                                    .count()
                            >= 5);
            for (var topic : List.of(Topic.WALLET_EVENTS, Topic.POOL_COMMANDS)) {
                for (var record : given.kafka.read(topic)) {
                    var value = new String(record.value(), StandardCharsets.UTF_8);
                    TEXTS.forEach(text -> assertFalse(value.contains(text), value));
                }
            }
        }
    }

    @Test
    void itMayBeRepeatedAndNobodyElsesIsTouched() {
        try (var given = Given.tenant();
                var neighbour = Given.tenant()) {
            putAda(given, given.employee);
            for (int i = 0; i < 2; i++) {
                given.asManager()
                        .delete("/api/members/" + given.lead + "/personal-data")
                        .then()
                        .statusCode(200);
            }
            given.asManager()
                    .get("/api/members/" + given.employee)
                    .then()
                    .body("display_name", equalTo("Ada Lovelace"));
            neighbour
                    .asManager()
                    .delete("/api/members/" + given.employee + "/personal-data")
                    .then()
                    .statusCode(404);
        }
    }

    /** A new column that can hold text is personal, and erased, or it is not, and that is said here. */
    @Test
    void everyColumnThatCanHoldTextIsKnown() throws SQLException {
        var known = new TreeSet<>(PERSONAL);
        known.addAll(OTHERS);
        var found = new TreeSet<>(rows("""
                select c.table_name || '.' || c.column_name
                from information_schema.columns c join pg_tables t on t.tablename = c.table_name and t.schemaname = 'public'
                where c.table_schema = 'public' and c.table_name not like 'flyway%'
                  and c.data_type in ('text', 'character varying', 'character', 'json', 'jsonb', 'bytea', 'ARRAY')
                  and c.column_name <> 'fingerprint'
                """));
        found.removeAll(known);
        assertEquals(Set.of(), found, "not known to be erased, or to be nobody's words");
    }

    @Test
    void whatAManagerWroteIsGoneFromBatchesToo() throws Exception {
        try (var given = Given.tenant()) {
            var whole = given.requestBatch("all_or_nothing", Map.of(given.employee, 5L), word + " to all");
            var debit = given.awaitCommand(DebitPool.class, whole);
            csv(given, given.employee + ",3," + word + " line");
            var other = given.newEmployee();
            var waiting = whileBatchesAreHeld(() -> {
                var id = csv(given, given.employee + ",7," + word + " waits", other + ",8," + word + " waits too");
                given.requestBatch("all_or_nothing", Map.of(other, 6L), word + " to nobody else");
                assertEquals(List.of("batch_lines", "batches", "distributions"), tablesWith(word));
                erase(given, given.manager);
                assertEquals(List.of(), tablesWith(word));
                return id;
            });
            Given.awaitBegun(waiting);
            given.poolDebits(debit.distributionId(), DistributionKind.BATCH, 5);
            given.awaitBatch(whole, "COMPLETED");
            assertEquals(List.of(), tablesWith(word));
            assertEquals(5, given.earnedBy(given.employee));
        }
    }

    @Test
    void whatWasWrittenToSomebodyInABatchIsGoneAndIsNotWrittenAnew() throws Exception {
        try (var given = Given.tenant()) {
            var other = given.newEmployee();
            var batch = whileBatchesAreHeld(() -> {
                var id = given.requestBatch("each", Map.of(given.employee, 5L, other, 6L), word);
                erase(given, given.employee);
                return id;
            });
            Given.awaitBegun(batch);
            assertEquals(List.of("5 null", "6 " + word), rows("""
                    select d.amount || ' ' || coalesce(d.description, 'null') from distributions d
                    join batch_lines l on l.distribution_id = d.id where l.batch_id = '%s' order by 1""".formatted(batch)));
            erase(given, other);
            assertEquals(List.of(), tablesWith(word));
        }
    }

    /** Whoever begins a batch waits for the lock of whoever erases it, and must not go on with what stood there before. */
    @Test
    void whatIsErasedWhileItsBatchIsBegunIsNotWrittenAnew() throws Exception {
        for (var mode : List.of("each", "all_or_nothing")) {
            try (var given = Given.tenant();
                    var erasure = DriverManager.getConnection(
                            PointsTestResource.surroundings().ownerJdbcUrl());
                    var sql = erasure.createStatement()) {
                erasure.setAutoCommit(false);
                var batch = whileBatchesAreHeld(() -> {
                    var id = given.requestBatch(mode, Map.of(given.employee, 5L), word);
                    sql.execute("update batches set description = null, erased = true where id = '%s'".formatted(id));
                    sql.execute("update batch_lines set description = null, erased = true where batch_id = '%s'"
                            .formatted(id));
                    return id;
                });
                var blocked = "select 1 from pg_stat_activity where %s = any(pg_blocking_pids(pid))"
                        .formatted(rows(sql, "select pg_backend_pid()").get(0));
                Awaitility.await().until(() -> !rows(blocked).isEmpty());
                erasure.commit();
                Given.awaitBegun(batch);
                assertEquals(List.of(), tablesWith(word));
            }
        }
    }

    @Test
    void whatAManagerSaidWithTheReturnOfSomebodyElsesBudgetIsGone() throws SQLException {
        try (var given = Given.tenant()) {
            given.budget(5);
            distribution(given.asManager().body("""
                            {"from_user_id": "%s", "amount": 2, "description": "%s"}""".formatted(given.lead, word)), "/api/allocations/return-to-pool");
            erase(given, given.manager);
            assertEquals(List.of(), tablesWith(word));
        }
    }

    @Test
    void whyAnAllowanceWasBoostedIsGoneWithEitherOfThem() throws SQLException {
        for (var eraseManager : List.of(true, false)) {
            try (var given = Given.tenant()) {
                given.asManager().body("""
                                {"earned": {}, "rules": [{"id": "peers", "of": "giver", "roles": ["employee"], "from": "pool",
                                  "per": "month", "points": 100, "then": "refuse"}]}""").put("/api/policy").then().statusCode(200);
                given.asManager()
                        .body("{\"user_id\": \"%s\", \"month\": \"2999-12\", \"points\": 5, \"note\": \"%s\"}"
                                .formatted(given.employee, word))
                        .post("/api/policy/boosts")
                        .then()
                        .statusCode(201);
                erase(given, eraseManager ? given.manager : given.employee);
                assertEquals(List.of(), tablesWith(word));
                given.asManager()
                        .get("/api/policy/boosts")
                        .then()
                        .body("items.points", equalTo(List.of(5)))
                        .body("items[0].note", nullValue());
            }
        }
    }

    @Test
    void aRecognitionWhoseWordsWereErasedOnItsWayStaysOne() throws SQLException {
        try (var given = Given.tenant()) {
            var recognition = distribution(
                    given.asManager().body("""
                            {"to_user_id": "%s", "amount": 5, "message": "%s", "value": "%s"}""".formatted(given.employee, word, word)), "/api/recognitions");
            erase(given, given.employee);
            assertEquals(List.of(), tablesWith(word));
            given.poolDebits(recognition, DistributionKind.AWARD, 5);
            given.awaitState(recognition, "COMPLETED");
            given.asLead()
                    .get("/api/feed")
                    .then()
                    .statusCode(200)
                    .body("items[0].kind", equalTo("recognition"))
                    .body("items[0].audience", equalTo("tenant"))
                    .body("items[0].message", nullValue())
                    .body("items[0].value", nullValue());
            given.distribution(recognition)
                    .body("recognition.visibility", equalTo("public"))
                    .body("recognition.message", nullValue());
        }
    }

    @Test
    void theSystemsOwnWordsStay() {
        try (var given = Given.tenant()) {
            given.budget(5);
            given.member(given.lead, "employee", true);
            erase(given, given.lead);
            given.asManager()
                    .get("/api/allocations/history/tenant?kind=return")
                    .then()
                    .body("items.description", equalTo(List.of("The member is no longer an active lead")));
            given.asManager()
                    .get("/api/allocations/history/tenant?kind=delegation")
                    .then()
                    .body("items[0].description", nullValue());
        }
    }

    @Test
    void aRepeatThatFindsNothingIsAnsweredAlikeAndNotToldAndOneThatFindsMoreIs() {
        try (var given = Given.tenant()) {
            given.requestAward(5);
            var first = erase(given, given.employee);
            assertEquals(first, erase(given, given.employee));
            var award = given.requestAward(6);
            erase(given, given.employee);
            given.distribution(award).body("description", nullValue());
            Awaitility.await().until(() -> erasures(given).size() == 2);
            assertEquals(
                    List.of(2L, 3L),
                    erasures(given).stream().map(PersonalDataErased::revision).toList());
        }
    }

    private static List<PersonalDataErased> erasures(Given given) {
        return given.kafka.messages(Topic.WALLET_EVENTS, PersonalDataErased.class, given.tenant);
    }

    private static String erase(Given given, UUID user) {
        return given.asManager()
                .delete("/api/members/" + user + "/personal-data")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private static UUID csv(Given given, String... lines) {
        return UUID.fromString(given().auth()
                .oauth2(Tokens.of(given.manager, given.tenant, "manager"))
                .contentType("text/csv; charset=UTF-8")
                .header("Prefer", "respond-async")
                .body("to_user_id,amount,description\n" + String.join("\n", lines))
                .post("/api/allocations/award-points/batch?mode=each")
                .then()
                .statusCode(202)
                .extract()
                .path("batch_id"));
    }

    /** Meanwhile nothing is begun of any batch. */
    private static <T> T whileBatchesAreHeld(Callable<T> work) throws Exception {
        try (var holder = DriverManager.getConnection(
                        PointsTestResource.surroundings().ownerJdbcUrl());
                var sql = holder.createStatement()) {
            sql.execute("select " + BATCHES_BEGIN);
            return work.call();
        }
    }

    /** The tables in which a word stands anywhere. */
    private static List<String> tablesWith(String word) throws SQLException {
        var found = new ArrayList<String>();
        for (var table : rows("""
                select tablename from pg_tables where schemaname = 'public' and tablename not like 'flyway%' order by 1""")) {
            if (!rows("select 1 from %s t where t::text like '%%%s%%' limit 1".formatted(table, word))
                    .isEmpty()) {
                found.add(table);
            }
        }
        return found;
    }

    private static void putAda(Given given, UUID ada) {
        given.asManager()
                .body("{\"role\": \"employee\", \"display_name\": \"Ada Lovelace\", \"email\": \"ada@example.com\"}")
                .put("/api/members/" + ada)
                .then()
                .statusCode(200);
    }

    private static UUID distribution(RequestSpecification ask, String route) {
        return UUID.fromString(ask.header("Prefer", "respond-async")
                .post(route)
                .then()
                .statusCode(202)
                .extract()
                .path("distribution_id"));
    }

    private static String proof(Given given, UUID distribution) {
        return given.distribution(distribution).extract().path("proof");
    }

    /** Which of the texts stand in any row of any table of the tenant. */
    private static List<String> textsFound(UUID tenant) throws SQLException {
        var found = new ArrayList<String>();
        for (var text : TEXTS) {
            for (var table : List.of("members", "distributions", "recognitions", "feed", "wallet_ledger", "outbox")) {
                if (!rows("select 1 from %s t where tenant_id = '%s' and t::text like '%%%s%%'"
                                .formatted(table, tenant, text))
                        .isEmpty()) {
                    found.add(text);
                }
            }
        }
        return found;
    }

    private static List<String> kept(UUID tenant) throws SQLException {
        return rows("select l::text from wallet_ledger l where tenant_id = '%1$s' union all".formatted(tenant)
                + " select l::text from distribution_logs l where tenant_id = '%1$s' order by 1".formatted(tenant));
    }

    private static List<String> rows(String query) throws SQLException {
        try (var owner = DriverManager.getConnection(
                        PointsTestResource.surroundings().ownerJdbcUrl());
                var sql = owner.createStatement()) {
            return rows(sql, query);
        }
    }

    private static List<String> rows(Statement sql, String query) throws SQLException {
        try (var rows = sql.executeQuery(query)) {
            var values = new ArrayList<String>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }
}
