package io.points.billing;

import static io.points.billing.Movements.allocated;
import static io.points.billing.Movements.clawedBack;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.points.contract.PoolEvent.TenantNamed;
import io.points.contract.PoolEvent.TenantRegistered;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The months here are long ago, before the tenants of other tests. */
@QuarkusTest
class BoardTest extends BillingServiceTest {

    private static final String MARCH = "1972-03";

    private final UUID anna = UUID.randomUUID();
    private final UUID open = UUID.randomUUID();
    private final UUID ready = UUID.randomUUID();
    private final UUID incomplete = UUID.randomUUID();
    private final UUID endMissing = UUID.randomUUID();
    private final UUID afterBusy = UUID.randomUUID();
    private final UUID afterClosed = UUID.randomUUID();
    private final UUID closed = UUID.randomUUID();
    private final UUID later = UUID.randomUUID();

    @Test
    void theBoardSaysOfEachTenantWhatClosingItSays() {
        march();
        var board = board(MARCH, "");
        assertEquals(
                Map.of(
                        open, "open",
                        ready, "soft_closed",
                        incomplete, "soft_closed",
                        endMissing, "soft_closed",
                        afterBusy, "soft_closed",
                        afterClosed, "open",
                        closed, "closed"),
                words(board, "state"));
        assertEquals(
                Map.of(
                        open, List.of("period-not-soft-closed"),
                        ready, List.of(),
                        incomplete, List.of("period-incomplete"),
                        endMissing, List.of("period-incomplete"),
                        afterBusy, List.of("earlier-period-open"),
                        afterClosed, List.of("period-not-soft-closed", "period-incomplete"),
                        closed, List.of()),
                obstacles(board));

        var summary = summary(MARCH);
        summary.body("period", equalTo(MARCH))
                .body("tenants", equalTo(7))
                .body("closable", equalTo(1))
                .body("disagreeing", equalTo(0))
                .body("states", equalTo(Map.of("open", 2, "soft_closed", 4, "closed", 1)))
                .body(
                        "obstacles",
                        equalTo(Map.of("period-not-soft-closed", 2, "period-incomplete", 3, "earlier-period-open", 1)));

        for (var month : board) {
            var of = maps(month.get("obstacles"));
            var answer = step(anna, UUID.fromString((String) month.get("tenant_id")), MARCH, "close")
                    .then();
            if (of.isEmpty()) {
                answer.statusCode(200).body("state", equalTo("closed"));
            } else {
                answer.statusCode(409)
                        .body("type", equalTo("urn:points:problem:" + of.get(0).get("type")))
                        .body("title", equalTo(of.get(0).get("title")))
                        .body("detail", equalTo(of.get(0).get("detail")));
            }
        }
        assertEquals(sorted(open, afterClosed), ids(board(MARCH, "&state=open")));
        assertEquals(sorted(ready, closed), ids(board(MARCH, "&state=closed")));
        summary(MARCH).body("closable", equalTo(0)).body("states.closed", equalTo(2));
    }

