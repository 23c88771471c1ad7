package io.points.billing;

import static io.points.billing.Movements.allocated;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
class EntriesListingTest extends BillingServiceTest {

    @Test
    void pagesShowEveryEntryOnceNewestFirst() {
        send(7);

        var seen = new ArrayList<Long>();
        String cursor = null;
        do {
            var page = page(cursor == null ? list() : list().queryParam("cursor", cursor));
            seen.addAll(page.getList("items.pool_version", Long.class));
            cursor = page.getString("next_cursor");
        } while (cursor != null);

        assertEquals(List.of(7L, 6L, 5L, 4L, 3L, 2L, 1L), seen);
    }

    @Test
    void aPageThatHoldsAllHasNoNext() {
        send(3);

        var page = page(list());

        assertEquals(3, page.getList("items").size());
        assertNull(page.getString("next_cursor"));
    }

    @Test
    void entriesThatComeWhileSomebodyPagesDoNotShiftThePages() {
        send(5);
        var first = page(list());
        kafka.send(allocated(tenant, 1, 6));
        awaitEntry(6);

        var second = page(list().queryParam("cursor", first.getString("next_cursor")));

        assertEquals(List.of(2L, 1L), second.getList("items.pool_version", Long.class));
    }

    @Test
    void fromIsInclusiveAndToExclusive() {
        send(4);
        var times = entries().getList("items.occurred_at", String.class);

        var page = page(list().queryParam("from", times.get(2)).queryParam("to", times.get(0)));

        assertEquals(times.subList(1, 3), page.getList("items.occurred_at", String.class));
    }

    @Test
    void withoutATenantItListsAll() {
        send(1);
        new OtherTenant().send(1);

        var all = page(as("finance").queryParam("limit", 200).queryParam("from", "2020-01-01T00:00:00Z"));

        var tenants = all.getList("items.tenant_id", String.class);
        assertTrue(tenants.stream().distinct().count() >= 2);
        var times = all.getList("items.occurred_at", String.class).stream()
                .map(Instant::parse)
                .toList();
        assertEquals(times.stream().sorted(Comparator.reverseOrder()).toList(), times);
    }

    @Test
    void aTenantWithoutEntriesHasAnEmptyList() {
        var page = page(list());

        assertEquals(List.of(), page.getList("items"));
        assertNull(page.getString("next_cursor"));
    }

    @ParameterizedTest
    @CsvSource({
        "tenant_id, x",
        "tenant_id, 1-1-1-1-1",
        "limit, 0",
        "limit, 201",
        "limit, 1.5",
        "limit, ten",
        "from, yesterday",
        "from, +999999999-01-01T00:00:00Z",
        "to, 2026-11-23",
        "cursor, !",
        "cursor, x",
    })
    void aWrongParameterIsNamed(String name, String value) {
        as("finance")
                .queryParam(name, value)
                .get("/api/billing/entries")
                .then()
                .statusCode(400)
                .contentType(startsWith("application/problem+json"))
                .body("type", equalTo("urn:points:problem:invalid-request"))
                .body("errors[0].field", equalTo(name));
    }

    @ParameterizedTest
    @CsvSource({"42", "2026-11-23T00:00:00Z", "2026-11-23T00:00:00Z x", "never 550e8400-e29b-41d4-a716-446655440000"})
    void aCursorOfAnotherListIsNamed(String position) {
        aWrongParameterIsNamed("cursor", Base64.getUrlEncoder().withoutPadding().encodeToString(position.getBytes()));
    }

    @ParameterizedTest
    @MethodSource("rolesWithoutFinance")
    void onlyFinanceReads(String role) {
        as(role).get("/api/billing/entries").then().statusCode(403);
    }

    @Test
    void nobodyReadsWithoutAValidToken() {
        RestAssured.get("/api/billing/entries").then().statusCode(401);
        var finance = UUID.randomUUID();
        for (var token : List.of(
                Tokens.of(finance, null, "another-api", Instant.now().plusSeconds(60), "finance"),
                Tokens.of(finance, null, "points-api", Instant.now().minusSeconds(3_600), "finance"))) {
            RestAssured.given()
                    .auth()
                    .oauth2(token)
                    .get("/api/billing/entries")
                    .then()
                    .statusCode(401);
        }
    }

    private void send(int count) {
        IntStream.rangeClosed(1, count).forEach(version -> kafka.send(allocated(tenant, 1, version)));
        awaitEntry(count);
    }

    private RequestSpecification list() {
        return as("finance").queryParam("tenant_id", tenant).queryParam("limit", 3);
    }

    private static JsonPath page(RequestSpecification request) {
        return request.get("/api/billing/entries")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** The same steps under another tenant's id. */
    private static final class OtherTenant extends BillingServiceTest {
        void send(int version) {
            kafka.send(allocated(tenant, 1, version));
            awaitEntry(version);
        }
    }
}
