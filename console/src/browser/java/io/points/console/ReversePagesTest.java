package io.points.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An award is taken back: what comes of it is said first, and what if the wallet holds less. */
@QuarkusTest
@QuarkusTestResource(ConsoleSurroundings.class)
class ReversePagesTest extends ConsolePages {
    private static final String REVERSAL = "019ac0dd-5a1f-7c3e-9b1d-3f2e1d0c9b8d";
    private static final String ROUTE = "/api/allocations/distributions/{id}";
    private static final String ONE = "/api/allocations/distributions/" + AWARD;

    private static JsonObject people(JsonObject distribution) {
        return distribution.put(
                "people",
                new JsonObject()
                        .put(ASHA, new JsonObject().put("display_name", "Asha Rao").put("active", true))
                        .put(LEAD, new JsonObject().put("display_name", "Lin").put("active", true)));
    }

    private static JsonObject reversal(String state) {
        return people(distribution(state)
                .put("distribution_id", REVERSAL)
                .put("kind", "reversal")
                .put("reverses", AWARD)
                .put("description", "Wrong person")
                .putNull("recognition"));
    }

    private static JsonObject check(long amount, long missing, String to, String budget) {
        return new JsonObject()
                .put("award_id", AWARD)
                .put("user_id", ASHA)
                .put("amount", amount)
                .put("missing", missing)
                .put("balance_before", 1_250)
                .put("balance_after", 1_250 - amount)
                .put("to", to)
                .put("budget_user_id", budget)
                .put("approval_needed", false);
    }

    @BeforeEach
    void givenAnAward() {
        given("distribution", "GET " + ROUTE, ONE, 200, people(distribution("COMPLETED")));
    }

    @ParameterizedTest
    @CsvSource({"1280, LIGHT", "390, DARK"})
    void whatComesOfItIsSaidFirst(int width, ColorScheme colours) {
        given("distribution", "POST " + ROUTE + "/reverse/check", ONE + "/reverse/check", 200, check(1_000, 0, "pool", null));
        given("distribution", "POST " + ROUTE + "/reverse", ONE + "/reverse", 201, reversal("COMPLETED"));
        try (Pages pages = new Pages(width, colours)) {
            Page page = pages.signIn("triton-manager", "/d/" + AWARD);
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Take back"))
                    .press("Enter");
            assertThat(page.locator("main")).containsText("1,000 pts that Asha Rao was given are to be taken back.");
            page.locator("#why").press("Enter");
            assertThat(page.locator("#why-error")).hasText("Say why.");
            page.locator("#why").fill("Wrong person");
            pages.assertSound();
            pages.assertFits();
            page.locator("#why").press("Enter");
            assertThat(page.locator("#send")).isFocused();
            assertThat(page.locator(".facts")).containsText("1,250 → 250 pts");
            pages.assertSound();
            pages.assertFits();
            var sent = new JsonObject().put("reason", "Wrong person").put("shortfall", "refuse");
            assertEquals(sent, new JsonObject(posts().get(0).body()));
            page.keyboard().press("Enter");
            assertThat(page.locator("#done")).hasText("1,000 pts are back where they came from.");
            assertEquals(sent, new JsonObject(posts().get(0).body()));
            pages.assertSound();
        }
    }

    @Test
    void whatIsLeftCanBeTakenIfThatIsMeant() {
        given(
                "distribution",
                "POST " + ROUTE + "/reverse/check",
                ONE + "/reverse/check",
                409,
                new JsonObject()
                        .put("type", "urn:points:problem:shortfall")
                        .put("title", "The wallet holds less than the award; no points were moved")
                        .put("status", 409)
                        .put("balance", 400));
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("triton-manager", "/d/" + AWARD + "/reverse");
            page.locator("#why").fill("Wrong person");
            page.locator("#why").press("Enter");
            assertThat(page.locator("#refusal")).isFocused();
            pages.assertSound();
            given("distribution", "POST " + ROUTE + "/reverse/check", ONE + "/reverse/check", 200, check(400, 600, "budget", LEAD));
            posts();
            page.locator("#there").press("Enter");
            assertThat(page.locator(".facts")).containsText("Budget of Lin: +400 pts");
            assertThat(page.locator("main")).containsText("600 pts of it are not there any more");
            assertEquals(
                    new JsonObject().put("reason", "Wrong person").put("shortfall", "what_is_there"),
                    new JsonObject(posts().get(0).body()));
        }
    }

    @Test
    void itIsOfferedOnlyForWhatCanBeTakenBack() {
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            given("distribution", "GET " + ROUTE, ONE, 200, people(distribution("COMPLETED").put("reversed_by", REVERSAL)));
            Page page = pages.signIn("triton-manager", "/d/" + AWARD);
            assertThat(page.locator("dl a")).hasText("Award taken back");
            assertThat(page.locator("a[href$=reverse]")).hasCount(0);
            given("distribution", "GET " + ROUTE, ONE, 200, people(distribution("COMPLETED")));
            pages.signIn("triton-employee-a", "/d/" + AWARD);
            assertThat(page.locator("main dl")).containsText("1,000 pts");
            assertThat(page.locator("a[href$=reverse]")).hasCount(0);
        }
    }
}
