package io.points.billing;

import static io.points.billing.Movements.allocated;
import static io.points.billing.Movements.clawedBack;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.contract.PoolEvent.TenantNamed;
import io.points.testing.Tables;
import io.quarkus.test.junit.QuarkusTest;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A month for FinOps tools. */
@QuarkusTest
class FocusExportTest extends BillingServiceTest {

    private static final String JANUARY = "2026-01";

    /** A month that no other test has anything in. */
    private static final String CROWDED = "2019-05";

    private static final UUID FINANCE = UUID.randomUUID();
    private static final int TENANTS = 10_000;

    @Test
    void oneTenantsRowsComeToItsStatement() {
        sendAt("2026-01-02T10:00:00Z", new TenantNamed(tenant, "Triton, \"Energy\""));
        sendAt("2026-01-05T10:00:00Z", allocated(tenant, 100, "1.25", "KWD", "Invoice 1", 1));
        sendAt("2026-01-06T10:00:00Z", clawedBack(tenant, 30, 2));
        sendAt("2026-02-06T10:00:00Z", clawedBack(tenant, 30, 3));
        sendAt("2026-01-05T10:00:00Z", allocated(UUID.randomUUID(), 7, 1));
        awaitHeard();

        var rows = rows(JANUARY, "?tenant_id=" + tenant);
        assertEquals(List.of("Purchase", "Credit"), column(rows, "ChargeCategory"));
        var name = "Triton, \"Energy\"";
        assertEquals(List.of(name, name), column(rows, "BillingAccountName"));
        assertEquals(
                new BigDecimal(statement(tenant, JANUARY).jsonPath().getString("billed[0].total")),
                rows.stream().map(it -> new BigDecimal(it.get("BilledCost"))).reduce(BigDecimal.ZERO, BigDecimal::add));
        assertEquals(List.of("Correction"), column(rows("2026-02", "?tenant_id=" + tenant), "ChargeClass"));
        var all = rows(JANUARY, "").stream()
                .filter(it -> it.get("BillingAccountId").equals(tenant.toString()))
                .toList();
        assertEquals(rows, all);
    }

    /** A credit is on a credit note of its own, whatever it credits. */
    @Test
    void aClosedMonthsRowsNameTheirDocuments() {
        sendAt("2026-01-05T10:00:00Z", allocated(tenant, 100, "1.25", "KWD", "Invoice 1", 1));
        sendAt("2026-01-06T10:00:00Z", clawedBack(tenant, 30, 2));
        awaitHeard();
        assertEquals(List.of("", ""), column(rows(JANUARY, "?tenant_id=" + tenant), "InvoiceId"));

        step(FINANCE, tenant, JANUARY, "soft-close").then().statusCode(200);
        step(FINANCE, tenant, JANUARY, "close").then().statusCode(200);
        var rows = rows(JANUARY, "?tenant_id=" + tenant);
        var documents = statement(tenant, JANUARY).jsonPath().getList("documents.number", String.class);
        assertEquals(2, documents.size());
        assertEquals(documents, column(rows, "InvoiceId"));
        assertEquals(List.of("Invoice 1", "Invoice 1"), column(rows, "x_InvoiceReference"));
    }

    @Test
    void itIsADownload() {
        sendAt("2026-01-05T10:00:00Z", allocated(tenant, 100, 1));
        awaitEntry(1);

        as("auditor")
                .get("/api/billing/focus/2026-01.csv")
                .then()
                .statusCode(200)
                .contentType("text/csv;charset=UTF-8")
                .header("Content-Disposition", "attachment; filename=\"focus-2026-01.csv\"");
        as("finance")
                .get("/api/billing/focus/2026-01.csv?tenant_id=" + tenant)
                .then()
                .statusCode(200)
                .header("Content-Disposition", "attachment; filename=\"focus-2026-01-" + tenant + ".csv\"");
    }

    @Test
    void aMonthWithoutEntriesIsAHeader() {
        var file = as("finance").get("/api/billing/focus/2018-03.csv").asString();

        assertTrue(file.startsWith("BillingAccountId,"), file);
        assertEquals(1, file.lines().count());
    }

    @Test
    void aTenantThatNobodyKnowsIsNotFound() {
        as("finance")
                .get("/api/billing/focus/2026-01.csv?tenant_id=" + UUID.randomUUID())
                .then()
                .statusCode(404)
                .body("type", equalTo("urn:points:problem:not-found"));
    }

    @ParameterizedTest
    @CsvSource({"0000-01, '', period", "2026-13, '', period", "2026-01, ?tenant_id=7, tenant_id"})
    void aBadQuestionIsNamed(String period, String query, String field) {
        as("finance")
                .get("/api/billing/focus/" + period + ".csv" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors[0].field", equalTo(field));
    }

    /** Two lines each, so that pages end within a tenant. */
    @Test
    void tenThousandTenantsAreReadPageByPage() {
        Tables.asOwner(connection -> connection.createStatement().execute("""
                insert into platform_billing_logs (x_entry_id, x_event_id, x_line, billing_account_id, billing_period_start,
                       billing_period_end, charge_category, charge_description, charge_period_start, pricing_quantity,
                       contracted_unit_price, billed_cost, billing_currency, x_kind, x_amount_minor, x_currency_exponent,
                       x_pool_version)
                select gen_random_uuid(), gen_random_uuid(), 1, md5('focus' || i)::uuid, '%1$s-01', '2019-06-01', 'Purchase',
                       'Invoice ' || i, '%1$s-07', i, 1, i, 'INR', 'allocation', 100 * i, 2, version
                from generate_series(1, %2$s) as i, generate_series(1, 2) as version""".formatted(CROWDED, TENANTS)));

        var rows = rows(CROWDED, "");
        assertEquals(2 * TENANTS, rows.size());
        assertEquals(2 * TENANTS, new HashSet<>(column(rows, "x_EntryId")).size());
        assertEquals(TENANTS, new HashSet<>(column(rows, "BillingAccountId")).size());
    }

    private static List<Map<String, String>> rows(String period, String query) {
        var answer = as("finance").get("/api/billing/focus/" + period + ".csv" + query);
        assertEquals(200, answer.statusCode());
        return JournalReader.csv(answer.asString());
    }

    private static List<String> column(List<Map<String, String>> rows, String name) {
        return rows.stream().map(it -> it.get(name)).toList();
    }
}
