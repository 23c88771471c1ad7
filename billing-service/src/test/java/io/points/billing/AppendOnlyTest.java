package io.points.billing;

import static io.points.billing.Movements.allocated;

import io.points.testing.AppendOnly;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.util.Set;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AppendOnlyTest extends BillingServiceTest {

    @Test
    void logsAndLedgersRefuseChange() throws SQLException {
        kafka.send(allocated(tenant, 1, 1));
        awaitEntry(1);
        AppendOnly.check(Set.of("platform_billing_logs"));
    }
}
