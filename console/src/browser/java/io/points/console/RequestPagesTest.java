package io.points.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Managers ask for points, and administrators decide. */
@QuarkusTest
@QuarkusTestResource(ConsoleSurroundings.class)
class RequestPagesTest extends ConsolePages {

    private static final String ALL = "/api/allocations/requests";
    private static final String ONE = ALL + "/" + AWARD;
    private static final String PROPOSALS = "/api/platform/proposals";
    private static final String PROPOSAL = PROPOSALS + "/" + AWARD;
    private static final String ADMIN = "00000000-0000-4000-8000-00000000000a";

    private static JsonObject request(String state) {
        boolean open = state.equals("proposed");
        return new JsonObject()
                .put("request_id", AWARD)
                .put("amount", 20_000)
                .put("amount_text", "20000")
                .put("note", HOSTILE)
                .put("state", state)
                .put("asked_by", MANAGER)
                .put("asked_at", NOW)
                .put("expires_at", NOW)
                .put("decided_by", open ? null : ADMIN)
                .put("decided_at", open ? null : NOW)
                .put("decision_reason", state.equals("rejected") ? "Next quarter" : null)
                .put("allocation_id", state.equals("approved") ? AWARD : null);
    }

    /** As administrators see it. */
    private static JsonObject proposal(String state, String firstApprovedBy) {
        return ProposalPagesTest.proposal(state, MANAGER)
                .put("kind", "allocation")
                .put("amount", 20_000)
                .put("reserved", 0)
                .put("reserved_text", "0")
                .put("reason", "Request " + AWARD)
                .put("asked_by_tenant", true)
                .put("note", HOSTILE)
                .put("first_approved_by", firstApprovedBy)
                .put("first_approved_at", firstApprovedBy == null ? null : NOW);
    }

    @ParameterizedTest
    @CsvSource({"1280, LIGHT", "390, DARK"})
    void aManagerAsksAndSaysWhy(int width, ColorScheme colours) {
        given("allocation", "GET " + ALL, page(request("rejected"), request("approved")));
        given("allocation", "POST " + ALL, ALL, 202, request("proposed"));
        try (Pages pages = new Pages(width, colours)) {
            Page page = pages.signIn("triton-manager", "/team/requests");
            assertThat(page.locator("tbody tr")).hasCount(2);
            assertThat(page.locator("tbody tr").nth(0)).containsText("20,000");
            assertThat(page.locator("tbody tr").nth(0)).containsText("rejected");
            assertThat(page.locator("tbody tr").nth(0)).containsText(HOSTILE);
            page.locator("#send").click();
            assertThat(page.locator("#amount-error")).containsText("Give a whole number");
            assertThat(page.locator("#note-error")).containsText("Say what it is for");
            pages.assertSound();
            pages.assertFits();
            assertEquals(List.of(), asked(ALL));
            page.locator("#amount").fill("20,000");
            page.locator("#note").fill("The conference in May");
            page.locator("#send").press("Enter");
            assertThat(page.locator("#done")).containsText("You have asked for 20,000 pts");
            assertEquals(
                    new JsonObject().put("amount", 20_000).put("note", "The conference in May"),
                    new JsonObject(asked(ALL).get(0).body()));
            pages.assertSound();
        }
    }

    @Test
    void aManagerWithdrawsWhatIsOpen() {
        givenIt(request("proposed"));
        given("allocation", "POST " + ALL + "/{id}/withdraw", ONE + "/withdraw", 200, request("withdrawn"));
        try (Pages pages = new Pages(390, ColorScheme.LIGHT)) {
            Page page = pages.signIn("triton-manager", "/team/requests/" + AWARD);
            assertThat(page.locator(".facts")).containsText("20,000 pts");
            assertThat(page.locator(".facts")).containsText("waits for the platform");
            pages.assertSound();
            pages.assertFits();
            page.locator("#withdraw").press("Enter");
            assertThat(page.locator("#done")).hasText("Withdrawn.");
            assertThat(page.locator("#withdraw")).hasCount(0);
            assertEquals(1, asked(ONE + "/withdraw").size());
            pages.assertSound();
        }
    }

    @Test
    void aManagerReadsWhyItWasRejected() {
        givenIt(request("rejected"));
        try (Pages pages = new Pages(1280, ColorScheme.DARK)) {
            Page page = pages.signIn("triton-manager", "/team/requests/" + AWARD);
            assertThat(page.locator(".facts")).containsText("Next quarter");
            assertThat(page.locator("#withdraw")).hasCount(0);
            pages.assertSound();
        }
    }

    @Test
    void anAdministratorSeesWhoAsksAndWhy() {
        given("allocation", "GET " + PROPOSALS, page(proposal("proposed", null)));
        given("allocation", "GET " + PROPOSALS + "/{id}", PROPOSAL, 200, proposal("proposed", null));
        given("allocation", "POST " + PROPOSALS + "/{id}/reject", PROPOSAL + "/reject", 200, proposal("rejected", null));
        try (Pages pages = new Pages(390, ColorScheme.DARK)) {
            Page page = pages.signIn("admin", "/platform/proposals");
            assertThat(page.locator("tbody tr")).containsText("Points that a manager asks for");
            assertThat(page.locator("tbody tr")).containsText(HOSTILE);
            page.locator("tbody a").first().click();
            assertThat(page.locator(".facts")).containsText("Asked for by a manager");
            assertThat(page.locator(".facts")).containsText(HOSTILE);
            assertThat(page.locator("#approve")).hasText("Approve: allocate 20,000 pts");
            pages.assertSound();
            pages.assertFits();
            page.locator("#reason").fill("Next quarter");
            page.locator("#reject").click();
            assertThat(page.locator("#done")).hasText("Rejected. Nothing was moved.");
        }
    }

    @Test
    void theFirstOfTwoIsToldThatItTakesAnother() {
        given("allocation", "GET " + PROPOSALS + "/{id}", PROPOSAL, 200, proposal("proposed", null));
        given(
                "allocation",
                "POST " + PROPOSALS + "/{id}/approve",
                PROPOSAL + "/approve",
                200,
                proposal("proposed", ADMIN));
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("admin", "/platform/proposals/" + AWARD);
            page.locator("#approve").click();
            assertThat(page.locator("#done")).containsText("A second administrator has to approve it, too.");
            assertThat(page.locator(".facts")).containsText("First approved by");
            assertThat(page.locator("#approve")).hasCount(0);
            assertThat(page.locator("#reject")).isVisible();
            pages.assertSound();
        }
    }

    private void givenIt(JsonObject request) {
        given("allocation", "GET " + ALL + "/{id}", ONE, 200, request);
        given(
                "distribution",
                "POST /api/directory/resolve",
                "/api/directory/resolve",
                200,
                new JsonObject().put("items", new JsonArray()));
    }

    private List<ServicesStandIn.Asked> asked(String path) {
        return posts().stream().filter(asked -> asked.uri().equals(path)).toList();
    }
}
