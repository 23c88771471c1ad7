package io.points.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** What tests of pages share: people, answers of services, and what the pages have sent. */
abstract class ConsolePages {
    static final String ASHA = "770e8400-e29b-41d4-a716-446655440001";
    static final String MANAGER = "770e8400-e29b-41d4-a716-446655440010";
    static final String LEAD = "770e8400-e29b-41d4-a716-446655440011";
    static final String TENANT = "550e8400-e29b-41d4-a716-446655440000";
    static final String AWARD = "019ac0dd-5a1f-7c3e-9b1d-3f2e1d0c9b8a";
    static final String HOSTILE = "<script>alert(1)</script> \u202Eevil 🎉 & \"quotes\"";
    static final String NOW = "2026-11-28T10:41:07Z";

    final ServicesStandIn services = ConsoleSurroundings.services();

    @BeforeAll
    static void letBothNamesOfThisMachineIn() {
        try (KeycloakAdmin admin = new KeycloakAdmin()) {
            admin.updateClient(new JsonObject()
                    .put(
                            "redirectUris",
                            new JsonArray()
                                    .add(ConsoleSurroundings.console() + "/bff/callback")
                                    .add(Pages.CONSOLE + "/bff/callback")));
        }
    }

    /** What has been done with the tenant's points: no page of it is without. */
    @BeforeEach
    void countPoints() {
        // What another class of tests has asked is not a page's.
        services.forgetReplies();
        given("distribution", "GET /api/wallets/expiring", new JsonObject().put("days", new JsonArray()).put("budgets", new JsonArray()));
        JsonObject stats = new JsonObject()
                .put("allocated_text", "9007199254740993")
                .put("clawed_back_text", "6000")
                .put("awarded_text", "48720")
                .put("delegated_text", "9650")
                .put("returned_text", "250")
                .put("in_flight_text", "5")
                .put("expired_text", "0")
                .put("expiring", new JsonArray())
                .put("distributed_30d_text", "48720")
                .put("distribution_rate_30d", "1624.0");
        String ofOne = "/api/platform/allocations/stats/{tenant_id}";
        given("allocation", "GET /api/allocations/stats", stats);
        given("allocation", "GET " + ofOne, ofOne.replace("{tenant_id}", TENANT), 200, stats);
    }

    @AfterEach
    void forget() {
        List<String> faults = services.all().stream()
                .map(DocumentedRequests::faults)
                .flatMap(List::stream)
                .distinct()
                .toList();
        services.forgetReplies();
        assertEquals(List.of(), faults, "what a page asked would be refused");
    }

    /** Has a route answer so from now on, as its document allows. */
    void given(String service, String route, String path, int status, JsonObject answer) {
        String json = Documented.answer(service, route, status, answer.encode());
        services.reply(route.split(" ")[0] + " " + path, asked -> new ServicesStandIn.Reply(status, json, Map.of()));
    }

    void given(String service, String route, JsonObject answer) {
        given(service, route, route.split(" ")[1], 200, answer);
    }

    static JsonObject page(JsonObject... items) {
        return new JsonObject().put("items", new JsonArray(List.of(items))).putNull("next_cursor");
    }

    /** @param available null for whoever gives nothing */
    void givenToGive(String source, String level, Long available) {
        given(
                "distribution",
                "GET /api/allocations/giving",
                new JsonObject().put("source", source).put("level", level).put("available", available));
        givenLimits();
    }

    /** What the company's rules leave. */
    void givenLimits(JsonObject... limits) {
        given(
                "distribution",
                "GET /api/policy/limits/me",
                new JsonObject().put("items", new JsonArray(List.of(limits))));
    }

    static JsonObject distribution(String state) {
        return new JsonObject()
                .put("distribution_id", AWARD)
                .put("kind", "award")
                .put("source", "pool")
                .put("state", state)
                .putNull("reason")
                .put("from_user_id", MANAGER)
                .put("to_user_id", ASHA)
                .put("amount", 1000)
                .putNull("reference_type")
                .putNull("description")
                .put(
                        "recognition",
                        new JsonObject()
                                .put("message", HOSTILE)
                                .putNull("value")
                                .put("visibility", "public"))
                .put("requested_by", MANAGER)
                .put("created_at", NOW)
                .put("updated_at", NOW)
                .put("deadline", "2026-11-28T10:41:37Z")
                .put("proof", "/api/audit/proofs/inclusion?event_id=" + AWARD)
                .put(
                        "timeline",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("state", state)
                                        .putNull("reason")
                                        .put("at", NOW)));
    }

    void givenSomebodyToThank() {
        services.reply(
                "GET /api/directory",
                asked -> new ServicesStandIn.Reply(
                        200,
                        new JsonObject()
                                .put(
                                        "items",
                                        new JsonArray()
                                                .add(new JsonObject()
                                                        .put("user_id", ASHA)
                                                        .put("display_name", "Asha Rao")
                                                        .putNull("email")
                                                        .put("role", "employee")
                                                        .put("active", true)
                                                        .put("eligible", true)
                                                        .putNull("why")))
                                .put("more", false)
                                .encode(),
                        Map.of()));
    }

    /** Tabs until that is focused, as somebody does who has no mouse. */
    static void tabTo(Page page, String selector) {
        for (int i = 0; i < 40; i++) {
            page.keyboard().press("Tab");
            if ((boolean) page.evaluate("s => document.activeElement.matches(s)", selector)) {
                return;
            }
        }
        throw new AssertionError(selector + " is not reached by the keyboard");
    }

    /** What the pages have sent since they were asked last. */
    List<ServicesStandIn.Asked> posts() {
        return services.taken().stream()
                .filter(asked -> asked.method().equals("POST"))
                .toList();
    }
}
