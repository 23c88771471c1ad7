package io.points.distribution;

import io.points.testing.AppendOnly;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@DistributionServiceTest
class AppendOnlyTest {

    @Test
    void logsAndLedgersRefuseChange() throws SQLException {
        try (var given = Given.tenant()) {
            given.budget(5);
            given.asManager()
                    .body("{\"earned\": {\"expires\": {\"after\": \"P1Y\"}}}")
                    .put("/api/policy")
                    .then()
                    .statusCode(200);
            given.awardedFromPool(5);
            String day =
                    given.asEmployee().get("/api/wallets/me").then().extract().path("expiring[0].expires_on");
            given.asManager()
                    .body("""
                            {"account": "earned", "user_id": "%s", "from_date": "%s", "to_date": "%s"}""".formatted(
                                    given.employee, day, LocalDate.parse(day).plusDays(1)))
                    .post("/api/dates/extend")
                    .then()
                    .statusCode(200);
            given.as(UUID.randomUUID(), "manager")
                    .post("/api/approvals/" + given.heldAward(500) + "/approve")
                    .then()
                    .statusCode(200);
            given.asManager().body("""
                            {"earned": {}, "rules": [{"id": "all", "of": "tenant", "per": "day", "points": 1, "then": "alert"}]}""").put("/api/policy").then().statusCode(200);
            given.requestAward(2);
            AppendOnly.check(Set.of(
                    "wallet_ledger",
                    "distribution_logs",
                    "policy_logs",
                    "date_log",
                    "approval_log",
                    "limit_alert_log"));
        }
    }
}
