package io.points.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is to be taken back and takes two people. */
@QuarkusTest
@QuarkusTestResource(ConsoleSurroundings.class)
class UndoApprovalPagesTest extends ConsolePages {

    static final String PROPOSAL = "019ac0de-5a1f-7c3e-9b1d-3f2e1d0c9b8a";
    private static final String ALL = "/api/approvals/undos";
    private static final String ONE = ALL + "/" + PROPOSAL;

    static JsonObject proposal(String state, String by) {
        boolean open = state.equals("open");
        return new JsonObject()
                .put("proposal_id", PROPOSAL)
                .put("kind", "batch")
                .put("distribution_id", AWARD)
                .put("amount", 1_000_000)
                .put("amount_text", "1000000")
                .put("mode", "all_or_nothing")
                .put("reason", HOSTILE)
                .put("state", state)
                .put("requested_by", by)
                .put("created_at", NOW)
                .put("expires_at", NOW)
                .put("decided_by", open ? null : MANAGER)
                .put("decided_at", open ? null : NOW)
                .put("decision_reason", state.equals("rejected") ? HOSTILE : null);
    }

    private void givenIt(JsonObject proposal) {
        given("distribution", "GET " + ALL + "/{id}", ONE, 200, proposal);
    }

    private void givenTheAnswer(String step, JsonObject answer) {
        given("distribution", "POST " + ALL + "/{id}/" + step, ONE + "/" + step, 200, answer);
    }

    @Test
    void whatWaitsIsListedBesideWhatIsToBeGiven() {
        given("distribution", "GET /api/approvals", page());
        given("distribution", "GET " + ALL, page(proposal("open", LEAD)));
        try (Pages pages = new Pages(390, ColorScheme.LIGHT)) {
            Page page = pages.signIn("triton-manager", "/approvals");
            assertThat(page.locator("tbody tr")).hasCount(1);
            assertThat(page.locator("tbody tr")).containsText("Campaign");
            assertThat(page.locator("tbody tr")).containsText("10,00,000 pts");
            assertThat(page.locator("tbody a")).hasAttribute("href", "/approvals/undos/" + PROPOSAL);
            pages.assertSound();
            pages.assertFits();
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, LIGHT", "390, DARK"})
    void anotherApproves(int width, ColorScheme colours) {
        givenIt(proposal("open", LEAD));
        givenTheAnswer("approve", proposal("approved", LEAD));
        try (Pages pages = new Pages(width, colours)) {
            Page page = pages.signIn("triton-manager", "/approvals/undos/" + PROPOSAL);
            assertThat(page.locator(".facts")).containsText("10,00,000 pts");
            assertThat(page.locator(".facts")).containsText(HOSTILE);
            assertThat(page.locator("#withdraw")).hasCount(0);
            pages.assertSound();
            pages.assertFits();
            page.locator("#approve").press("Enter");
            assertThat(page.locator("#done")).hasText("Approved: the points are being taken back.");
            assertThat(page.locator("#approve")).hasCount(0);
            pages.assertSound();
        }
    }

    @Test
    void whoeverRejectsSaysWhy() {
        givenIt(proposal("open", LEAD));
        givenTheAnswer("reject", proposal("rejected", LEAD));
        try (Pages pages = new Pages(1280, ColorScheme.DARK)) {
            Page page = pages.signIn("triton-manager", "/approvals/undos/" + PROPOSAL);
            page.locator("#reject").click();
            assertThat(page.locator("#reason")).isFocused();
            page.locator("#reason").fill("It was right");
            page.locator("#reject").click();
            assertThat(page.locator("#done")).containsText("Rejected");
            assertEquals(
                    new JsonObject().put("reason", "It was right"),
                    new JsonObject(services.all().stream()
                            .filter(asked -> asked.uri().equals(ONE + "/reject"))
                            .findFirst()
                            .orElseThrow()
                            .body()));
            pages.assertSound();
        }
    }

    @Test
    void whoeverHasAskedForItWithdrawsIt() {
        givenIt(proposal("open", MANAGER));
        givenTheAnswer("withdraw", proposal("withdrawn", MANAGER));
        try (Pages pages = new Pages(390, ColorScheme.DARK)) {
            Page page = pages.signIn("triton-manager", "/approvals/undos/" + PROPOSAL);
            assertThat(page.locator("#approve")).hasCount(0);
            page.locator("#withdraw").click();
            assertThat(page.locator("#done")).containsText("Withdrawn");
            pages.assertSound();
        }
    }
}
