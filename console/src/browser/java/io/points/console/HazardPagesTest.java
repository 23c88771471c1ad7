package io.points.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

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

/** Bad input and bad luck that belong to no single page: each has its sentence, nothing is sent twice, and nothing typed is lost. */
@QuarkusTest
@QuarkusTestResource(ConsoleSurroundings.class)
class HazardPagesTest extends ConsolePages {
    private static final String ALLOCATE = "/api/platform/allocations/allocate";

    private void givenATenant() {
        given(
                "allocation",
                "GET /api/platform/tenants/{tenant_id}",
                "/api/platform/tenants/" + TENANT,
                200,
                new JsonObject()
                        .put("tenant_id", TENANT)
                        .put("name", HOSTILE)
                        .put("status", "active")
                        .put("currency", "INR")
                        .put("price_per_point", "1")
                        .put("balance", 0)
                        .put("contract_revision", 1)
                        .put("currency_exponent", 2));
        given(
                "allocation",
                "POST " + ALLOCATE + "/check",
                ALLOCATE + "/check",
                200,
                new JsonObject()
                        .put("tenant_id", TENANT)
                        .put("amount", 500)
                        .put("balance_before", 0)
                        .put("balance_after", 500)
                        .put("currency", "INR")
                        .put("billed_cost", "500.00")
                        .putNull("budget")
                        .putNull("reference_used_by"));
        given(
                "allocation",
                "POST " + ALLOCATE,
                ALLOCATE,
                201,
                new JsonObject()
                        .put("allocation_id", AWARD)
                        .put("kind", "allocation")
                        .put("tenant_id", TENANT)
                        .put("amount", 500)
                        .put("currency", "INR")
                        .put("price_per_point", "1")
                        .put("balance_after", 500));
    }

    private static void allocate(Page page) {
        page.locator("#amount").fill("500");
        page.locator("#note").fill("Invoice #7");
        page.locator("#note").press("Enter");
        page.locator("#send").press("Enter");
        assertThat(page.locator("#done")).containsText("500 pts are in the pool of");
    }

    @Test
    void theBackButtonAfterSendingLeadsToAnEmptyFormAndTwoTabsHaveAFormEach() {
        givenATenant();
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("admin", "/platform/allocate?tenant=" + TENANT);
            services.taken();
            allocate(page);
            page.locator("nav a[href='/platform/alerts']").click();
            assertThat(page.locator("main h1")).hasText("Alerts");
            page.goBack();
            assertThat(page.locator("#amount")).hasValue("");
            page.reload();
            assertThat(page.locator("#amount")).hasValue("");
            Page other = pages.context().newPage();
            other.navigate(Pages.CONSOLE + "/platform/allocate?tenant=" + TENANT);
            page.locator("#note").fill("Half a note");
            assertThat(other.locator("#note")).hasValue("");
            allocate(other);
            assertThat(page.locator("#note")).hasValue("Half a note");
            List<ServicesStandIn.Asked> sent =
                    posts().stream().filter(asked -> asked.uri().equals(ALLOCATE)).toList();
            assertEquals(2, sent.size());
            assertNotEquals(
                    sent.get(0).headers().get("idempotency-key"), sent.get(1).headers().get("idempotency-key"));

            // Whoever signs out in one tab is signed out in the other too, where what was typed stays.
            pages.context().clearCookies();
            page.locator("nav a[href='/platform/alerts']").click();
            assertThat(page.locator(".banner")).containsText("You were signed out. Your entries are kept.");
            pages.assertSound();
        }
    }

    @Test
    void aServiceThatIsAwayOrSlowIsSaidToBe() {
        try (Pages pages = new Pages(390, ColorScheme.DARK)) {
            Page page = pages.signIn("auditor", "/audit/records");
            for (int status : List.of(502, 503, 504)) {
                services.reply("GET /api/audit/records", asked -> new ServicesStandIn.Reply(status, "{}", Map.of()));
                page.reload();
                assertThat(page.locator("main")).containsText("The service does not answer at the moment.");
                assertThat(page.locator("main")).not().containsText("Nothing has been recorded.");
            }
            pages.assertSound();
            pages.assertFits();
            services.reply(
                    "GET /api/audit/records",
                    asked -> new ServicesStandIn.Reply(200, "{\"items\":[],\"next_cursor\":null}", Map.of()));
            page.locator("main .notice button").first().press("Enter");
            assertThat(page.locator("main")).containsText("Nothing has been recorded.");
        }
    }

    private static void answerSession(Page page, JsonObject session) {
        page.route("**/bff/session", route -> route.fulfill(new Route.FulfillOptions()
                .setContentType("application/json")
                .setBody(session.encode())));
        page.reload();
    }

    @Test
    void whoHasNoRoleNoTenantOrNoSessionIsToldWhatToDo() {
        try (Pages pages = new Pages(390, ColorScheme.LIGHT)) {
            Page page = pages.signIn("finance", "/finance/entries");
            // Another site's address is none of ours.
            page.navigate(Pages.CONSOLE + "/bff/login?to=//evil.example/%5C");
            assertThat(page).hasURL(Pages.CONSOLE + "/finance");
            JsonObject session = new JsonObject()
                    .put("authenticated", true)
                    .put("user", new JsonObject().put("id", ASHA).put("username", HOSTILE).put("name", HOSTILE))
                    .put("roles", new JsonArray())
                    .putNull("tenant_id");
            answerSession(page, session);
            assertThat(page.locator("main h1")).hasText("Your account has no role here");
            assertThat(page.locator("main")).containsText(ASHA);
            pages.assertSound();
            pages.assertFits();
            page.unroute("**/bff/session");
            answerSession(page, session.put("roles", new JsonArray().add("manager")));
            assertThat(page.locator("main")).containsText("Your account belongs to no company.");
            pages.assertSound();
            page.unroute("**/bff/session");
            pages.context().cookies().stream()
                    .filter(cookie -> cookie.name.startsWith("q_session"))
                    .forEach(cookie -> {
                        cookie.value = cookie.value.substring(0, cookie.value.length() / 2);
                        pages.context().addCookies(List.of(cookie));
                    });
            page.reload();
            assertThat(page.locator(".welcome button")).hasText("Sign in");
            pages.assertSound();
        }
    }
}
