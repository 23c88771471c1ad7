package io.points.allocation;

import static io.points.allocation.AllocationTest.admin;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.contract.PoolEvent.MonthlyBudgetChanged;
import io.points.contract.Topic;
import io.points.testing.TestKafka;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a tenant is to be allocated in a month. */
@AllocationServiceTest
class BudgetTest {

    @Test
    void aTenantHasNoneUntilItIsGivenOne() {
        var tenant = AllocationTest.register();
        read(tenant).body("monthly_budget", nullValue());
        set(tenant, 5_000).statusCode(200).body("monthly_budget", equalTo(5_000));
        read(tenant).body("monthly_budget", equalTo(5_000));
        remove(tenant).statusCode(200).body("monthly_budget", nullValue()).body("on_exceed", nullValue());
    }

    @Test
    void everyChangeIsToldOnceAndWhatIsNoChangeIsNot() {
        var tenant = AllocationTest.register();
        remove(tenant).statusCode(200);
        set(tenant, 5_000).statusCode(200);
        set(tenant, 5_000).statusCode(200);
        set(tenant, 6_000).statusCode(200).body("on_exceed", equalTo("alert"));
        set(tenant, 6_000, "refuse").statusCode(200).body("on_exceed", equalTo("refuse"));
        set(tenant, 6_000, "refuse").statusCode(200);
        remove(tenant).statusCode(200);
        try (var kafka = new TestKafka()) {
            var told = Awaitility.await()
                    .until(
                            () -> kafka.messages(Topic.POOL_EVENTS, MonthlyBudgetChanged.class, tenant),
                            it -> it.size() == 4);
            assertEquals(
                    List.of(
                            new MonthlyBudgetChanged(tenant, 1, 5_000L, "alert"),
                            new MonthlyBudgetChanged(tenant, 2, 6_000L, "alert"),
                            new MonthlyBudgetChanged(tenant, 3, 6_000L, "refuse"),
                            new MonthlyBudgetChanged(tenant, 4, null, null)),
                    told);
        }
    }

    @Test
    void anUnknownTenantHasNoBudget() {
        set(UUID.randomUUID(), 5).statusCode(404);
        remove(UUID.randomUUID()).statusCode(404);
    }

    static ValidatableResponse set(UUID tenant, long budget, String onExceed) {
        return admin().body("{\"monthly_budget\": %s, \"on_exceed\": \"%s\"}".formatted(budget, onExceed))
                .put("/api/platform/tenants/" + tenant + "/budget")
                .then();
    }

    static ValidatableResponse set(UUID tenant, long budget) {
        return admin().body("{\"monthly_budget\": %s}".formatted(budget))
                .put("/api/platform/tenants/" + tenant + "/budget")
                .then();
    }

    static ValidatableResponse remove(UUID tenant) {
        return admin().delete("/api/platform/tenants/" + tenant + "/budget").then();
    }

    private static ValidatableResponse read(UUID tenant) {
        return admin().get("/api/platform/tenants/" + tenant).then().statusCode(200);
    }
}
