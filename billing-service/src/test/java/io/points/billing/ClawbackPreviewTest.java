package io.points.billing;

import static io.points.billing.Movements.allocated;
import static io.points.billing.Movements.clawedBack;
import static io.points.billing.Movements.newId;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.contract.Message;
import io.points.testing.Waiting;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a clawback would credit is said in advance, and is what it then credits. */
@QuarkusTest
class ClawbackPreviewTest extends BillingServiceTest {

    /** Of each line of the entry and of the preview the same. */
    private static final List<String> SAME = List.of(
            "credited_entry_id",
            "invoice_id",
            "po_number",
            "cost_centre",
            "points",
            "unit_price",
            "currency",
            "amount_minor",
            "amount",
            "charge_class");

    @Test
    void theNewestPurchasesAreCreditedFirst() {
        kafka.send(allocated(tenant, 100, "1.00", "INR", "Invoice 1", 1));
        kafka.send(allocated(tenant, 30, "2.005", "INR", "Invoice 2", 2));
        awaitEntry(2);
        preview(tenant, 50)
                .statusCode(200)
                .body("tenant_id", equalTo(tenant.toString()))
                .body("points", equalTo(50))
                .body("credits.invoice_id", equalTo(List.of("Invoice 2", "Invoice 1")))
                .body("credits.points", equalTo(List.of(-30, -20)))
                .body("credits.amount", equalTo(List.of("-60.15", "-20.00")))
                .body("credits[0].charge_class", nullValue())
                .body("totals", hasSize(1))
                .body("totals[0].currency", equalTo("INR"))
                .body("totals[0].total_minor", equalTo(-8015))
                .body("totals[0].total", equalTo("-80.15"))
                .body("more_credits", equalTo(0))
                .body("uncovered_points", equalTo(0))
                .body("contiguous_version", equalTo(2));
        assertEquals(2, entries().getList("items").size());
    }

    @Test
    void whatNobodyBoughtIsNotCredited() {
        kafka.send(allocated(tenant, 10, "1.00", "INR", "Invoice 1", 1));
        awaitEntry(1);
        preview(tenant, 25)
                .body("credits.points", equalTo(List.of(-10)))
                .body("uncovered_points", equalTo(15))
                .body("uncovered_points_text", equalTo("15"));
        kafka.send(clawedBack(tenant, 10, 2));
        awaitEntry(2);
        preview(tenant, 1)
                .statusCode(200)
                .body("credits", hasSize(0))
                .body("totals", hasSize(0))
                .body("uncovered_points", equalTo(1));
    }

    @Test
    void aPurchaseOfAnEarlierMonthIsCorrected() {
        Waiting.outTheMonthsEnd();
        sendAt("2026-01-05T10:00:00Z", allocated(tenant, 100, "1.00", "INR", "Invoice 1", 1));
        awaitEntry(1);
        preview(tenant, 1)
                .body("credits[0].charge_class", equalTo("Correction"))
                .body("period", equalTo(Period.of(Instant.now()).toString()));
    }

    /** More than a page of purchases, and more than a preview shows. */
    @Test
    void whatIsNotShownIsInTheTotals() {
        int purchases = 520;
        for (int i = 1; i <= purchases; i++) {
            kafka.send(allocated(tenant, 1, "1.00", "INR", "Invoice " + i, i));
        }
        awaitEntry(purchases);
        preview(tenant, purchases)
                .body("credits", hasSize(200))
                .body("credits[0].invoice_id", equalTo("Invoice 520"))
                .body("more_credits", equalTo(320))
                .body("totals[0].total", equalTo("-520.00"))
                .body("uncovered_points", equalTo(0));
    }

    @Test
    void whatIsSaidIsWhatIsThenCredited() {
        Waiting.outTheMonthsEnd();
        long seed = new Random().nextLong();
        var chance = new Random(seed);
        long version = 0;
        for (int i = 0; i < 12; i++) {
            int purchases = chance.nextInt(3);
            for (int one = 0; one < purchases; one++) {
                version++;
                send(
                        chance,
                        allocated(
                                tenant,
                                1 + chance.nextInt(50),
                                "0." + (1 + chance.nextInt(9_999)),
                                List.of("INR", "JPY", "KWD").get(chance.nextInt(3)),
                                "Invoice " + version,
                                version));
                awaitEntry(version);
            }
            if (version == 0) {
                continue;
            }
            long points = 1 + chance.nextInt(60);
            var said = preview(tenant, points).statusCode(200).extract().jsonPath();
            version++;
            var event = newId();
            kafka.send(event, clawedBack(tenant, points, version));
            awaitEntry(version);
            assertAgree(said, event, "seed " + seed + ", step " + i);
        }
    }

    @Test
    void onlyOfATenantThatIsKnown() {
        preview(UUID.randomUUID(), 5).statusCode(404).body("type", equalTo("urn:points:problem:not-found"));
    }

    /** Some of them in an earlier month. */
    private static void send(Random chance, Message purchase) {
        if (chance.nextInt(3) == 0) {
            kafka.send(newId(), purchase, Instant.parse("2026-02-03T10:00:00Z"));
        } else {
            kafka.send(purchase);
        }
    }

    private void assertAgree(JsonPath said, UUID event, String when) {
        var lines = entries()
                .<Map<String, Object>>getList("items.findAll { it.event_id == '" + event
                        + "' && it.charge_category == 'Credit' }.sort { it.line }");
        assertEquals(same(lines), same(said.getList("credits")), when);
        long uncovered = entries()
                .getList(
                        "items.findAll { it.event_id == '" + event + "' && it.charge_category != 'Credit' }.points",
                        Long.class)
                .stream()
                .mapToLong(Long::longValue)
                .sum();
        assertEquals(-uncovered, said.getLong("uncovered_points"), when);
        var period = entries().getString("items.find { it.event_id == '" + event + "' }.billing_period");
        assertEquals(period, said.getString("period"), when);
    }

    private static List<Map<String, Object>> same(List<Map<String, Object>> lines) {
        var same = new ArrayList<Map<String, Object>>();
        for (var line : lines) {
            var fields = new HashMap<String, Object>();
            SAME.forEach(field -> fields.put(field, line.get(field)));
            same.add(fields);
        }
        return same;
    }

    private static ValidatableResponse preview(UUID tenant, long points) {
        return as("platform-admin")
                .queryParams(Map.of("tenant_id", tenant, "points", points))
                .get("/api/billing/preview/clawback")
                .then();
    }
}
