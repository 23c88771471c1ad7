package io.points.billing;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.points.contract.Message;
import io.points.local.Service;
import io.points.testing.PointsTestResource;
import io.points.testing.TestKafka;
import io.points.testing.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** billing-service with its real PostgreSQL and Kafka; each test has a tenant of its own. */
@QuarkusTest
@QuarkusTestResource(
        value = PointsTestResource.class,
        initArgs = @ResourceArg(name = PointsTestResource.SERVICE, value = "BILLING"))
abstract class BillingServiceTest {

    static TestKafka kafka;

    final UUID tenant = UUID.randomUUID();

    @BeforeAll
    static void openKafka() {
        kafka = new TestKafka();
    }

    @AfterAll
    static void closeKafka() {
        if (kafka != null) {
            kafka.close();
        }
    }

    static RequestSpecification as(String... roles) {
        return given().auth().oauth2(Tokens.of(UUID.fromString("00000000-0000-4000-8000-00000000000b"), null, roles));
    }

    /** The tenant's entries, newest first. */
    JsonPath entries() {
        return as("finance")
                .queryParam("tenant_id", tenant)
                .queryParam("limit", 200)
                .get("/api/billing/entries")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** Waits until the entry of this pool version is there; what came before it on the topic is handled by then. */
    void awaitEntry(long poolVersion) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> entries().getList("items.pool_version", Long.class).contains(poolVersion));
    }

    /** A request of this finance user. */
    static RequestSpecification asFinance(UUID person) {
        return given().auth().oauth2(Tokens.of(person, null, "finance"));
    }

    /** A request of a manager of this tenant. */
    static RequestSpecification asManagerOf(UUID tenant) {
        return given().auth().oauth2(Tokens.of(UUID.randomUUID(), tenant, "manager"));
    }

    /** Sends what happened at that time. */
    void sendAt(String time, Message message) {
        kafka.send(Movements.newId(), message, Instant.parse(time));
    }

    static Response statement(UUID tenant, String period) {
        return as("finance").get("/api/billing/statements/" + tenant + "/" + period);
    }

    static Response step(UUID person, UUID tenant, String period, String step) {
        return asFinance(person)
                .contentType("application/json")
                .body("{\"reason\": \"month end\"}")
                .post("/api/billing/periods/" + tenant + "/" + period + "/" + step);
    }

    static JsonPath reconciliation(UUID tenant) {
        return as("finance")
                .get("/api/billing/reconciliation/" + tenant)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** Waits until the service has handled all that stands on its topics. */
    static void awaitHeard() {
        await().atMost(Duration.ofSeconds(60)).until(() -> kafka.lag(Service.BILLING) == 0);
    }

    /** A list of objects within JSON. */
    static List<Map<?, ?>> maps(Object list) {
        return ((List<?>) list).stream().<Map<?, ?>>map(it -> (Map<?, ?>) it).toList();
    }

    static Stream<String> rolesWithoutFinance() {
        return Stream.of("platform-admin", "manager", "lead", "employee", "auditor");
    }
}
