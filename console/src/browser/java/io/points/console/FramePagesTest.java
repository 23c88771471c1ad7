package io.points.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What surrounds every page: keys, the way to anything by its name, settings, and what is said while offline or outdated. */
@QuarkusTest
@QuarkusTestResource(ConsoleSurroundings.class)
class FramePagesTest extends ConsolePages {
    private static JsonObject asha() {
        return new JsonObject()
                .put("user_id", ASHA)
                .put("role", "employee")
                .put("active", true)
                .put("display_name", "Asha <i>Rao</i>")
                .putNull("email")
                .put("revision", 1)
                .put("updated_at", NOW);
    }

    @Test
    void keysLeadToPagesUnlessSomebodyTypesOrHasSwitchedThemOff() {
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("triton-manager", "/team/members");
            assertThat(page.locator("main .empty")).hasText("Nobody is a member yet.");
            page.keyboard().press("?");
            assertThat(page.locator("dialog h2")).hasText("Settings");
            assertThat(page.locator("dialog table")).containsText("g f");
            pages.assertSound("dialog");
            page.keyboard().press("g");
            page.keyboard().press("f");
            page.keyboard().press("Escape");
            assertThat(page.locator("dialog")).hasCount(0);
            page.keyboard().press("/");
            assertThat(page.locator("#q")).isFocused();
            page.keyboard().type("gf?/");
            assertThat(page.locator("#q")).hasValue("gf?/");
            assertThat(page.locator("dialog")).hasCount(0);
            assertThat(page).hasURL(Pages.CONSOLE + "/team/members");
            page.locator("#q").blur();
            page.keyboard().press("g");
            page.keyboard().press("f");
            assertThat(page).hasURL(Pages.CONSOLE + "/feed");
            assertThat(page.locator("main h1")).isFocused();
            // A letter alone, and one that leads nowhere.
            page.keyboard().press("p");
            page.keyboard().press("g");
            page.keyboard().press("z");
            page.keyboard().press("p");
            assertThat(page).hasURL(Pages.CONSOLE + "/feed");

            page.locator("header button", new Page.LocatorOptions().setHasText("Settings")).press("Enter");
            page.locator("#shortcuts").press("Space");
            assertThat(page.locator("dialog table")).hasCount(0);
            page.locator("dialog button").press("Enter");
            assertThat(page.locator("dialog")).hasCount(0);
            assertThat(page.locator("header button", new Page.LocatorOptions().setHasText("Settings"))).isFocused();
            page.keyboard().press("?");
            page.keyboard().press("g");
            page.keyboard().press("p");
            page.keyboard().press("Control+k");
            assertThat(page.locator("dialog h2")).hasText("Go to");
            assertThat(page).hasURL(Pages.CONSOLE + "/feed");
            pages.assertSound();
        }
    }

    @Test
    void anythingIsFoundByItsNameOrItsId() {
        given("distribution", "GET /api/members", page(asha()));
        given("distribution", "GET /api/members/{user_id}", "/api/members/" + ASHA, 200, asha());
        given(
                "distribution",
                "GET /api/wallets/{user_id}",
                "/api/wallets/" + ASHA,
                200,
                new JsonObject()
                        .put("user_id", ASHA)
                        .put("budget", new JsonObject().put("balance", 0).put("entry_number", 0))
                        .put("earned", new JsonObject().put("balance", 0).put("entry_number", 0))
                        .put("entries", new JsonArray())
                        .putNull("next_cursor"));
        try (Pages pages = new Pages(390, ColorScheme.DARK)) {
            Page page = pages.signIn("triton-manager", "/feed");
            assertThat(page.locator("main .empty")).isVisible();
            page.keyboard().press("Control+k");
            assertThat(page.locator("#jump")).isFocused();
            assertThat(page.locator(".jump")).containsText("Campaigns");
            services.taken();
            page.locator("#jump").fill("asha");
            assertThat(page.locator(".jump a")).hasText("Asha <i>Rao</i> Member");
            pages.assertSound("dialog");
            pages.assertFits();
            assertEquals(
                    List.of("/api/members?q=asha&limit=20"),
                    services.taken().stream()
                            .map(ServicesStandIn.Asked::uri)
                            .filter(uri -> !uri.startsWith("/api/feed"))
                            .toList());
            page.keyboard().press("ArrowDown");
            assertThat(page.locator(".jump a")).isFocused();
            page.keyboard().press("Enter");
            assertThat(page).hasURL(Pages.CONSOLE + "/team/members/" + ASHA);
            assertThat(page.locator("dialog")).hasCount(0);
            assertThat(page.locator("main h1")).isFocused();

            page.keyboard().press("Control+k");
            page.locator("#jump").fill(AWARD);
            assertThat(page.locator(".jump a")).hasCount(3);
            assertTrue(services.all().stream().noneMatch(asked -> asked.uri().contains(AWARD)));
            assertThat(page.locator(".jump a").first()).hasAttribute("href", "/d/" + AWARD);
            services.reply("GET /api/members", asked -> new ServicesStandIn.Reply(503, "{}", Map.of()));
            page.locator("#jump").fill("zz");
            assertThat(page.locator("#jump-error")).hasText("This could not be read");
            assertThat(page.locator("dialog")).not().containsText("Nothing is called that.");
            given("distribution", "GET /api/members", page());
            page.locator("#jump").fill("zzz");
            assertThat(page.locator("dialog")).containsText("Nothing is called that.");
            page.locator("#jump").fill("hist");
            page.locator("#jump").press("Enter");
            assertThat(page).hasURL(Pages.CONSOLE + "/team/history");
        }
    }

    @Test
    void numbersAreGroupedAsSomebodyHasChosen() {
        given("allocation", "GET /api/platform/tenants/{tenant_id}", "/api/platform/tenants/" + TENANT, 200, tenant());
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("admin", "/platform/budget?tenant=" + TENANT);
            assertThat(page.locator("#budget-hint")).hasText("Now: 12,34,567 pts");
            page.locator("#budget").fill("9");
            page.keyboard().press("Control+k");
            assertThat(page.locator("#jump")).isFocused();
            page.keyboard().press("Escape");
            assertThat(page.locator("dialog")).hasCount(0);
            page.locator("header button", new Page.LocatorOptions().setHasText("Settings")).click();
            assertThat(page.locator("#numbers-hint")).hasText("For example 12,34,567");
            page.locator("#numbers").selectOption("en-US");
            assertThat(page.locator("#budget-hint")).hasText("Now: 1,234,567 pts");
            assertThat(page.locator("#budget")).hasValue("9");
            page.keyboard().press("Control+k");
            page.locator("#jump").fill("over");
            assertThat(page.locator(".jump a").first()).hasText("Overview Page");
        }
    }

    private static JsonObject tenant() {
        return new JsonObject()
                .put("tenant_id", TENANT)
                .put("name", HOSTILE)
                .put("status", "active")
                .put("currency", "INR")
                .put("price_per_point", "1.25")
                .put("balance", 34_150)
                .put("pool_version", 613)
                .put("created_at", NOW)
                .put("contract_revision", 1)
                .putNull("po_number")
                .putNull("cost_centre")
                .put("valid_from", NOW)
                .put("currency_exponent", 2)
                .put("monthly_budget", 1_234_567);
    }

    @Test
    void whileOfflineNothingIsSentAndNothingIsLost() {
        String budget = "/api/platform/tenants/" + TENANT + "/budget";
        given("allocation", "GET /api/platform/tenants/{tenant_id}", "/api/platform/tenants/" + TENANT, 200, tenant());
        given("allocation", "PUT /api/platform/tenants/{tenant_id}/budget", budget, 200, tenant().put("monthly_budget", 7));
        try (Pages pages = Pages.alone(390, ColorScheme.LIGHT)) {
            Page page = pages.signIn("admin", "/platform/budget?tenant=" + TENANT);
            page.locator("#budget").fill("7");
            page.locator("#budget").press("Enter");
            assertThat(page.locator("#send")).isEnabled();
            services.taken();
            pages.context().setOffline(true);
            assertThat(page.locator("#offline")).containsText("Nothing can be sent until you are back");
            assertThat(page.locator("#send")).isDisabled();
            pages.assertSound();
            pages.assertFits();
            pages.context().setOffline(false);
            assertThat(page.locator("#offline")).hasCount(0);
            assertThat(page.locator("main")).containsText("12,34,567 pts → 7 pts");
            page.locator("#send").click();
            assertThat(page.locator("#done")).hasText("The budget is 7 pts a month.");
            assertEquals(1, services.taken().stream().filter(asked -> asked.method().equals("PUT")).count());
        }
    }

    @Test
    void aNewVersionIsSaidAndNeverTakenByItself() {
        try (Pages pages = Pages.alone(1280, ColorScheme.DARK)) {
            Page page = pages.signIn("triton-manager", "/team/members/new");
            page.locator("#name").fill("Half a name");
            page.evaluate("window.stays = true");
            // The files of this version are not there any more.
            page.route("**/assets/campaigns-*.js", route -> route.fulfill(new Route.FulfillOptions().setStatus(404)));
            page.route(
                    Pages.CONSOLE + "/",
                    route -> route.fulfill(new Route.FulfillOptions()
                            .setContentType("text/html")
                            .setBody("<script type=\"module\" src=\"/assets/boot-NEWER.js\"></script>")));
            page.locator("nav a[href='/team/campaigns']").click();
            assertThat(page.locator("main")).containsText("This could not be read");
            assertThat(page.locator(".banner")).containsText("A new version is ready.");
            pages.assertSound();
            assertTrue((boolean) page.evaluate("window.stays === true"));
            page.unroute("**/assets/campaigns-*.js");
            page.unroute(Pages.CONSOLE + "/");
            page.locator(".banner button").press("Enter");
            assertThat(page.locator("main h1")).hasText("Campaigns");
            assertThat(page.locator(".banner")).hasCount(0);
            page.navigate(Pages.CONSOLE + "/team/members/new");
            assertThat(page.locator("#name")).hasValue("Half a name");
        }
    }
}
