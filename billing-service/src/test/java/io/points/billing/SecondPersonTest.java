package io.points.billing;

import static io.points.billing.Movements.allocated;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where nobody closes a month alone. */
@QuarkusTest
@TestProfile(OtherSettings.class)
class SecondPersonTest extends BillingServiceTest {

    private static final String JANUARY = "2026-01";

    private final UUID anna = UUID.randomUUID();
    private final UUID ben = UUID.randomUUID();

    @BeforeEach
    void softClose() {
        sendAt("2026-01-05T10:00:00Z", allocated(tenant, 100, 1));
        awaitHeard();
        step(anna, tenant, JANUARY, "soft-close").then().statusCode(200);
    }

    @Test
    void whoeverSoftClosedAMonthDoesNotCloseIt() {
        step(anna, tenant, JANUARY, "close")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:points:problem:second-person-required"))
                .body("errors[0].field", equalTo("period"));
        step(ben, tenant, JANUARY, "close").then().statusCode(200).body("state", equalTo("closed"));
    }

    @Test
    void norDoesAJobOfTheirs() {
        ask(anna)
                .post("/api/billing/closings/check?limit=200")
                .then()
                .statusCode(200)
                .body(mine("refusal.type"), equalTo("second-person-required"));
        results(anna).body(mine("refusal.type"), equalTo("second-person-required"));
        results(ben).body(mine("outcome"), equalTo("closed"));
    }

    private ValidatableResponse results(UUID person) {
        String job = ask(person)
                .post("/api/billing/closings")
                .then()
                .statusCode(202)
                .extract()
                .path("closing_id");
        await().atMost(Duration.ofSeconds(60)).until(() -> as("finance")
                .get("/api/billing/closings/" + job)
                .path("state")
                .equals("finished"));
        return as("finance")
                .get("/api/billing/closings/" + job + "/results?limit=200")
                .then()
                .statusCode(200);
    }

    private String mine(String field) {
        return "items.find { it.tenant_id == '%s' }.%s".formatted(tenant, field);
    }

    private static RequestSpecification ask(UUID person) {
        return asFinance(person)
                .contentType("application/json")
                .body("{\"period\": \"2026-01\", \"reason\": \"month end\"}");
    }
}
