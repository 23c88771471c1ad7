package io.points.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Awards for many: from the file of a spreadsheet to the last receiver. */
@QuarkusTest
@QuarkusTestResource(ConsoleSurroundings.class)
class CampaignPagesTest extends ConsolePages {
    private static final String BATCHES = "/api/allocations/award-points/batch";
    private static final String ONE = BATCHES + "/" + AWARD;
    private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final long POOL = 2_000_000;

    private static String id(int person) {
        return String.format(Locale.ROOT, "770e8400-e29b-41d4-a716-%012d", person);
    }

    private static FilePayload file(String text) {
        return new FilePayload("Diwali.csv", "text/csv", text.getBytes(StandardCharsets.UTF_8));
    }

    /** Judges lines as the service does: by their own numbers, the header being the first. */
    private ServicesStandIn.Reply judge(ServicesStandIn.Asked asked, JsonArray ineligible) {
        String[] lines = asked.body().split("\n");
        assertEquals("to_user_id,amount,description", lines[0]);
        JsonArray errors = new JsonArray();
        JsonArray refused = new JsonArray();
        long amount = 0;
        for (int line = 2; line <= lines.length; line++) {
            String[] cells = lines[line - 1].split(",", 3);
            if (!cells[0].matches(UUID)) {
                errors.add(new JsonObject()
                        .put("field", "line " + line + ", to_user_id")
                        .put("message", "must be a UUID"));
            } else if (ineligible.contains(cells[0])) {
                refused.add(new JsonObject()
                        .put("line", line)
                        .put("to_user_id", cells[0])
                        .put("reason", "RECEIVER_NOT_ELIGIBLE"));
            }
            if (cells[1].matches("[0-9]{1,13}")) {
                amount += Long.parseLong(cells[1]);
            } else {
                errors.add(new JsonObject()
                        .put("field", "line " + line + ", amount")
                        .put("message", "must be a whole number"));
            }
        }
        String route = "POST " + BATCHES + "/csv/check";
        if (!errors.isEmpty()) {
            JsonObject problem = new JsonObject()
                    .put("type", "urn:points:problem:invalid-request")
                    .put("title", "The request is not valid")
                    .put("status", 400)
                    .put("detail", "Some lines are not valid.")
                    .put("errors", errors);
            return new ServicesStandIn.Reply(
                    400, Documented.answer("distribution", route, 400, problem.encode()), Map.of());
        }
        JsonObject result = new JsonObject()
                .put("mode", asked.uri().contains("mode=each") ? "each" : "all_or_nothing")
                .put("receivers", lines.length - 1)
                .put("amount", amount)
                .put("amount_text", Long.toString(amount))
                .put("refused", refused)
                .putNull("rule")
                .put("pool_balance", POOL)
                .put("pool_suffices", amount <= POOL)
                .put("would_complete", amount <= POOL && refused.isEmpty());
        return new ServicesStandIn.Reply(200, Documented.answer("distribution", route, 200, result.encode()), Map.of());
    }

    private void givenAJudge(String... ineligible) {
        services.reply("POST " + BATCHES + "/csv/check", asked -> judge(asked, new JsonArray(List.of(ineligible))));
    }

    private static JsonObject campaign(String state, int completed, int refused) {
        JsonArray refusals = new JsonArray();
        if (refused > 0) {
            refusals.add(new JsonObject().put("reason", "RECEIVER_NOT_ELIGIBLE").put("receivers", refused));
        }
        return new JsonObject()
                .put("batch_id", AWARD)
                .put("mode", "each")
                .put("state", state)
                .put("receivers", 10_000)
                .put("amount", 1_000_000)
                .put("amount_text", "1000000")
                .put("accepted", 10_000 - completed - refused)
                .put("completed", completed)
                .put("refused", refused)
                .put("completed_amount", completed * 100)
                .put("completed_amount_text", Integer.toString(completed * 100))
                .put("refusals", refusals)
                .put("requested_by", MANAGER)
                .put("created_at", NOW);
    }

    private void givenACampaign(String state, int completed, int refused) {
        given("distribution", "GET " + BATCHES + "/{id}", ONE, 200, campaign(state, completed, refused));
    }

    private void givenReceivers(String state, String reason) {
        given(
                "distribution",
                "GET " + BATCHES + "/{id}/receivers",
                ONE + "/receivers",
                200,
                page(new JsonObject()
                                .put("line", 7)
                                .put("to_user_id", ASHA)
                                .put("amount", 100)
                                .put("state", state)
                                .put("reason", reason)
                                .put("distribution_id", AWARD))
                        .put(
                                "people",
                                new JsonObject()
                                        .put(
                                                ASHA,
                                                new JsonObject()
                                                        .put("display_name", HOSTILE)
                                                        .put("active", true))));
    }

