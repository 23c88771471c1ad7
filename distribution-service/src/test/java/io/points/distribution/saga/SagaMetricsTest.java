package io.points.distribution.saga;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.points.contract.DistributionKind;
import io.points.distribution.DistributionServiceTest;
import io.points.distribution.Given;
import io.points.testing.Metrics;
import io.points.testing.PointsTestResource;
import io.restassured.RestAssured;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@DistributionServiceTest
class SagaMetricsTest {

    private static final String COUNT = "points_distribution_duration_seconds_count";
    private static final String BUCKET = "points_distribution_duration_seconds_bucket";
    private static final Duration LONGEST = Duration.ofSeconds(30);

    @Test
    void eachEndIsCountedOnceByKindAndState() {
        var completed = Map.of("kind", "award", "source", "pool", "state", "completed");
        var rejected = Map.of("kind", "award", "source", "pool", "state", "rejected");
        double before = of(COUNT, completed);
        double rejectedBefore = of(COUNT, rejected);
        double beyondAMinuteBefore = before - of(BUCKET, with(completed, "le", "60.0"));
        try (var given = Given.tenant()) {
            var award = given.requestAward(100);
            given.poolDebits(award, DistributionKind.AWARD, 100);
            given.poolDebits(award, DistributionKind.AWARD, 100);
            given.awaitState(award, "COMPLETED");
            var refused = given.requestAward(100);
            given.poolRefuses(refused, 100);
            given.awaitState(refused, "REJECTED");
        }
        Awaitility.await().untilAsserted(() -> assertEquals(before + 1, of(COUNT, completed)));
        Awaitility.await().untilAsserted(() -> assertEquals(rejectedBefore + 1, of(COUNT, rejected)));
        assertEquals(
                beyondAMinuteBefore,
                of(COUNT, completed) - of(BUCKET, with(completed, "le", "60.0")),
                "this one did not take a minute");
    }

    @Test
    void theOldestOpenOneIsSeenUntilItHasEnded() throws SQLException {
        var requested = Map.of("state", "requested");
        try (var given = Given.tenant()) {
            var award = given.requestAward(100);
            try (var connection = DriverManager.getConnection(
                            PointsTestResource.surroundings().appJdbcUrl());
                    var sql = connection.createStatement()) {
                sql.execute(
                        "update distributions set created_at = now() - interval '2 days', due_at = now() + interval '1 hour'"
                                + " where id = '" + award + "'");
            }
            Awaitility.await()
                    .atMost(LONGEST)
                    .until(() -> of("points_sagas_open", requested) >= 1
                            && of("points_sagas_oldest_age_seconds", requested) > 86_400);
            given.poolDebits(award, DistributionKind.AWARD, 100);
            given.awaitState(award, "COMPLETED");
        }
        Awaitility.await().atMost(LONGEST).until(() -> of("points_sagas_oldest_age_seconds", requested) < 86_400);
    }

    @Test
    void aStateInWhichNothingIsOpenIsShownTooSoThatAnAlertCanCompareIt() {
        for (var state : List.of("requested", "returning", "cancelling", "compensating")) {
            for (var name : List.of("points_sagas_open", "points_sagas_oldest_age_seconds")) {
                Awaitility.await().atMost(LONGEST).until(() -> Metrics.sum(name, Map.of("state", state))
                        .isPresent());
            }
        }
    }

    @Test
    void nobodyIsNamed() {
        try (var given = Given.tenant()) {
            given.requestAward(100);
            assertFalse(RestAssured.get("/q/metrics").asString().contains(given.tenant.toString()));
        }
    }

    private static double of(String name, Map<String, String> labels) {
        return Metrics.sum(name, labels).orElse(0);
    }

    private static Map<String, String> with(Map<String, String> labels, String name, String value) {
        var more = new HashMap<>(labels);
        more.put(name, value);
        return more;
    }
}
