package io.points.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A tenant is closed: what it would do, that another administrator decides, how far it is, and that it is called off. */
@QuarkusTest
@QuarkusTestResource(ConsoleSurroundings.class)
class ClosingPagesTest extends ConsolePages {

    private static final String ANY = "/api/platform/tenants/{tenant_id}";
    private static final String ONE = "/api/platform/tenants/" + TENANT;
    private static final String NAME = "Triton Energy <b>";
    private static final String PAGE = "/platform/closing?tenant=" + TENANT;

    private void givenTheTenant(String status) {
        given(
                "allocation",
                "GET " + ANY,
                ONE,
                200,
                new JsonObject()
                        .put("tenant_id", TENANT)
                        .put("name", NAME)
                        .put("status", status)
                        .put("currency", "INR")
                        .put("price_per_point", "1.25")
                        .put("balance", 34_150)
                        .put("pool_version", 613)
                        .put("created_at", NOW)
                        .put("contract_revision", 3)
                        .put("po_number", "PO-7")
                        .putNull("cost_centre")
                        .put("valid_from", NOW)
                        .put("currency_exponent", 2)
                        .putNull("monthly_budget"));
    }

    private void givenNoClosing() {
        given("allocation", "GET /api/platform/proposals", page());
    }

    private void givenTheClosing(JsonObject closing) {
        if (closing.getString("step").equals("proposed")) {
            given(
                    "allocation",
                    "GET /api/platform/proposals",
                    page(ProposalPagesTest.proposal("proposed", MANAGER)
                            .put("kind", "closing")
                            .putNull("amount")
                            .put("reserved", 0)
                            .put("reserved_text", "0")));
        } else {
            givenNoClosing();
        }
        given("allocation", "GET " + ANY + "/closing", ONE + "/closing", 200, closing);
    }

    private static JsonObject closing(String step) {
        boolean begun = !List.of("proposed", "not_approved").contains(step);
        boolean recalled = begun && !step.equals("recalling");
        boolean ended = step.equals("closed");
        return new JsonObject()
                .put("closing_id", AWARD)
                .put("tenant_id", TENANT)
                .put("step", step)
                .put("earned_until", "2027-03-31")
                .put("unspent", "credit")
                .put("earned_then", "expire")
                .put("reason", HOSTILE)
                .put("proposed_by", MANAGER)
                .put("proposed_at", NOW)
                .put("approved_by", begun ? LEAD : null)
                .put("begun_at", begun ? NOW : null)
                .put("recalled", recalled ? 4_000 : 0)
                .put("recalled_text", recalled ? "4000" : "0")
                .put("recalled_at", recalled ? NOW : null)
                .put("emptied", ended ? 250 : 0)
                .put("emptied_text", ended ? "250" : "0")
                .put("emptied_at", ended ? NOW : null)
                .put("drained", ended ? 38_150 : 0)
                .put("drained_text", ended ? "38150" : "0")
                .put("closed_at", ended ? NOW : null)
                .put("called_off_at", step.equals("called_off") ? NOW : null)
                .putNull("erasure_requested_at")
                .putNull("people_erased_at")
                .putNull("people_erased")
                .putNull("call_off_id");
    }

