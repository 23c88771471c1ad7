package io.points.billing;

import static io.points.billing.Movements.allocated;
import static io.points.billing.Movements.newId;

import io.points.testing.AppendOnly;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AppendOnlyTest extends BillingServiceTest {

    @Test
    void logsAndLedgersRefuseChange() throws SQLException {
        kafka.send(newId(), allocated(tenant, 1, 1), Instant.parse("2026-01-05T10:00:00Z"));
        awaitEntry(1);
        as("finance")
                .contentType("application/json")
                .body("{\"reason\": \"the month is over\"}")
                .post("/api/billing/periods/" + tenant + "/2026-01/soft-close")
                .then()
                .statusCode(200);
        as("finance")
                .contentType("application/json")
                .body("{\"reason\": \"checked\"}")
                .post("/api/billing/periods/" + tenant + "/2026-01/close")
                .then()
                .statusCode(200);
        as("finance").get("/api/billing/journal/batches").then().statusCode(200);
        AppendOnly.check(Set.of(
                "platform_billing_logs", "movement_log", "period_log", "journal_batch_log", "billing_document_log"));
    }
}
