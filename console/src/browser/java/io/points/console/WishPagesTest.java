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

/** What members ask managers to give, and what managers make of it. */
@QuarkusTest
@QuarkusTestResource(ConsoleSurroundings.class)
class WishPagesTest extends ConsolePages {

    private static final String ALL = "/api/wishes";
    private static final String ONE = ALL + "/" + AWARD;

    private static JsonObject wish(String state, String kind) {
        return new JsonObject()
                .put("wish_id", AWARD)
                .put("state", state)
                .put("kind", kind)
                .put("asked_by", LEAD)
                .put("to_user_id", ASHA)
                .put("amount", 3_000)
                .put("note", HOSTILE)
                .put("created_at", NOW)
                .put("expires_at", state.equals("open") ? NOW : null)
                .put("decided_by", state.equals("open") ? null : MANAGER)
                .put("decided_at", state.equals("open") ? null : NOW)
                .put("decision_reason", state.equals("declined") ? HOSTILE : null)
                .put("distribution_id", state.equals("granted") ? AWARD : null)
                .put("refusal", null);
    }

    private void givenIt(JsonObject wish) {
        given("distribution", "GET " + ALL + "/{id}", ONE, 200, wish);
        given(
                "distribution",
                "POST /api/directory/resolve",
                "/api/directory/resolve",
                200,
                new JsonObject()
                        .put(
                                "items",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("user_id", ASHA)
                                                .put("display_name", "Asha Rao")
                                                .put("active", true))));
    }

    private void givenTheAnswer(String step, JsonObject answer) {
        given("distribution", "POST " + ALL + "/{id}/" + step, ONE + "/" + step, 200, answer);
    }

    @Test
    void somebodyAsksForSomebodyElse() {
        given("distribution", "GET " + ALL, page(wish("open", "nomination")));
        givenSomebodyToThank();
        given("distribution", "POST " + ALL, ALL, 201, wish("open", "nomination"));
        try (Pages pages = new Pages(390, ColorScheme.LIGHT)) {
            Page page = pages.signIn("triton-employee-a", "/wishes");
            assertThat(page.locator("tbody tr")).containsText("Nomination");
            assertThat(page.locator("#kind")).hasCount(0);
            page.locator("#send").click();
            assertThat(page.locator("#amount-error")).containsText("Give a whole number");
            assertThat(page.locator("#note-error")).containsText("Say what it is for");
            pages.assertSound();
            pages.assertFits();
            assertEquals(List.of(), asked(""));
        }
    }

    @Test
    void aLeadAsksForABudget() {
        given("distribution", "GET " + ALL, page());
        given("distribution", "POST " + ALL, ALL, 201, wish("open", "budget"));
        try (Pages pages = new Pages(1280, ColorScheme.DARK)) {
            Page page = pages.signIn("triton-lead", "/wishes");
            assertThat(page.locator("main")).containsText("Nothing is asked for.");
            page.locator("#kind").selectOption("budget");
            assertThat(page.locator("points-picker")).hasCount(0);
            page.locator("#amount").fill("3,000");
            page.locator("#note").fill("For the launch");
            page.locator("#send").press("Enter");
            assertThat(page.locator("#done")).containsText("You have asked for 3,000 pts");
            assertEquals(
                    new JsonObject().put("kind", "budget").put("amount", 3_000).put("note", "For the launch"),
                    new JsonObject(asked("").get(0).body()));
            pages.assertSound();
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, LIGHT", "390, DARK"})
    void aManagerGivesLess(int width, ColorScheme colours) {
        givenIt(wish("open", "nomination"));
        givenTheAnswer("grant", wish("granted", "nomination"));
        try (Pages pages = new Pages(width, colours)) {
            Page page = pages.signIn("triton-manager", "/wishes/" + AWARD);
            assertThat(page.locator(".facts")).containsText("Asha Rao");
            assertThat(page.locator(".facts")).containsText(HOSTILE);
            pages.assertSound();
            pages.assertFits();
            page.locator("#grant").click();
            assertThat(page.locator("#description")).isFocused();
            page.locator("#amount").fill("2000");
            page.locator("#description").fill("Well done");
            assertThat(page.locator("#grant")).hasText("Give 2,000 pts");
            page.locator("#grant").press("Enter");
            assertThat(page.locator("#done")).hasText("It is granted, and on its way.");
            assertEquals(
                    new JsonObject().put("amount", 2_000).put("description", "Well done"),
                    new JsonObject(asked("/" + AWARD + "/grant").get(0).body()));
            assertThat(page.locator("#grant")).hasCount(0);
        }
    }

    @Test
    void aManagerDeclines() {
        givenIt(wish("open", "nomination"));
        givenTheAnswer("decline", wish("declined", "nomination"));
        try (Pages pages = new Pages(1280, ColorScheme.DARK)) {
            Page page = pages.signIn("triton-manager", "/wishes/" + AWARD);
            page.locator("#decline").click();
            assertThat(page.locator("#done")).hasText("It is declined.");
            assertThat(page.locator(".facts")).containsText("What was said");
            assertEquals(
                    new JsonObject(), new JsonObject(asked("/" + AWARD + "/decline").get(0).body()));
        }
    }

    @Test
    void whoeverAskedWithdrawsIt() {
        givenIt(wish("open", "nomination"));
        givenTheAnswer("withdraw", wish("withdrawn", "nomination"));
        try (Pages pages = new Pages(390, ColorScheme.LIGHT)) {
            Page page = pages.signIn("triton-lead", "/wishes/" + AWARD);
            assertThat(page.locator("#grant")).hasCount(0);
            page.locator("#withdraw").click();
            assertThat(page.locator("#done")).hasText("It is withdrawn.");
            pages.assertSound();
        }
    }

    private List<ServicesStandIn.Asked> asked(String step) {
        return posts().stream()
                .filter(asked -> asked.uri().equals(ALL + step))
                .toList();
    }
}
