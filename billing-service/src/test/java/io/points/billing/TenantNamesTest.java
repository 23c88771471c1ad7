package io.points.billing;

import static io.points.billing.Movements.allocated;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.billing.movement.EventsReadAgain;
import io.points.contract.PoolEvent.TenantNamed;
import io.points.testing.PointsTestResource;
import io.points.testing.Tables;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Statements say what their tenant is called. */
@QuarkusTest
class TenantNamesTest extends BillingServiceTest {

    private static final UUID FINANCE = UUID.randomUUID();
    private static final String JANUARY = "2026-01";
    private static final String FEBRUARY = "2026-02";

    @Inject
    EventsReadAgain again;

    @Test
    void theNewestNameIsOnEachStatementAndClosedOnesKeepTheirs() {
        sendAt("2026-01-05T10:00:00Z", allocated(tenant, 100, 1));
        awaitHeard();
        name().body("tenant_name", nullValue());
        sendAt("2026-01-06T10:00:00Z", new TenantNamed(tenant, "Triton <Energy>"));
        sendAt("2026-01-05T10:00:00Z", new TenantNamed(tenant, "Older"));
        awaitHeard();
        name().body("tenant_name", equalTo("Triton <Energy>"));
        for (var step : List.of("soft-close", "close")) {
            step(FINANCE, tenant, JANUARY, step).then().statusCode(200);
        }
        sendAt("2026-01-07T10:00:00Z", new TenantNamed(tenant, "Triton Group"));
        awaitHeard();

        name().body("tenant_name", equalTo("Triton <Energy>"));
        statement(tenant, FEBRUARY).then().body("tenant_name", equalTo("Triton Group"));
        assertTrue(form("csv").contains("tenant_name,Triton <Energy>,"), form("csv"));
        assertTrue(form("html").contains("<p>Triton &lt;Energy&gt;<br>Tenant " + tenant), form("html"));
        assertEquals(List.of(), reconciliation(tenant).getList("differences"));
    }

    /** An older version had skipped the event. */
    @Test
    void aNameThatWasSkippedIsReadAgain() throws SQLException {
        sendAt("2026-01-05T10:00:00Z", new TenantNamed(tenant, "Triton Energy"));
        awaitHeard();
        try (var owner = DriverManager.getConnection(
                        PointsTestResource.surroundings().ownerJdbcUrl());
                var sql = owner.createStatement()) {
            sql.execute("update billing_tenants set name = null, named_at = null where tenant_id = '" + tenant + "'");
            sql.execute("insert into events_to_read_again values ('TenantNamed')");
        }
        name().body("tenant_name", nullValue());

        again.read().await().indefinitely();

        name().body("tenant_name", equalTo("Triton Energy"));
        assertEquals(
                List.of("0"),
                Tables.asOwner(connection -> Tables.column(connection, "select count(*) from events_to_read_again")));
    }

    private ValidatableResponse name() {
        return statement(tenant, JANUARY).then().statusCode(200);
    }

    private String form(String form) {
        return as("finance")
                .get("/api/billing/statements/" + tenant + "/" + JANUARY + "/" + form)
                .asString();
    }
}
