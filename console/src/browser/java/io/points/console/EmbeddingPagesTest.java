package io.points.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The elements in a customer's own page, which is another site, forbids what it can, and spoils every style. */
@QuarkusTest
@QuarkusTestResource(ConsoleSurroundings.class)
class EmbeddingPagesTest {
    @Test
    void theElementsHoldTheirOwnInAHostilePage() {
        try (Intranet intranet = new Intranet(Pages.CONSOLE);
                Pages pages = new Pages(390, ColorScheme.LIGHT)) {
            // The first one is refused, as one is that has just ended; then both elements get a good one.
            intranet.giveTokens("old", "good");
            Page page = pages.page();
            page.navigate(intranet.url() + "/");
            assertThat(page.locator("points-wallet")).containsText("12,34,567");
            assertThat(page.locator("points-wallet")).containsText("To give");
            assertThat(page.locator("points-wallet")).containsText("+1,000");
            assertThat(page.locator("points-pool-card")).containsText("34,150");
            assertThat(page.locator("points-pool-card")).containsText("The pool is getting low.");
            assertThat(page.locator("points-wallet section")).hasCSS("font-size", "16px");
            assertThat(page.locator("points-wallet section")).hasCSS("color", "rgb(27, 28, 34)");
            assertThat(page.locator("points-wallet")).hasCSS("display", "block");
            assertThat(page.locator("points-pool-card section")).hasCSS("color", "rgb(236, 238, 244)");
            pages.assertSound("points-wallet");
            pages.assertSound("points-pool-card");
            pages.assertFits();
            assertTrue(intranet.asked().stream().allMatch(asked -> asked.getRequestHeaders().getFirst("Cookie") == null
                    && asked.getRequestHeaders().getFirst("Referer") == null));

            // In the language of whoever looks.
            page.evaluate("document.querySelector('points-wallet').locale = 'hi-IN'");
            assertThat(page.locator("points-wallet")).containsText("मेरे अंक");
            page.evaluate("document.querySelector('points-wallet').labels = {wallet: 'Kudos'}");
            assertThat(page.locator("points-wallet h2")).hasText("Kudos");
            page.evaluate("document.querySelector('points-wallet').locale = 'not a locale'");
            assertThat(page.locator("points-wallet")).containsText("Earned");

            // What was read stays, and says that it is old.
            intranet.goAway();
            page.evaluate("document.querySelector('points-wallet').refresh()");
            assertThat(page.locator("points-wallet")).containsText("This may be out of date");
            assertThat(page.locator("points-wallet")).containsText("1,234,567");

            // Somebody else, who is not signed in, sees nothing of it.
            intranet.giveTokens();
            page.evaluate("document.querySelector('points-wallet').tokenProvider = async () => ''");
            assertThat(page.locator("points-wallet")).containsText("Sign in to see your points.");
            assertThat(page.locator("points-wallet").getByText("Go and sign in")).isVisible();
            assertThat(page.locator("points-wallet")).not().containsText("234,567");
            List<?> heard = (List<?>) page.evaluate("heard");
            assertTrue(heard.contains("points-wallet points-ready {}"), heard.toString());
            assertTrue(heard.contains("points-pool-card points-ready {}"), heard.toString());
            assertTrue(heard.contains("points-wallet points-error {\"type\":\"unavailable\"}"), heard.toString());
            assertEquals("points-wallet points-error {\"type\":\"unauthorized\"}", heard.get(heard.size() - 1));
        }
    }
}
