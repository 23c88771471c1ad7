package io.points.allocation;

import io.points.testing.AppendOnly;
import java.sql.SQLException;
import java.util.Set;
import org.junit.jupiter.api.Test;

@AllocationServiceTest
class AppendOnlyTest {

    @Test
    void logsAndLedgersRefuseChange() throws SQLException {
        AllocationTest.allocate(AllocationTest.register(), 5).statusCode(201);
        AppendOnly.check(Set.of("tenant_logs", "contract_logs", "allocation_logs", "pool_ledger"));
    }
}
