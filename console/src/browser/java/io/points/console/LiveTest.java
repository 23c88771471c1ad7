package io.points.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pages that are told when to look again. */
@QuarkusTest
@QuarkusTestResource(ConsoleSurroundings.class)
class LiveTest extends ConsolePages {
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final String ITEM = "019ac0de-5a1f-7c3e-9b1d-3f2e1d0c9b8";

    private void givenAPool(long balance) {
        given(
                "distribution",
                "GET /api/allocations/pool",
                new JsonObject()
                        .put("tenant_id", TENANT)
                        .put("balance", balance)
                        .put("version", 613)
                        .put("status", "active")
                        .put("as_of", NOW));
    }

    /** @param newest which of the items comes first */
    private void givenAFeed(int newest) {
        JsonArray items = new JsonArray();
        for (int i = newest; i >= 1; i--) {
            items.add(new JsonObject()
                    .put("feed_id", ITEM + i)
                    .put("kind", "allocation")
                    .put("audience", "managers")
                    .putNull("actor_id")
                    .putNull("receiver_id")
                    .put("amount", 1000 * i)
                    .putNull("message")
                    .putNull("value")
                    .putNull("distribution_id")
                    .put("occurred_at", NOW));
        }
        given("distribution", "GET /api/feed", new JsonObject().put("items", items).putNull("next_cursor"));
    }

    /** At least one of three tries, for the machine may be busy. */
    @Test
    void aPoolThatFallsIsSeenWithinTwoSeconds() {
        givenAPool(50_000);
        givenAFeed(1);
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("triton-manager", "/team");
            assertThat(page.locator("output")).hasText("50,000");
            await().until(() -> services.events().open() == 1);
            List<Duration> took = new ArrayList<>();
            for (int left = 999; left > 996 && took.stream().noneMatch(it -> it.compareTo(SOON) < 0); left--) {
                givenAPool(left);
                long began = System.nanoTime();
                services.events().changed("{\"pool\":\"" + left + "\"}");
                assertThat(page.locator("output")).hasText(Integer.toString(left));
                took.add(Duration.ofNanos(System.nanoTime() - began));
            }
            assertTrue(took.stream().anyMatch(it -> it.compareTo(SOON) < 0), took::toString);
            pages.assertSound();
        }
    }

    @Test
    void allTabsShareOneStreamAndTheNextTakesItOver() {
        givenAPool(50_000);
        givenAFeed(1);
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page first = pages.signIn("triton-manager", "/team");
            Page second = pages.context().newPage();
            second.navigate(Pages.CONSOLE + "/team");
            assertThat(second.locator("output")).hasText("50,000");
            await().until(() -> services.events().open() == 1);
            givenAPool(900);
            services.events().changed("{\"pool\":\"2\"}");
            assertThat(first.locator("output")).hasText("900");
            assertThat(second.locator("output")).hasText("900");
            assertEquals(1, services.events().open());
            first.close();
            givenAPool(800);
            services.events().changed("{\"pool\":\"3\"}");
            assertThat(second.locator("output")).hasText("800");
            await().until(() -> services.events().open() == 1);
            givenAPool(700);
            services.events().changed("{\"pool\":\"4\"}");
            assertThat(second.locator("output")).hasText("700");
        }
    }

    @Test
    void withoutAStreamThePageAsksAndSaysOfWhenItIs() {
        givenAPool(50_000);
        givenAFeed(1);
        try (Pages pages = Pages.withAClock(390, ColorScheme.DARK)) {
            Page page = pages.signIn("triton-manager", "/team");
            await().until(() -> services.events().open() == 1);
            assertThat(page.locator(".behind")).hasCount(0);
            services.events().fail();
            pages.skipUntil(() -> page.locator(".behind").count() == 1);
            assertThat(page.locator(".behind")).containsText("Not live: as of");
            pages.assertSound();
            pages.assertFits();
            givenAPool(900);
            services.events().changed("{\"pool\":\"2\"}");
            pages.skipUntil(() -> page.locator("output").textContent().equals("900"));
            services.events().flow();
            pages.skipUntil(() -> page.locator(".behind").count() == 0);
        }
    }

    /** Nothing moves under somebody who reads. */
    @Test
    void aLongFeedSaysThatThereIsMoreAndAShortOneShowsIt() {
        givenAPool(50_000);
        givenAFeed(1);
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("triton-manager", "/feed");
            assertThat(page.locator(".feed li")).hasCount(1);
            await().until(() -> services.events().open() == 1);
            givenAFeed(2);
            services.events().changed("{\"feed\":\"2\"}");
            assertThat(page.getByText("Show what is new")).isVisible();
            assertThat(page.locator(".feed li")).hasCount(1);
            pages.assertSound();
            page.getByText("Show what is new").press("Enter");
            assertThat(page.locator(".feed li")).hasCount(2);
            assertThat(page.getByText("Show what is new")).hasCount(0);
            page.navigate(Pages.CONSOLE + "/team");
            assertThat(page.locator(".feed li")).hasCount(2);
            await().until(() -> services.events().open() == 1);
            givenAFeed(3);
            services.events().changed("{\"feed\":\"3\"}");
            assertThat(page.locator(".feed li")).hasCount(3);
        }
    }

    @Test
    void whoHasNothingToBeToldOfHasNoStream() {
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            pages.signIn("auditor", "/audit");
            assertEquals(0, services.events().asked());
        }
    }
}
