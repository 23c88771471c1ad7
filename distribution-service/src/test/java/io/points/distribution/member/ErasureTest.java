package io.points.distribution.member;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.points.distribution.DistributionServiceTest;
import io.points.distribution.Given;
import io.points.messaging.contract.DistributionKind;
import io.points.messaging.contract.MemberEvent.PersonalDataErased;
import io.points.messaging.contract.Topic;
import io.points.testing.PointsTestResource;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@DistributionServiceTest
class ErasureTest {

    private static final List<String> TEXTS =
            List.of("Ada Lovelace", "ada@example.com", "Never saw such an engine", "For the first program");

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
                var sql = owner.createStatement();
                var rows = sql.executeQuery(query)) {
            var values = new ArrayList<String>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }
}
