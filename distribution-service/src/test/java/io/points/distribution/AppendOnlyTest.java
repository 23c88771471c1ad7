package io.points.distribution;

import io.points.testing.AppendOnly;
import java.sql.SQLException;
import java.util.Set;
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
            AppendOnly.check(Set.of("wallet_ledger", "distribution_logs", "policy_logs"));
        }
    }
}
