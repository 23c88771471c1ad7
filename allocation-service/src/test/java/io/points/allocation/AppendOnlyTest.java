package io.points.allocation;

import io.points.testing.AppendOnly;
import java.sql.SQLException;
import java.util.Set;
import org.junit.jupiter.api.Test;

@AllocationServiceTest
class AppendOnlyTest {

    @Test
    void logsAndLedgersRefuseChange() throws SQLException {
        var tenant = AllocationTest.register();
        AllocationTest.allocate(tenant, 5).statusCode(201);
        BudgetTest.set(tenant, 5).statusCode(200);
        TenantSettingsTest.zone(tenant, "Asia/Kolkata").statusCode(200);
        SchedulesTest.make(tenant);
        AppendOnly.check(Set.of(
                "tenant_logs",
                "contract_logs",
                "budget_logs",
                "tenant_settings_logs",
                "schedule_logs",
                "allocation_logs",
                "pool_ledger"));
    }
}