    private void march() {
        sendAt("1972-03-05T10:00:00Z", allocated(open, 100, 1));
        sendAt("1972-03-05T10:00:00Z", allocated(ready, 100, "0.125", "KWD", "PO-1", 1));
        sendAt("1972-03-06T10:00:00Z", allocated(ready, 50, 2));
        sendAt("1972-03-07T10:00:00Z", clawedBack(ready, 20, 3));
        sendAt("1972-03-05T10:00:00Z", allocated(incomplete, 100, 2));
        sendAt("1972-03-05T10:00:00Z", allocated(endMissing, 100, 1));
        sendAt("1972-04-05T10:00:00Z", allocated(endMissing, 100, 3));
        sendAt("1972-02-05T10:00:00Z", allocated(afterBusy, 100, 1));
        sendAt("1972-03-05T10:00:00Z", allocated(afterBusy, 100, 2));
        sendAt("1972-02-05T10:00:00Z", allocated(afterClosed, 100, 1));
        sendAt("1972-03-05T10:00:00Z", new TenantRegistered(closed, "INR", "1.00", 1));
        sendAt("1972-04-05T10:00:00Z", allocated(later, 100, 1));
        awaitHeard();
        close(afterClosed, "1972-02");
        close(closed, MARCH);
        sendAt("1972-03-05T10:00:00Z", allocated(afterClosed, 100, 3));
        sendAt("1972-03-05T10:00:00Z", new TenantNamed(ready, "Triton Energy"));
        awaitHeard();
        for (var it : List.of(ready, incomplete, endMissing, afterBusy)) {
            step(anna, it, MARCH, "soft-close").then().statusCode(200);
        }
        step(anna, open, MARCH, "soft-close").then().statusCode(200);
        step(anna, open, MARCH, "soft-close/undo").then().statusCode(200);

        as("auditor")
                .get("/api/billing/periods?limit=200&period=" + MARCH)
                .then()
                .statusCode(200)
                .body("items.find { it.tenant_id == '%s' }.tenant_name".formatted(ready), equalTo("Triton Energy"))
                .body("items.find { it.tenant_id == '%s' }.tenant_name".formatted(closed), nullValue())
                .body(
                        "items.find { it.tenant_id == '%s' }.totals".formatted(ready),
                        equalTo(List.of(
                                Map.of("currency", "INR", "total_minor", 3000, "total", "30.00"),
                                Map.of("currency", "KWD", "total_minor", 12500, "total", "12.500"))))
                .body(
                        "items.find { it.tenant_id == '%s' }.points".formatted(ready),
                        equalTo(Map.of(
                                "counted",
                                130,
                                "counted_text",
                                "130",
                                "billed",
                                130,
                                "billed_text",
                                "130",
                                "agree",
                                true)))
                .body("items.find { it.tenant_id == '%s' }.totals".formatted(closed), empty());
    }

    /** What is taken back cannot be billed before it is known what was bought until then. */
    @Test
    void whatWaitsToBeBilledIsSeenAsADifference() {
        sendAt("1984-03-05T10:00:00Z", allocated(tenant, 100, 1));
        sendAt("1984-03-06T10:00:00Z", clawedBack(tenant, 10, 3));
        awaitHeard();
        as("finance")
                .get("/api/billing/periods?period=1984-03")
                .then()
                .body(
                        "items.find { it.tenant_id == '%s' }.points".formatted(tenant),
                        equalTo(Map.of(
                                "counted",
                                90,
                                "counted_text",
                                "90",
                                "billed",
                                100,
                                "billed_text",
                                "100",
                                "agree",
                                false)));
        var disagreeing = summary("1984-03").extract().<Integer>path("disagreeing");
        sendAt("1984-03-05T11:00:00Z", allocated(tenant, 5, 2));
        awaitHeard();
        summary("1984-03").body("disagreeing", equalTo(disagreeing - 1));
    }

    @Test
    void theBoardComesInPages() {
        var tenants = Stream.generate(UUID::randomUUID)
                .limit(5)
                .sorted(Comparator.comparing(UUID::toString))
                .toList();
        tenants.forEach(it -> sendAt("1980-03-05T10:00:00Z", new TenantRegistered(it, "INR", "1.00", 1)));
        awaitHeard();
        var seen = new ArrayList<UUID>();
        var cursor = "";
        do {
            var page = as("finance")
                    .get("/api/billing/periods?period=1980-03&limit=2" + cursor)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            seen.addAll(ids(maps(page.getList("items"))));
            cursor = page.get("next_cursor") == null ? "" : "&cursor=" + page.get("next_cursor");
        } while (!cursor.isEmpty());
        assertEquals(tenants, seen.stream().filter(tenants::contains).toList());
        assertEquals(
                seen.stream().map(UUID::toString).sorted().distinct().toList(),
                seen.stream().map(UUID::toString).toList());
    }

