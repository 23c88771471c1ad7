package io.points.distribution;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.points.testing.SideBySide;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    @Test
    void manyAtOnceUnderOneKeyAreOneDistribution() {
        try (var here = Given.tenant()) {
            var body = Given.award(here.employee, 5);
            var twins = Stream.generate(() -> SideBySide.begin(() -> requested(here.as(here.manager, "manager"), body)))
                    .limit(20)
                    .toList();
            var ids = twins.stream().map(CompletableFuture::join).collect(Collectors.toSet());
            assertEquals(1, ids.size());
            here.as(here.manager, "manager")
                    .get("/api/allocations/history/tenant")
                    .then()
                    .body("items.distribution_id", equalTo(List.copyOf(ids)));
            here.as(here.manager, "manager")
                    .header("Idempotency-Key", key)
                    .body(Given.award(here.employee, 6))
                    .post("/api/allocations/award-points")
                    .then()
                    .statusCode(422)
                    .body("errors[0].field", equalTo("Idempotency-Key"));
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