    @ParameterizedTest
    @CsvSource({"not_approved, was not approved", "called_off, was called off"})
    void whatHasComeOfTheClosingBeforeIsAboveTheFormOfTheNext(String step, String said) {
        givenTheTenant("active");
        given(
                "allocation",
                "GET /api/platform/proposals",
                page(ProposalPagesTest.proposal("approved", MANAGER)
                        .put("kind", "closing")
                        .putNull("amount")
                        .put("reserved", 0)
                        .put("reserved_text", "0")));
        given("allocation", "GET " + ANY + "/closing", ONE + "/closing", 200, closing(step));
        try (Pages pages = new Pages(390, ColorScheme.LIGHT)) {
            Page page = pages.signIn("admin", PAGE);
            page.locator("summary").click();
            assertThat(page.locator(".facts")).containsText(said);
            assertThat(page.locator("#until")).isVisible();
            pages.assertSound();
            pages.assertFits();
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, LIGHT", "390, DARK"})
    void whoeverProposesItReadsWhatItWouldDoAndTypesTheName(int width, ColorScheme colours) {
        givenTheTenant("active");
        givenNoClosing();
        given(
                "allocation",
                "POST " + ANY + "/close/check",
                ONE + "/close/check",
                200,
                new JsonObject()
                        .put("tenant_id", TENANT)
                        .put("earned_until", "2027-03-31")
                        .put("in_pool", 34_150)
                        .put("in_pool_text", "34150")
                        .put("in_budgets", 4_000)
                        .put("in_budgets_text", "4000")
                        .put("in_flight", 0)
                        .put("in_flight_text", "0")
                        .put("earned", 900)
                        .put("earned_text", "900")
                        .put("credited", 38_150)
                        .put("credited_text", "38150")
                        .put("expired", 900)
                        .put("expired_text", "900")
                        .put("schedules", 2));
        given("allocation", "POST " + ANY + "/close", ONE + "/close", 202, closing("proposed"));
        try (Pages pages = new Pages(width, colours)) {
            Page page = pages.signIn("admin", PAGE);
            assertThat(page.locator("main")).containsText("the tenant stays closed for ever");
            services.taken();
            page.getByText("Review").click();
            assertThat(page.locator("#until-error")).hasText("Choose a day.");
            assertThat(page.locator("#reason-error")).containsText("another administrator decides by it");
            assertThat(page.locator("#until")).isFocused();
            assertEquals(List.of(), posts());
            pages.assertSound();
            page.locator("#until").fill("2027-03-31");
            page.locator("#reason").fill("The contract ends");
            page.locator("#reason").press("Enter");
            assertThat(page.locator("#name")).isFocused();
            assertThat(page.locator(".facts")).containsText("38,150");
            assertThat(page.locator(".facts")).containsText("900");
            pages.assertSound();
            pages.assertFits();
            page.locator("#name").fill("Triton");
            page.locator("#send").click();
            assertThat(page.locator("#name-error")).hasText("This is not the tenant's name.");
            page.locator("#name").fill(NAME);
            services.taken();
            page.locator("#send").dblclick();
            assertThat(page.locator("#done")).containsText("Another administrator has to approve it");
            assertThat(page.locator("#done")).isFocused();
            assertThat(page.locator("main a[href='/platform/proposals/" + AWARD + "']")).isVisible();
            List<ServicesStandIn.Asked> posts = posts();
            assertEquals(List.of(ONE + "/close"), posts.stream().map(ServicesStandIn.Asked::uri).toList());
            assertEquals(
                    new JsonObject()
                            .put("reason", "The contract ends")
                            .put("earned_until", "2027-03-31")
                            .put("unspent", "credit")
                            .put("earned_then", "expire"),
                    new JsonObject(posts.get(0).body()));
            pages.assertSound();
        }
    }

    @Test
    void whatNoClosingCanBeIsSaidAndNothingIsSent() {
        givenTheTenant("active");
        givenTheClosing(closing("not_approved"));
        given(
                "allocation",
                "POST " + ANY + "/close/check",
                ONE + "/close/check",
                422,
                new JsonObject()
                        .put("type", "urn:points:problem:invalid-closing")
                        .put("title", "A tenant cannot be closed so")
                        .put("status", 422)
                        .put("detail", "earned_until must be at least 30 days ahead"));
        try (Pages pages = new Pages(390, ColorScheme.LIGHT)) {
            Page page = pages.signIn("admin", PAGE);
            page.locator("#until").fill("2026-12-01");
            page.locator("#earned-then").selectOption("credit");
            page.locator("#reason").fill("x");
            page.locator("#reason").press("Enter");
            assertThat(page.locator("#refusal")).containsText("A tenant cannot be closed so.");
            assertThat(page.locator("#refusal")).isFocused();
            assertThat(page.locator("#until")).hasValue("2026-12-01");
            pages.assertSound();
        }
    }

    @Test
    void howFarItIsIsShownAndItCanBeCalledOff() {
        givenTheTenant("closing");
        givenTheClosing(closing("waiting"));
        given(
                "allocation",
                "POST " + ANY + "/close/call-off",
                ONE + "/close/call-off",
                202,
                ProposalPagesTest.proposal("proposed", MANAGER)
                        .put("kind", "calling_off")
                        .putNull("amount")
                        .put("reserved", 0)
                        .put("reserved_text", "0"));
        try (Pages pages = new Pages(1280, ColorScheme.DARK)) {
            Page page = pages.signIn("admin", "/platform/tenants/" + TENANT);
            assertThat(page.locator("main .notice")).containsText("This tenant is being closed");
            assertThat(page.getByText("Suspend")).hasCount(0);
            page.getByText("How far the closing is").click();
            assertThat(page.locator("ol.steps li").nth(1)).containsText("4,000");
            assertThat(page.locator("ol.steps li").nth(2)).containsText("not yet");
            assertThat(page.locator(".facts")).containsText("earned points can still be used");
            pages.assertSound();
            services.taken();
            page.locator("#why").press("Enter");
            assertThat(page.locator("#why-error")).isVisible();
            assertThat(page.locator("#why")).isFocused();
            assertEquals(List.of(), posts());
            page.locator("#why").fill("They stay");
            page.locator("#why").press("Enter");
            assertThat(page.locator("#done")).isFocused();
            assertEquals(
                    new JsonObject().put("reason", "They stay"),
                    new JsonObject(posts().get(0).body()));
            pages.assertSound();
        }
    }

    @ParameterizedTest
    @CsvSource({"proposed", "recalling", "draining", "closed"})
    void eachStepHasItsPage(String step) {
        givenTheTenant(step.equals("proposed") ? "active" : step.equals("closed") ? "closed" : "closing");
        givenTheClosing(closing(step));
        try (Pages pages = new Pages(390, ColorScheme.LIGHT)) {
            Page page = pages.signIn("admin", PAGE);
            assertThat(page.locator(".facts")).containsText("31 Mar 2027");
            assertThat(page.locator("ol.steps")).hasCount(step.equals("proposed") ? 0 : 1);
            assertThat(page.locator("#why")).hasCount(step.equals("recalling") ? 1 : 0);
            if (step.equals("closed")) {
                assertThat(page.locator("ol.steps")).containsText("38,150");
            }
            pages.assertSound();
            pages.assertFits();
        }
    }
}