    private static List<String> saved(Page page, String button) {
        try {
            return Files.readAllLines(
                    page.waitForDownload(() -> page.locator(button).press("Enter")).path());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void tenThousandAreAwardedFromASpreadsheetWithThreeBadLines() {
        StringBuilder text = new StringBuilder("\ufeffdescription;To_User_Id;amount\r\n");
        for (int line = 2; line <= 10_001; line++) {
            String who = line == 5_000 ? "nobody" : id(line);
            String amount = line == 7 ? "12,5" : line == 10_001 ? "" : "100";
            text.append("Thanks, all;").append(who).append(';').append(amount).append("\r\n");
        }
        givenAJudge();
        given("distribution", "POST " + BATCHES + "/csv", BATCHES + "/csv", 202, campaign("ACCEPTED", 0, 0));
        givenACampaign("ACCEPTED", 4_120, 0);
        givenReceivers("accepted", null);
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("triton-manager", "/team/campaigns/new");
            pages.assertSound();
            page.locator("#file").setInputFiles(file(text.toString()));
            assertThat(page.locator("main")).containsText("Diwali.csv has been read. Rows: 10,000.");
            page.getByText("Check", new Page.GetByTextOptions().setExact(true)).press("Enter");
            assertThat(page.locator("#checked")).hasText("Rows with a problem: 3 of 10,000. Nothing has been sent.");
            assertThat(page.locator("#checked")).isFocused();
            assertThat(page.locator("tbody tr")).hasCount(3);
            assertThat(page.locator("tbody tr").nth(0)).containsText("Points: must be a whole number");
            assertEquals(
                    List.of("7", "5,000", "10,001"),
                    page.locator("tbody tr td:first-child").allInnerTexts());
            assertThat(page.locator("#send")).hasCount(0);
            pages.assertSound();
            assertEquals(
                    List.of(
                            "to_user_id,amount,description,what_is_wrong",
                            id(7) + ",\"12,5\",\"Thanks, all\",Points: must be a whole number"),
                    saved(page, "#save").subList(0, 2));
            page.locator("#only").press("Space");
            assertThat(page.locator("tbody tr")).hasCount(100);
            page.getByText("Load more").press("Enter");
            assertThat(page.locator("tbody tr")).hasCount(200);
            page.locator("#leave-out").press("Enter");
            assertThat(page.locator("#checked")).hasText("Rows without a problem: 9,997. Nothing has been sent yet.");
            assertThat(page.locator(".facts")).containsText("20,00,000 → 10,00,300 pts");
            assertThat(page.locator(".facts")).containsText("Left out");
            pages.assertSound();
            services.taken();
            page.locator("#send").press("Enter");
            assertThat(page).hasURL(Pages.CONSOLE + "/team/campaigns/" + AWARD);
            assertThat(page.locator("main")).containsText("4,120 of 10,000 awarded, 0 not");
            pages.assertSound();
            ServicesStandIn.Asked sent = posts().get(0);
            String[] lines = sent.body().split("\n");
            assertEquals(9_998, lines.length);
            assertEquals(id(2) + ",100,\"Thanks, all\"", lines[1]);
            assertEquals(BATCHES + "/csv?mode=each", sent.uri());
            assertEquals(List.of("text/csv"), sent.headers().get("content-type"));
            assertEquals(List.of("respond-async"), sent.headers().get("prefer"));
            assertEquals(1, sent.headers().get("idempotency-key").size());
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, DARK", "390, LIGHT"})
    void peopleAreFoundByTheirAddressesAndWhatIsInCellsStaysAsItIs(int width, ColorScheme colours) {
        services.reply(
                "POST /api/directory/resolve",
                asked -> new ServicesStandIn.Reply(
                        200,
                        Documented.answer(
                                "distribution",
                                "POST /api/directory/resolve",
                                200,
                                new JsonObject()
                                        .put(
                                                "items",
                                                new JsonArray()
                                                        .add(new JsonObject()
                                                                .put("user_id", ASHA)
                                                                .put("email", "asha@example.com")
                                                                .put("role", "employee")
                                                                .put("active", true))
                                                        .add(new JsonObject()
                                                                .put("user_id", LEAD)
                                                                .put("email", "lea@example.com")
                                                                .put("role", "lead")
                                                                .put("active", true)))
                                        .put("unknown_user_ids", new JsonArray())
                                        .put("unknown_emails", new JsonArray().add("ravi@example.com"))
                                        .encode()),
                        Map.of()));
        givenAJudge(LEAD);
        try (Pages pages = new Pages(width, colours)) {
            Page page = pages.signIn("triton-manager", "/team/campaigns/new");
            page.locator("#paste")
                    .fill("Email\tPoints\tMessage\nAsha@example.com\t5\t\"Well, \"\"done\"\" "
                            + HOSTILE.replace("\"", "\"\"")
                            + "\"\n\nravi@example.com\t6\tThanks\nlea@example.com\t7\n");
            page.locator("#what").fill("For all");
            page.locator("#what").press("Enter");
            assertThat(page.locator("tbody tr"))
                    .hasText(new String[] {"4ravi@example.com6ThanksNobody of your company has this e-mail address."});
            pages.assertSound();
            pages.assertFits();
            page.locator("#leave-out").click();
            // Whom the service will refuse is shown, and refused one by one.
            assertThat(page.locator("tbody tr")).hasCount(1);
            assertThat(page.locator("tbody tr")).containsText("This person cannot receive points now.");
            assertThat(page.locator(".facts")).containsText("20,00,000 → 19,99,995 pts");
            assertThat(page.locator("#send")).hasText("Award points to 1");
            pages.assertSound();
            pages.assertFits();
            services.taken();
            given("distribution", "POST " + BATCHES + "/csv", BATCHES + "/csv", 202, campaign("ACCEPTED", 0, 0));
            givenACampaign("COMPLETED", 10_000, 0);
            page.locator("#send").click();
            assertThat(page.locator("main")).containsText("Everybody was awarded");
            assertEquals(
                    "to_user_id,amount,description\n" + ASHA + ",5,\"Well, \"\"done\"\" "
                            + HOSTILE.replace("\"", "\"\"") + "\"\n" + LEAD + ",7,For all\n",
                    posts().get(0).body());
        }
    }

    @Test
    void whatIsNoFileOfRowsIsSaidBeforeAnythingIsSent() {
        try (Pages pages = new Pages(390, ColorScheme.DARK)) {
            Page page = pages.signIn("triton-manager", "/team/campaigns/new");
            services.taken();
            page.locator("#what").press("Enter");
            assertThat(page.locator("#file-error")).hasText("Choose a file, or paste rows of a spreadsheet.");
            assertThat(page.locator("#file")).isFocused();
            page.locator("#file")
                    .setInputFiles(new FilePayload("a.csv", "text/csv", new byte[] {'a', (byte) 0xe4, '\n'}));
            assertThat(page.locator("#file-error")).containsText("It is not UTF-8.");
            page.locator("#file").setInputFiles(file("to_user_id,amount,description\n" + ASHA + ",5,\"Thanks\n"));
            assertThat(page.locator("#file-error")).hasText("A quote is not closed.");
            page.locator("#file").setInputFiles(file("name,points\nAsha,5\n"));
            assertThat(page.locator("#file-error")).containsText("The first line has to name the columns");
            page.locator("#file").setInputFiles(file("to_user_id,amount,description\n\n"));
            assertThat(page.locator("#file-error")).hasText("There are no rows in it.");
            page.locator("#file").setInputFiles(file("to_user_id,amount\n" + (ASHA + ",5\n").repeat(10_001)));
            assertThat(page.locator("#file-error")).containsText("There are more than 10,000 rows.");
            page.locator("#file").setInputFiles(file(longRows("x", 10_000)));
            assertThat(page.locator("#file-error")).containsText("It is longer than 2 MiB.");
            // Of letters that take two bytes each; what is typed before it is checked is kept.
            page.locator("#file").setInputFiles(file(longRows("ä", 1_500)));
            assertThat(page.locator("main")).containsText("has been read. Rows: 1,500.");
            page.locator("#what").fill("Thanks");
            page.locator("#what").press("Enter");
            assertThat(page.locator("#file-error")).containsText("It is longer than 2 MiB.");
            assertThat(page.locator("#what")).hasValue("Thanks");
            pages.assertSound();
            pages.assertFits();
            assertEquals(List.of(), posts());
        }
    }

    private static String longRows(String letter, int rows) {
        return "to_user_id,amount,description\n" + (ASHA + ",5," + letter.repeat(1_000) + "\n").repeat(rows);
    }

    @Test
    void whatThePoolDoesNotHoldIsNotSentAndRowsOutliveAReload() {
        givenAJudge();
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("triton-manager", "/team/campaigns/new");
            page.locator("#file").setInputFiles(file("to_user_id,amount,description\n" + ASHA + ",2000001,Thanks\n"));
            page.getByText("Nobody is awarded").click();
            page.reload();
            assertThat(page.locator("main")).containsText("Diwali.csv has been read. Rows: 1.");
            page.locator("#what").press("Enter");
            assertThat(page.locator("#checked"))
                    .containsText("The pool holds 20,00,000 pts; this needs 20,00,001 pts.");
            assertThat(page.locator("#send")).hasCount(0);
            pages.assertSound();
            assertEquals(
                    BATCHES + "/csv/check?mode=all_or_nothing", posts().get(0).uri());
            services.reply("POST " + BATCHES + "/csv/check", asked -> new ServicesStandIn.Reply(503, "{}", Map.of()));
            page.locator("#back").click();
            page.locator("#what").press("Enter");
            assertThat(page.locator("#refusal")).isFocused();
            assertThat(page.locator("main")).containsText("has been read. Rows: 1.");
        }
    }

    /** Which rule of the company makes it wait, and which one has refused somebody. */
    @Test
    void whatWaitsForApprovalNamesTheRuleThatWantsIt() {
        given(
                "distribution",
                "GET " + BATCHES + "/{id}",
                ONE,
                200,
                campaign("ACCEPTED", 0, 0).put("approval_rule", "large"));
        var refused = new JsonObject()
                .put("line", 7)
                .put("to_user_id", ASHA)
                .put("amount", 100)
                .put("state", "refused")
                .put("reason", "LIMIT_EXCEEDED")
                .put("rule", "month")
                .putNull("distribution_id");
        given("distribution", "GET " + BATCHES + "/{id}/receivers", ONE + "/receivers", 200, page(refused));
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("triton-manager", "/team/campaigns/" + AWARD);
            assertThat(page.getByText("Others must approve it by rule large."))
                    .hasAttribute("href", "/approvals/" + AWARD);
            assertThat(page.locator("table")).containsText("It is rule month.");
            pages.assertSound();
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, LIGHT", "390, DARK"})
    void howFarACampaignHasComeIsShownUntilItIsOver(int width, ColorScheme colours) {
        JsonObject listed = page(campaign("PARTLY_COMPLETED", 9_990, 10))
                .put(
                        "people",
                        new JsonObject()
                                .put(
                                        MANAGER,
                                        new JsonObject()
                                                .put("display_name", "Mia")
                                                .put("active", true)));
        given("distribution", "GET " + BATCHES, listed);
        givenACampaign("ACCEPTED", 4_120, 3);
        givenReceivers("accepted", null);
        try (Pages pages = new Pages(width, colours)) {
            Page page = pages.signIn("triton-manager", "/team/campaigns");
            assertThat(page.locator("table")).containsText("Some were awarded");
            assertThat(page.locator("table")).containsText("Mia");
            pages.assertSound();
            pages.assertFits();
            // A page of which nothing is in this state is not the end.
            given("distribution", "GET " + BATCHES, page().put("next_cursor", "bmV4dA"));
            services.taken();
            page.locator("#state").selectOption("refused");
            assertThat(page.getByText("Load more")).isVisible();
            assertThat(page).hasURL(Pages.CONSOLE + "/team/campaigns?state=refused");
            assertEquals(
                    BATCHES + "?expand=people&state=refused&limit=20",
                    services.taken().get(0).uri());
            given("distribution", "GET " + BATCHES, page());
            page.getByText("Load more").click();
            assertThat(page.locator("main")).containsText("No campaign is in this state.");
            pages.assertSound();

            page.navigate(Pages.CONSOLE + "/team/campaigns/" + AWARD);
            assertThat(page.locator("main")).containsText("4,120 of 10,000 awarded, 3 not");
            assertThat(page.locator("main")).containsText("It goes on by itself.");
            assertThat(page.locator("table")).containsText(HOSTILE);
            pages.assertSound();
            pages.assertFits();
            givenReceivers("refused", "RECEIVER_NOT_ELIGIBLE");
            givenACampaign("PARTLY_COMPLETED", 9_990, 10);
            assertThat(page.locator("main")).containsText("9,990 of 10,000 awarded, 10 not");
            assertThat(page.locator("main")).containsText("10: This person cannot receive points now.");
            assertThat(page.locator("table")).containsText("Not awarded");
            pages.assertSound();
            assertEquals(
                    List.of("to_user_id,amount", ASHA + ",100"), saved(page, "main button:has-text('Save who was not')"));
            page.waitForResponse(
                    response -> response.url().endsWith("state=refused&limit=50"),
                    () -> page.locator("#state").selectOption("refused"));
            assertThat(page).hasURL(Pages.CONSOLE + "/team/campaigns/" + AWARD + "?state=refused");
        }
    }
}
