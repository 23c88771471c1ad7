package io.points.billing;

import static io.points.billing.Movements.allocated;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who bills is on each statement, and what the numbers begin with is the issuer's choice. */
@QuarkusTest
@TestProfile(IssuerTest.Settings.class)
class IssuerTest extends BillingServiceTest {

    private static final UUID FINANCE = UUID.randomUUID();
    private static final String JANUARY = "2026-01";

    public static final class Settings implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "points.issuer.name", "Points & Co",
                    "points.issuer.tax-id", "27AAAAA0000A1Z5",
                    "points.issuer.invoice-series", "MUM-R",
                    "points.issuer.credit-note-series", "MUM-R");
        }
    }

    @Test
    void theIssuerIsInEveryFormAndBothKindsMayShareASeries() {
        sendAt("2026-01-05T10:00:00Z", allocated(tenant, 100, 1));
        sendAt("2026-01-06T10:00:00Z", Movements.clawedBack(tenant, 30, 2));
        awaitHeard();
        statement(tenant, JANUARY).then().body("issuer.name", equalTo("Points & Co"));
        for (var step : List.of("soft-close", "close")) {
            step(FINANCE, tenant, JANUARY, step).then().statusCode(200);
        }

        var year = Period.of(Instant.now()).month().getYear();
        statement(tenant, JANUARY)
                .then()
                .body("issuer.tax_id", equalTo("27AAAAA0000A1Z5"))
                .body("issuer.address", nullValue())
                .body("documents.number", equalTo(List.of("MUM-R-" + year + "-000001", "MUM-R-" + year + "-000002")));
        for (var form : Map.of("csv", "issuer_name,Points & Co", "html", "<p>Points &amp; Co<br>")
                .entrySet()) {
            var text = as("finance")
                    .get("/api/billing/statements/" + tenant + "/" + JANUARY + "/" + form.getKey())
                    .asString();
            assertTrue(text.contains(form.getValue()), text);
        }
    }
}
