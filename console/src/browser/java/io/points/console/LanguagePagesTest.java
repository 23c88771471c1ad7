package io.points.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The employee's and the manager's pages in another language, and in one that is none and finds what is in no catalogue. */
@QuarkusTest
@QuarkusTestResource(ConsoleSurroundings.class)
class LanguagePagesTest extends ConsolePages {
    /** Texts of the page that are words and have come from no catalogue; times, codes and what people have written aside. */
    private static final String UNTRANSLATED =
            """
            () => {
              const found = [];
              const walk = document.createTreeWalker(document.querySelector('points-console'), NodeFilter.SHOW_TEXT);
              while (walk.nextNode()) {
                const text = walk.currentNode.data.trim();
                const parent = walk.currentNode.parentElement;
                if (/[a-zA-Z]{2,}/.test(text) && !/[áéíóúÁÉÍÓÚ]/.test(text)
                    && !parent.closest('time, code, [dir=auto], .person, [lang], blockquote, .tag')) {
                  found.push(text);
                }
              }
              return found;
            }""";

    /** Buttons, headings and cells whose text is wider than they are. */
    private static final String CUT =
            """
            () => [...document.querySelectorAll('button, .button, h1, h2, label, legend, th, td, dt, dd, p')]
                .filter(it => it.checkVisibility() && it.scrollWidth > it.clientWidth + 1 && getComputedStyle(it).overflowX !== 'visible')
                .map(it => it.textContent.trim())""";

    @BeforeEach
    void answerAsAlways() {
        givenToGive("pool", "good", 34_150L);
        given(
                "distribution",
                "GET /api/allocations/pool",
                new JsonObject()
                        .put("tenant_id", TENANT)
                        .put("balance", 1234567)
                        .put("version", 613)
                        .put("status", "active")
                        .put("as_of", NOW));
        given(
                "distribution",
                "GET /api/feed",
                page(new JsonObject()
                        .put("feed_id", AWARD)
                        .put("kind", "recognition")
                        .put("audience", "tenant")
                        .put("actor_id", MANAGER)
                        .put("receiver_id", ASHA)
                        .put("amount", 1000)
                        .put("message", "धन्यवाद")
                        .put("distribution_id", AWARD)
                        .put("occurred_at", NOW)));
        given(
                "distribution",
                "GET /api/wallets/me",
                new JsonObject()
                        .put("user_id", ASHA)
                        .put("budget", new JsonObject().put("balance", 250).put("entry_number", 1))
                        .put("earned", new JsonObject().put("balance", 1234567).put("entry_number", 2))
                        .put("earned_this_month", 1000)
                        .put(
                                "entries",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("wallet", "earned")
                                                .put("entry_number", 2)
                                                .put("amount", 1000)
                                                .put("balance_after", 1234567)
                                                .put("distribution_id", AWARD)
                                                .put("occurred_at", NOW)))
                        .putNull("next_cursor"));
    }

    private static void speak(Page page, String language) {
        page.evaluate("language => localStorage.setItem('points-language', language)", language);
        page.reload();
        page.locator("main h1").waitFor();
    }

    @Test
    void anEmployeeReadsHindi() {
        try (Pages pages = new Pages(390, ColorScheme.LIGHT)) {
            Page page = pages.signIn("triton-employee-a", "/me");
            assertThat(page.locator("main")).containsText("Earned");
            page.locator("select").filter(new com.microsoft.playwright.Locator.FilterOptions().setHasText("हिन्दी")).selectOption("hi");
            assertThat(page.locator("h1")).hasText("मेरे अंक");
            assertThat(page.locator("html")).hasAttribute("lang", "hi");
            // Digits as everywhere, in groups as in India.
            assertThat(page.locator("main")).containsText("12,34,567");
            pages.assertSound();
            pages.assertFits();
            page.locator("nav a[href='/feed']").click();
            assertThat(page.locator("h1")).hasText("फ़ीड");
            assertThat(page.locator("main")).containsText("को सराहा: 1,000 अंक");
            pages.assertSound();
            page.locator("select").filter(new com.microsoft.playwright.Locator.FilterOptions().setHasText("हिन्दी")).selectOption("auto");
            assertThat(page.locator("h1")).hasText("Feed");
        }
    }

    @Test
    void noTextIsMissingAndNothingIsCutWhereTextsAreLonger() {
        try (Pages pages = new Pages(390, ColorScheme.DARK)) {
            Page page = pages.signIn("triton-manager", "/team");
            speak(page, "en-XA");
            for (String path : List.of("/team", "/team/award", "/team/history", "/team/alerts", "/team/members/import", "/me", "/feed", "/nowhere")) {
                page.navigate(Pages.CONSOLE + path);
                page.locator("main h1").waitFor();
                assertThat(page.locator("main .empty[role=status]")).hasCount(0);
                assertTrue(page.locator("h1").textContent().startsWith("["), page.locator("h1").textContent());
                assertEquals(List.of(), page.evaluate(UNTRANSLATED), path);
                assertEquals(List.of(), page.evaluate(CUT), path);
                pages.assertFits();
            }
        }
    }
}
