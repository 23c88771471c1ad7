package io.points.audit;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.points.contract.Ids;
import io.points.contract.Message;
import io.points.testing.PointsTestResource;
import io.points.testing.TestKafka;
import io.points.testing.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** audit-service with its real PostgreSQL and Kafka; each test has a tenant of its own. */
@QuarkusTest
@QuarkusTestResource(
        value = PointsTestResource.class,
        initArgs = @ResourceArg(name = PointsTestResource.SERVICE, value = "AUDIT"))
abstract class AuditServiceTest {

    static TestKafka kafka;

    final UUID tenant = UUID.randomUUID();
    private final Set<String> sent = ConcurrentHashMap.newKeySet();

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
        return given().auth().oauth2(Tokens.of(UUID.fromString("00000000-0000-4000-8000-00000000000c"), null, roles));
    }

    static Stream<String> rolesWithoutAuditor() {
        return Stream.of("platform-admin", "manager", "lead", "employee", "finance");
    }

    static UUID newId() {
        return Ids.next(Instant.now());
    }

    void send(UUID id, Message message) {
        kafka.send(id, message);
        sent.add(id.toString());
    }

    void send(Message... messages) {
        for (var message : messages) {
            send(newId(), message);
        }
    }

    /** Waits until all that this test sent is recorded, whatever the topics. The first one waits for the service to be warm too. */
    void awaitRecords() {
        await().atMost(Duration.ofSeconds(60)).until(() -> Set.copyOf(records().getList("items.event_id", String.class))
                .containsAll(sent));
    }

    /** Waits until all that this test sent has its leaf. */
    void awaitSealed() {
        awaitRecords();
        AuditTables.awaitSealed(tenant);
    }

    /** Waits until all that this test sent is in the books. */
    void awaitPosted() {
        awaitSealed();
        AuditTables.awaitPosted(tenant);
    }

    /** The tenant's newest checkpoint. */
    JsonPath latestCheckpoint() {
        return as("auditor")
                .queryParam("tenant_id", tenant)
                .get("/api/audit/checkpoints/latest")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** The tenant's records, newest first. */
    JsonPath records() {
        return as("auditor")
                .queryParam("tenant_id", tenant)
                .queryParam("limit", 200)
                .get("/api/audit/records")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
