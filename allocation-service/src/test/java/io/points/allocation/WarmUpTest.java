package io.points.allocation;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Readiness names the warm-up, which ends by itself. */
@AllocationServiceTest
class WarmUpTest {

    @Test
    void theServiceIsReadyOnceItIsWarm() {
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            var health = given().get("/q/health/ready").then().statusCode(200).extract();
            assertEquals(List.of("UP"), health.path("checks.findAll { it.name == 'warm-up' }.status"));
        });
    }
}