    @Test
    void aMonthThatHasNotBegunHasTenantsAndCannotBeClosed() {
        sendAt("2026-01-05T10:00:00Z", allocated(tenant, 100, 1));
        awaitHeard();
        var month = as("finance")
                .get("/api/billing/periods?period=9999-12&limit=1")
                .then()
                .statusCode(200)
                .body("items[0].state", equalTo("not_begun"))
                .extract()
                .jsonPath();
        assertEquals("period-not-over", month.getString("items[0].obstacles[1].type"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?period=0000-01",
                "?period=2026-13",
                "?period=2026",
                "?period=2026-01-01",
                "?period=%20",
            })
    void aWrongMonthIsNamed(String query) {
        for (var path : List.of("/api/billing/periods", "/api/billing/periods/summary")) {
            as("finance").get(path + query).then().statusCode(400).body("errors[0].field", equalTo("period"));
        }
    }

    @Test
    void aWrongStateOrCursorIsNamed() {
        as("finance")
                .get("/api/billing/periods?period=1972-03&state=shut")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("state"));
        as("finance")
                .get("/api/billing/periods?period=1972-03&cursor=bm9uZQ")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("cursor"));
    }

    /** All tenants are on it, each with nearly a hundred thousand open months before it. */
    @Test
    void theFarthestMonthIsAnswered() {
        sendAt("1999-03-05T10:00:00Z", allocated(open, 100, 1));
        sendAt("2026-03-05T10:00:00Z", new TenantRegistered(closed, "INR", "1.00", 1));
        awaitHeard();
        as("finance")
                .get("/api/billing/periods?limit=200&period=9999-12")
                .then()
                .statusCode(200)
                .body("items.obstacles.type", everyItem(hasItems("period-not-over", "earlier-period-open")));
        summary("9999-12").body("tenants", greaterThanOrEqualTo(2)).body("closable", equalTo(0));
        for (var step : List.of("soft-close", "close", "reopen")) {
            step(anna, closed, "9999-12", step).then().statusCode(409);
        }
    }

    private List<Map<?, ?>> board(String period, String filter) {
        var page = as("finance")
                .get("/api/billing/periods?limit=200&period=" + period + filter)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        // Other months of this class have tenants that existed in March 1972 too.
        var mine = List.of(open, ready, incomplete, endMissing, afterBusy, afterClosed, closed, later);
        return maps(page.getList("items")).stream()
                .filter(it -> mine.contains(UUID.fromString((String) it.get("tenant_id"))))
                .toList();
    }

    private static ValidatableResponse summary(String period) {
        return as("auditor")
                .get("/api/billing/periods/summary?period=" + period)
                .then()
                .statusCode(200);
    }

    private void close(UUID of, String period) {
        step(anna, of, period, "soft-close").then().statusCode(200);
        step(anna, of, period, "close").then().statusCode(200);
    }

    /** As the database sorts them. */
    private static List<UUID> sorted(UUID... ids) {
        return Stream.of(ids).sorted(Comparator.comparing(UUID::toString)).toList();
    }

    private static List<UUID> ids(List<Map<?, ?>> months) {
        return months.stream()
                .map(it -> UUID.fromString((String) it.get("tenant_id")))
                .toList();
    }

    private static Map<UUID, Object> words(List<Map<?, ?>> months, String field) {
        var words = new HashMap<UUID, Object>();
        months.forEach(it -> words.put(UUID.fromString((String) it.get("tenant_id")), it.get(field)));
        return words;
    }

    private static Map<UUID, Object> obstacles(List<Map<?, ?>> months) {
        var types = new HashMap<UUID, Object>();
        months.forEach(it -> types.put(
                UUID.fromString((String) it.get("tenant_id")),
                maps(it.get("obstacles")).stream()
                        .<Object>map(obstacle -> obstacle.get("type"))
                        .toList()));
        assertFalse(types.isEmpty());
        return types;
    }
}
