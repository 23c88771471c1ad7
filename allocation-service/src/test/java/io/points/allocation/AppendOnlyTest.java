package io.points.allocation;

import io.points.contract.PoolCommand.MovePoolPoints;
import io.points.contract.PoolEvent.PoolPointsMoved;
import io.points.contract.Topic;
import io.points.testing.AppendOnly;
import io.points.testing.TestKafka;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
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
        extendADay(tenant);
        fillAnEnvelope(tenant);
        AppendOnly.check(Set.of(
                "tenant_logs",
                "contract_logs",
                "budget_logs",
                "tenant_settings_logs",
                "schedule_logs",
                "allocation_logs",
                "pool_ledger",
                "department_ledger",
                "date_log"));
    }

    private static void extendADay(UUID tenant) {
        var day = LocalDate.now(ZoneOffset.UTC).plusDays(20);
        AllocationTest.admin()
                .body("""
                        {"tenant_id": "%s", "amount": 5, "currency": "INR", "reference_note": "Invoice", "expires": {"on": "%s"}}""".formatted(tenant, day))
                .post("/api/platform/allocations/allocate")
                .then()
                .statusCode(201);
        AllocationTest.admin()
                .body("{\"from_date\": \"%s\", \"to_date\": \"%s\"}".formatted(day, day.plusDays(1)))
                .post("/api/platform/tenants/" + tenant + "/dates/extend")
                .then()
                .statusCode(200);
    }

    private static void fillAnEnvelope(UUID tenant) {
        try (var kafka = new TestKafka()) {
            kafka.send(new MovePoolPoints(UUID.randomUUID(), tenant, null, UUID.randomUUID(), 1));
            Awaitility.await().until(() -> !kafka.messages(Topic.POOL_EVENTS, PoolPointsMoved.class, tenant)
                    .isEmpty());
        }
    }
}
