package io.points.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one administrator has proposed, and what another makes of it. */
@QuarkusTest
@QuarkusTestResource(ConsoleSurroundings.class)
class ProposalPagesTest extends ConsolePages {

    private static final String ALL = "/api/platform/proposals";
    private static final String ONE = ALL + "/" + AWARD;
    private static final String ADMIN = "00000000-0000-4000-8000-00000000000a";

    static JsonObject proposal(String state, String by) {
        boolean open = state.equals("proposed");
        boolean expired = state.equals("expired");
        return new JsonObject()
                .put("proposal_id", AWARD)
                .put("tenant_id", TENANT)
                .put("kind", "clawback")
                .put("amount", 30_000)
                .put("reserved", open ? 30_000 : 0)
                .put("reserved_text", open ? "30000" : "0")
                .put("reason", HOSTILE)
                .put("asked_by_tenant", false)
                .put("note", null)
                .put("state", state)
                .put("proposed_by", by)
                .put("proposed_at", NOW)
                .put("expires_at", NOW)
                .put("first_approved_by", null)
                .put("first_approved_at", null)
                .put("decided_by", open || expired ? null : LEAD)
                .put("decided_at", open ? null : NOW)
                .put("decision_reason", state.equals("rejected") ? HOSTILE : null)
                .put("result_id", state.equals("approved") ? AWARD : null);
    }

    private void givenIt(JsonObject proposal) {
        given("allocation", "GET " + ALL + "/{id}", ONE, 200, proposal);
        given(
                "billing",
                "GET /api/billing/preview/clawback",
                new JsonObject()
                        .put("tenant_id", TENANT)
                        .put("points", 30_000)
                        .put("period", "2026-11")
                        .put("credits", new JsonArray())
                        .put("more_credits", 0)
                        .put(
                                "totals",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("currency", "INR")
                                                .put("total_minor", -3_750_000)
                                                .put("total", "-37500.00")))
                        .put("uncovered_points", 0)
                        .put("uncovered_points_text", "0"));
    }

    private void givenTheAnswer(String step, String state) {
        given("allocation", "POST " + ALL + "/{id}/" + step, ONE + "/" + step, 200, proposal(state, MANAGER));
    }

    @Test
    void allOfThemAreListedByState() {
        given("allocation", "GET " + ALL, page(proposal("proposed", MANAGER), proposal("expired", MANAGER)));
        try (Pages pages = new Pages(390, ColorScheme.DARK)) {
            Page page = pages.signIn("admin", "/platform/proposals");
            assertThat(page.locator("tbody tr")).hasCount(2);
            assertThat(page.locator("tbody tr").nth(0)).containsText("waits for another administrator");
            assertThat(page.locator("tbody tr").nth(0)).containsText("30,000");
            assertThat(page.locator("tbody tr").nth(1)).containsText("expired");
            pages.assertSound();
            pages.assertFits();
            given("allocation", "GET " + ALL, page());
            page.locator("#state").selectOption("approved");
            assertThat(page).hasURL(Pages.CONSOLE + "/platform/proposals?state=approved");
            assertThat(page.locator("main")).containsText("No proposal is in this state.");
            assertTrue(services.all().stream().anyMatch(asked -> asked.uri().equals(ALL + "?state=approved&limit=50")));
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, LIGHT", "390, DARK"})
    void anotherApprovesAfterSeeingWhatComesOfIt(int width, ColorScheme colours) {
        givenIt(proposal("proposed", MANAGER));
        givenTheAnswer("approve", "approved");
        try (Pages pages = new Pages(width, colours)) {
            Page page = pages.signIn("admin", "/platform/proposals/" + AWARD);
            assertThat(page.locator(".facts")).containsText("30,000 pts");
            assertThat(page.locator(".facts")).containsText(HOSTILE);
            assertThat(page.locator(".facts")).containsText("₹37,500.00");
            assertThat(page.locator("#withdraw")).hasCount(0);
            pages.assertSound();
            pages.assertFits();
            page.locator("#approve").press("Enter");
            assertThat(page.locator("#done")).hasText("Approved, and done.");
            assertThat(page.locator("#approve")).hasCount(0);
            pages.assertSound();
            assertEquals(1, asked("approve").size());
        }
    }

    @Test
    void whoeverRejectsSaysWhy() {
        givenIt(proposal("proposed", MANAGER));
        givenTheAnswer("reject", "rejected");
        try (Pages pages = new Pages(1280, ColorScheme.DARK)) {
            Page page = pages.signIn("admin", "/platform/proposals/" + AWARD);
            page.locator("#reject").click();
            assertThat(page.locator("#reason")).isFocused();
            assertThat(page.locator("#reason-error")).containsText("Say why");
            assertEquals(List.of(), asked("reject"));
            pages.assertSound();
            page.locator("#reason").fill("They have paid");
            page.locator("#reject").click();
            assertThat(page.locator("#done")).containsText("Rejected");
            assertThat(page.locator(".facts")).containsText("Why it is rejected");
            assertEquals(
                    new JsonObject().put("reason", "They have paid"),
                    new JsonObject(asked("reject").get(0).body()));
            pages.assertSound();
        }
    }

    @Test
    void whoeverHasProposedItCanOnlyWithdrawIt() {
        givenIt(proposal("proposed", ADMIN));
        givenTheAnswer("withdraw", "withdrawn");
        try (Pages pages = new Pages(390, ColorScheme.LIGHT)) {
            Page page = pages.signIn("admin", "/platform/proposals/" + AWARD);
            assertThat(page.locator("main")).containsText("You have proposed this yourself");
            assertThat(page.locator("#approve")).hasCount(0);
            assertThat(page.locator("#reject")).hasCount(0);
            pages.assertSound();
            pages.assertFits();
            page.locator("#withdraw").click();
            assertThat(page.locator("#done")).containsText("Withdrawn");
        }
    }

    @Test
    void whoeverComesTooLateIsTold() {
        givenIt(proposal("proposed", MANAGER));
        var late = Documented.answer(
                "allocation",
                "POST " + ALL + "/{id}/approve",
                409,
                new JsonObject()
                        .put("type", "urn:points:problem:already-decided")
                        .put("title", "The proposal has been decided already")
                        .put("status", 409)
                        .put("state", "rejected")
                        .put("decided_at", NOW)
                        .encode());
        services.reply("POST " + ONE + "/approve", asked -> new ServicesStandIn.Reply(409, late, Map.of()));
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("admin", "/platform/proposals/" + AWARD);
            assertThat(page.locator("#approve")).isVisible();
            givenIt(proposal("rejected", MANAGER));
            page.locator("#approve").click();
            assertThat(page.locator(".facts")).containsText("rejected");
            assertThat(page.locator("#approve")).hasCount(0);
            pages.assertSound();
        }
    }

    private List<ServicesStandIn.Asked> asked(String step) {
        return posts().stream()
                .filter(asked -> asked.uri().equals(ONE + "/" + step))
                .toList();
    }
}
