package io.points.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What waits for approval, and what managers and whoever has asked for it make of it. */
@QuarkusTest
@QuarkusTestResource(ConsoleSurroundings.class)
class ApprovalPagesTest extends ConsolePages {

    private static final String ALL = "/api/approvals";
    private static final String ONE = ALL + "/" + AWARD;

    private static JsonObject approval(String state, String by, JsonArray votes) {
        boolean open = state.equals("open");
        return new JsonObject()
                .put("distribution_id", AWARD)
                .put("state", state)
                .put("kind", "award")
                .put("source", "pool")
                .put("from_user_id", by)
                .put("to_user_id", ASHA)
                .put("amount", 30_000)
                .put("reference_type", null)
                .put("description", HOSTILE)
                .put("recognition", null)
                .put("requested_by", by)
                .put("created_at", NOW)
                .put("updated_at", NOW)
                .put("approvals_needed", 2)
                .put("votes", votes)
                .put("held_until", open ? NOW : null)
                .put("decision_reason", state.equals("rejected") ? HOSTILE : null);
    }

    private static JsonArray votes(String... voters) {
        var votes = new JsonArray();
        for (var voter : voters) {
            votes.add(new JsonObject().put("user_id", voter).put("approved", true).put("at", NOW));
        }
        return votes;
    }

    private void givenIt(JsonObject approval) {
        given("distribution", "GET " + ALL + "/{id}", ONE, 200, approval);
        given(
                "distribution",
                "GET /api/allocations/distributions/{id}",
                "/api/allocations/distributions/" + AWARD,
                200,
                distribution("HELD"));
    }

    private void givenTheAnswer(String step, JsonObject answer) {
        given("distribution", "POST " + ALL + "/{id}/" + step, ONE + "/" + step, 200, answer);
    }

    /** Only what others have asked for, and of which the reader has said nothing yet. */
    @Test
    void howMuchWaitsForTheReaderIsShownInTheNavigation() {
        given(
                "distribution",
                "GET " + ALL,
                page(
                        approval("open", LEAD, votes()),
                        approval("open", LEAD, votes(MANAGER)),
                        approval("open", MANAGER, votes()),
                        approval("requested", LEAD, votes())));
        given("distribution", "GET " + ALL + "/undos", page());
        try (Pages pages = new Pages(390, ColorScheme.LIGHT)) {
            Page page = pages.signIn("triton-manager", "/feed");
            var link = page.locator("nav a[href='/approvals']");
            assertThat(link.locator(".count")).hasText("1", new HasTextOptions().setTimeout(15_000));
            assertThat(link).containsText("waiting for you: 1");
            pages.assertSound();
            pages.assertFits();
        }
    }

    @Test
    void whatWaitsIsListedAndWhatIsDecidedApart() {
        given("distribution", "GET " + ALL, page(approval("open", LEAD, votes(MANAGER))));
        given("distribution", "GET " + ALL + "/undos", page());
        try (Pages pages = new Pages(390, ColorScheme.DARK)) {
            Page page = pages.signIn("triton-manager", "/approvals");
            assertThat(page.locator("tbody tr")).hasCount(1);
            assertThat(page.locator("tbody tr")).containsText("1 of 2 approvals");
            assertThat(page.locator("tbody tr")).containsText("30,000");
            pages.assertSound();
            pages.assertFits();
            given("distribution", "GET " + ALL, page());
            page.locator("#state").selectOption("decided");
            assertThat(page).hasURL(Pages.CONSOLE + "/approvals?state=decided");
            assertThat(page.locator("main")).containsText("Nothing has been decided yet.");
            assertTrue(services.all().stream().anyMatch(asked -> asked.uri().startsWith(ALL + "?state=decided&")));
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, LIGHT", "390, DARK"})
    void anotherApproves(int width, ColorScheme colours) {
        givenIt(approval("open", LEAD, votes()));
        givenTheAnswer("approve", approval("open", LEAD, votes(MANAGER)));
        try (Pages pages = new Pages(width, colours)) {
            Page page = pages.signIn("triton-manager", "/approvals/" + AWARD);
            assertThat(page.locator(".facts")).containsText("30,000 pts");
            assertThat(page.locator(".facts")).containsText(HOSTILE);
            assertThat(page.locator("#withdraw")).hasCount(0);
            pages.assertSound();
            pages.assertFits();
            page.locator("#approve").press("Enter");
            assertThat(page.locator("#done")).hasText("Approved. It takes somebody else, too.");
            assertEquals(1, asked("approve").size());
            pages.assertSound();
        }
    }

    /** Between the look and the approval the receiver may have left. */
    @Test
    void theLastApprovalMayComeTooLate() {
        givenIt(approval("open", LEAD, votes()));
        givenTheAnswer("approve", approval("refused", LEAD, votes(MANAGER)));
        try (Pages pages = new Pages(1280, ColorScheme.DARK)) {
            Page page = pages.signIn("triton-manager", "/approvals/" + AWARD);
            page.locator("#approve").click();
            assertThat(page.locator("#done")).containsText("could not be given any more");
            assertThat(page.locator("#approve")).hasCount(0);
            pages.assertSound();
        }
    }

    @Test
    void whoeverRejectsSaysWhy() {
        givenIt(approval("open", LEAD, votes()));
        givenTheAnswer("reject", approval("rejected", LEAD, votes()));
        try (Pages pages = new Pages(1280, ColorScheme.DARK)) {
            Page page = pages.signIn("triton-manager", "/approvals/" + AWARD);
            page.locator("#reject").click();
            assertThat(page.locator("#reason")).isFocused();
            assertThat(page.locator("#reason-error")).containsText("Say why");
            assertEquals(List.of(), asked("reject"));
            page.locator("#reason").fill("Over the budget");
            page.locator("#reject").click();
            assertThat(page.locator("#done")).containsText("Rejected");
            assertThat(page.locator(".facts")).containsText("What was said");
            assertEquals(
                    new JsonObject().put("reason", "Over the budget"),
                    new JsonObject(asked("reject").get(0).body()));
            pages.assertSound();
        }
    }

    @Test
    void whoeverHasAskedForItCanOnlyWithdrawIt() {
        givenIt(approval("open", MANAGER, votes()));
        givenTheAnswer("withdraw", approval("withdrawn", MANAGER, votes()));
        try (Pages pages = new Pages(390, ColorScheme.LIGHT)) {
            Page page = pages.signIn("triton-manager", "/approvals/" + AWARD);
            assertThat(page.locator("main")).containsText("You have asked for this yourself");
            assertThat(page.locator("#approve")).hasCount(0);
            assertThat(page.locator("#reject")).hasCount(0);
            pages.assertSound();
            pages.assertFits();
            page.locator("#withdraw").click();
            assertThat(page.locator("#done")).containsText("Withdrawn");
        }
    }

    @Test
    void whoeverHasApprovedItWaitsForOthers() {
        givenIt(approval("open", LEAD, votes(MANAGER)));
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("triton-manager", "/approvals/" + AWARD);
            assertThat(page.locator("main")).containsText("You have approved it. It takes somebody else, too.");
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
