package io.points.billing;

import static io.points.billing.Movements.newId;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.contract.PoolEvent.PointsAllocated;
import io.points.contract.PoolEvent.PointsClawedBack;
import io.points.testing.Attesting;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries are found by what they are, and a purchase's credits by the purchase. */
@QuarkusTest
class EntryFiltersTest extends BillingServiceTest {

    private static final String ORDER = "PO 100 % \"7\" \u05d0 \ud83c\udf81";

    private final String invoice = "Invoice " + tenant + " _ % ' \ud83c\udf81";

    @Test
    void eachFilterFindsWhatIsLikeThat() {
        sendAt("2026-03-05T10:00:00Z", purchase(100, 1, invoice, ORDER));
        sendAt("2026-03-06T10:00:00Z", purchase(50, 2, "another " + invoice, null));
        // Of the second purchase all, of the first one 30; both are of an earlier month.
        sendAt("2026-04-05T10:00:00Z", new PointsClawedBack(newId(), tenant, 80, "INR", "1.00", "Unused", 70, 3));
        awaitEntry(3);
        var first = id(1, null);
        var second = id(2, null);

        assertFound(List.of(2L, 1L), "category", "purchase");
        assertFound(List.of(3L, 3L), "category", "credit");
        assertFound(List.of(), "category", "adjustment");
        assertFound(List.of(3L, 3L), "corrections", "true");
        assertFound(List.of(3L, 3L, 2L, 1L), "corrections", "false");
        assertFound(List.of(3L, 1L), "invoice_id", invoice);
        assertFound(List.of(), "invoice_id", invoice.replace('_', 'x'));
        assertFound(List.of(3L, 1L), "po_number", ORDER);
        assertFound(List.of(3L), "credited_entry_id", first);
        assertFound(List.of(3L), "credited_entry_id", second);
        assertFound(List.of(1L), "entry_id", first);
        assertFound(List.of(), "entry_id", UUID.randomUUID().toString());
        assertFound(List.of(3L), "category", "credit", "po_number", ORDER, "corrections", "true");
        assertFound(List.of(), "category", "purchase", "corrections", "true");
        assertFound(List.of(), "category", "purchase", "credited_entry_id", first);

        // Of all tenants, page by page.
        var request = as("finance").queryParam("invoice_id", invoice).queryParam("limit", 1);
        var page = request.get("/api/billing/entries").jsonPath();
        assertEquals(List.of(3), page.getList("items.pool_version"));
        var next = as("finance")
                .queryParam("invoice_id", invoice)
                .queryParam("limit", 1)
                .queryParam("cursor", page.getString("next_cursor"))
                .get("/api/billing/entries")
                .jsonPath();
        assertEquals(List.of(1), next.getList("items.pool_version"));
        assertEquals(first, id(3, first));
        assertEquals(null, next.getString("next_cursor"));
    }

    private PointsAllocated purchase(long points, long version, String reference, String order) {
        return new PointsAllocated(
                newId(), tenant, points, "INR", "1.00", reference, 0, version, order, null, order == null ? null : 1L);
    }

    /** The id of the entry of a version; or which purchase it credits, if it does that one. */
    private String id(int version, String credited) {
        return entries().<List<java.util.Map<String, Object>>>get("items").stream()
                .filter(it -> it.get("pool_version").equals(version))
                .map(it -> (String) (credited == null ? it.get("entry_id") : it.get("credited_entry_id")))
                .filter(it -> credited == null || credited.equals(it))
                .findFirst()
                .orElseThrow();
    }

    private void assertFound(List<Long> versions, String... filters) {
        var request = as("finance").queryParam("tenant_id", tenant);
        for (int i = 0; i < filters.length; i += 2) {
            request.queryParam(filters[i], filters[i + 1]);
        }
        assertEquals(
                versions,
                request.get("/api/billing/entries")
                        .then()
                        .statusCode(200)
                        .extract()
                        .jsonPath()
                        .getList("items.pool_version", Long.class),
                Arrays.toString(filters));
    }

    @ParameterizedTest
    @CsvSource({
        "category, Purchase",
        "category, refund",
        "category, ''",
        "corrections, yes",
        "credited_entry_id, x",
        "entry_id, 1-1-1-1-1",
        "invoice_id, ''",
        "invoice_id, '\0'",
        "po_number, '\0'",
        "po_number, ''",
    })
    void aWrongFilterIsNamed(String name, String value) {
        as("finance")
                .queryParam(name, value)
                .get("/api/billing/entries")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo(name));
    }

    @ParameterizedTest
    @CsvSource({"invoice_id, 2000", "po_number, 100"})
    void aTextThatIsTooLongIsNamed(String name, int longest) {
        as("finance")
                .queryParam(name, "x".repeat(longest))
                .get("/api/billing/entries")
                .then()
                .statusCode(200);
        aWrongFilterIsNamed(name, "x".repeat(longest + 1));
    }

    /** By an index, in the order of the list; of an invoice, of which there are few, by its id. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "charge_category = 'Credit'",
                "charge_class = 'Correction'",
                "x_po_number = 'PO-1'",
                "billing_account_id = '550e8400-e29b-41d4-a716-446655440000' and charge_category = 'Credit'"
            })
    void aFilterIsAnsweredByAnIndex(String filter) {
        var plan = Attesting.plan("select * from platform_billing_logs where " + filter
                + " order by charge_period_start desc, x_entry_id desc limit 51");
        assertFalse(plan.contains("Sort") || plan.contains("Seq Scan"), plan);
    }

    @ParameterizedTest
    @CsvSource({
        "invoice_id = 'Invoice', platform_billing_logs_of_invoice",
        "x_credited_entry_id = '550e8400-e29b-41d4-a716-446655440000', platform_billing_logs_credits",
        "x_entry_id = '550e8400-e29b-41d4-a716-446655440000', platform_billing_logs_pkey"
    })
    void whatIsSelectiveIsFoundByItsOwnIndex(String filter, String index) {
        var plan = Attesting.plan("select * from platform_billing_logs where " + filter);
        assertTrue(plan.contains(index), plan);
    }
}
