package io.points.billing;

import static io.points.billing.Movements.allocated;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who bills is on each statement, and what the numbers begin with is the issuer's choice. */
@QuarkusTest
@TestProfile(OtherSettings.class)
class IssuerTest extends BillingServiceTest {

    private static final UUID ANNA = UUID.randomUUID();
    private static final UUID BEN = UUID.randomUUID();
    private static final String JANUARY = "2026-01";

    @Test
    void theIssuerIsInEveryFormAndBothKindsMayShareASeries() {
        sendAt("2026-01-05T10:00:00Z", allocated(tenant, 100, 1));
        sendAt("2026-01-06T10:00:00Z", Movements.clawedBack(tenant, 30, 2));
        awaitHeard();
        statement(tenant, JANUARY).then().body("issuer.name", equalTo("Points & Co"));
        var before = series();
        step(ANNA, tenant, JANUARY, "soft-close").then().statusCode(200);
        step(BEN, tenant, JANUARY, "close").then().statusCode(200);
        var after = series();

        List<String> numbers = statement(tenant, JANUARY)
                .then()
                .body("issuer.tax_id", equalTo("27AAAAA0000A1Z5"))
                .body("issuer.address", nullValue())
                .extract()
                .path("documents.number");
        var first = numbers.get(0);
        var series = first.substring(0, first.length() - 6);
        assertTrue(List.of(before, after).contains(series), first);
        int number = Integer.parseInt(first.substring(series.length()));
        assertEquals(List.of(first, String.format(Locale.ROOT, "%s%06d", series, number + 1)), numbers);
        for (var form : Map.of("csv", "issuer_name,Points & Co", "html", "<p>Points &amp; Co<br>")
                .entrySet()) {
            var text = as("finance")
                    .get("/api/billing/statements/" + tenant + "/" + JANUARY + "/" + form.getKey())
                    .asString();
            assertTrue(text.contains(form.getValue()), text);
        }
    }

    /** What numbers begin with in this year, which may end at any time. */
    private static String series() {
        return OtherSettings.SERIES + "-" + Period.of(Instant.now()).month().getYear() + "-";
    }
}
