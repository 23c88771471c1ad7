package io.points.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A campaign is taken back: how much comes of it is said first, and what if wallets hold less. */
@QuarkusTest
@QuarkusTestResource(ConsoleSurroundings.class)
class UndoPagesTest extends ConsolePages {
    private static final String ROUTE = "/api/allocations/award-points/batch/{id}";
    private static final String ONE = "/api/allocations/award-points/batch/" + AWARD;

    private static JsonObject campaign() {
        return new JsonObject()
                .put("batch_id", AWARD)
                .put("mode", "each")
                .put("state", "COMPLETED")
                .put("receivers", 10_000)
                .put("amount", 1_000_000)
                .put("amount_text", "1000000")
                .put("accepted", 0)
                .put("completed", 10_000)
                .put("refused", 0)
                .put("completed_amount", 1_000_000)
                .put("completed_amount_text", "1000000")
                .put("refusals", new JsonArray())
                .put("requested_by", MANAGER)
                .put("created_at", NOW);
    }

    private static JsonObject undone(String state, long reversed, long missing) {
        return campaign()
                .put(
                        "undo",
                        new JsonObject()
                                .put("state", state)
                                .put("mode", missing == 0 ? "all_or_nothing" : "what_is_there")
                                .put("undone_by", MANAGER)
                                .put("undone_at", NOW)
                                .put("reversed", reversed)
                                .put("amount", 1_000_000 - missing)
                                .put("amount_text", Long.toString(1_000_000 - missing))
                                .put("missing", missing)
                                .put("missing_text", Long.toString(missing))
                                .put("already_reversed", 10_000 - reversed)
                                .put("empty_wallets", 0));
    }

    private static JsonObject check(long missing) {
        return new JsonObject()
                .put("batch_id", AWARD)
                .put("mode", missing == 0 ? "all_or_nothing" : "what_is_there")
                .put("reversed", 9_998)
                .put("amount", 999_800 - missing)
                .put("amount_text", Long.toString(999_800 - missing))
                .put("missing", missing)
                .put("missing_text", Long.toString(missing))
                .put("already_reversed", 2)
                .put("empty_wallets", 0)
                .put("too_short", new JsonArray())
                .put("approval_needed", false);
    }

    @BeforeEach
    void givenACampaign() {
        given("distribution", "GET " + ROUTE, ONE, 200, campaign());
        given("distribution", "GET " + ROUTE + "/receivers", ONE + "/receivers", 200, page());
    }

    @Test
    void aLargeOneWaitsForAnotherManager() {
        given("distribution", "POST " + ROUTE + "/undo/check", ONE + "/undo/check", 200, check(0).put("approval_needed", true));
        given("distribution", "POST " + ROUTE + "/undo", ONE + "/undo", 202, UndoApprovalPagesTest.proposal("open", MANAGER));
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("triton-manager", "/team/campaigns/" + AWARD + "/undo");
            page.locator("#why").fill("Wrong list");
            page.locator("button[type=submit]").click();
            assertThat(page.locator("main")).containsText("Another manager has to approve it: until then nothing is moved.");
            pages.assertSound();
            page.locator("#send").click();
            assertThat(page.locator("#done")).hasText("Another manager has to approve it now. Nothing has been moved yet.");
            assertThat(page.locator("main a.button")).hasAttribute("href", "/approvals/undos/" + UndoApprovalPagesTest.PROPOSAL);
            pages.assertSound();
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, LIGHT", "390, DARK"})
    void whatComesOfItIsSaidFirst(int width, ColorScheme colours) {
        given("distribution", "POST " + ROUTE + "/undo/check", ONE + "/undo/check", 200, check(0));
        given("distribution", "POST " + ROUTE + "/undo", ONE + "/undo", 201, undone("UNDONE", 9_998, 0));
        try (Pages pages = new Pages(width, colours)) {
            Page page = pages.signIn("triton-manager", "/team/campaigns/" + AWARD);
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Take the campaign back"))
                    .press("Enter");
            assertThat(page.locator("main")).containsText("10,00,000 pts of 10,000 awards are to be taken back.");
            page.locator("#why").press("Enter");
            assertThat(page.locator("#why-error")).hasText("Say why.");
            page.locator("#why").fill("The wrong list");
            pages.assertSound();
            pages.assertFits();
            page.locator("#why").press("Enter");
            assertThat(page.locator("#send")).isFocused();
            assertThat(page.locator(".facts")).containsText("+9,99,800 pts");
            assertThat(page.locator(".facts")).containsText("Taken back already");
            pages.assertSound();
            pages.assertFits();
            var sent = new JsonObject().put("reason", "The wrong list").put("mode", "all_or_nothing");
            assertEquals(sent, new JsonObject(posts().get(0).body()));
            page.keyboard().press("Enter");
            assertThat(page.locator("#done")).hasText("It was taken back.");
            assertEquals(sent, new JsonObject(posts().get(0).body()));
            pages.assertSound();
        }
    }

    @Test
    void whatIsThereCanBeTakenIfThatIsMeant() {
        given(
                "distribution",
                "POST " + ROUTE + "/undo/check",
                ONE + "/undo/check",
                409,
                new JsonObject()
                        .put("type", "urn:points:problem:shortfall")
                        .put("title", "The wallet holds less than the award; no points were moved")
                        .put("status", 409)
                        .put("short", 3)
                        .put(
                                "errors",
                                new JsonArray()
                                        .add(new JsonObject().put("field", "line 7").put("message", "holds 99 of 100"))));
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("triton-manager", "/team/campaigns/" + AWARD + "/undo");
            page.locator("#why").fill("The wrong list");
            page.locator("#why").press("Enter");
            assertThat(page.locator("#refusal")).isFocused();
            assertThat(page.locator("#refusal")).containsText("line 7: holds 99 of 100");
            pages.assertSound();
            given("distribution", "POST " + ROUTE + "/undo/check", ONE + "/undo/check", 200, check(300));
            posts();
            page.locator("#there").press("Enter");
            assertThat(page.locator(".facts")).containsText("+9,99,500 pts");
            assertThat(page.locator("main")).containsText("300 pts of it are not there any more");
            assertEquals(
                    new JsonObject().put("reason", "The wrong list").put("mode", "what_is_there"),
                    new JsonObject(posts().get(0).body()));
        }
    }

    @Test
    void aCampaignShowsHowItWasTakenBack() {
        given("distribution", "GET " + ROUTE, ONE, 200, undone("UNDOING", 4_000, 0));
        try (Pages pages = new Pages(390, ColorScheme.LIGHT)) {
            Page page = pages.signIn("triton-manager", "/team/campaigns/" + AWARD);
            assertThat(page.locator("#undo")).containsText("It is being taken back.");
            assertThat(page.locator("#undo")).containsText("4,000 awards");
            assertThat(page.locator("a[href$=undo]")).hasCount(0);
            given("distribution", "GET " + ROUTE, ONE, 200, undone("UNDONE", 9_998, 300));
            assertThat(page.locator("#undo")).containsText("It was taken back.");
            assertThat(page.locator("#undo")).containsText("300 pts of it are not there any more");
            pages.assertSound();
            pages.assertFits();
        }
    }
}
