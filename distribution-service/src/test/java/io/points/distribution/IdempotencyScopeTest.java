package io.points.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.restassured.specification.RequestSpecification;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@DistributionServiceTest
class IdempotencyScopeTest {

    private final String key = UUID.randomUUID().toString();

    @Test
    void aKeyOfOneTenantStandsForNothingInAnother() {
        try (var here = Given.tenant();
                var there = Given.tenant()) {
            there.member(here.employee, "employee", true);
            var body = Given.award(here.employee, 5);
            var first = requested(here.as(here.manager, "manager"), body);
            assertEquals(first, requested(here.as(here.manager, "manager"), body));
            // The same person, the same key, the same words.
            var second = requested(there.as(here.manager, "manager"), body);
            assertNotEquals(first, second);
        }
    }

    private String requested(RequestSpecification by, String body) {
        return by.header("Idempotency-Key", key)
                .header("Prefer", "respond-async")
                .body(body)
                .post("/api/allocations/award-points")
                .then()
                .statusCode(202)
                .extract()
                .path("distribution_id");
    }
}
