package io.points.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a tenant's people have given, as the manager looks for it. */
@QuarkusTest
@QuarkusTestResource(ConsoleSurroundings.class)
class HistoryPagesTest extends ConsolePages {
    private static final String HISTORY = "GET /api/allocations/history/tenant";

    private static JsonObject asha() {
        return new JsonObject()
                .put("user_id", ASHA)
                .put("role", "employee")
                .put("active", true)
                .put("display_name", "Asha Rao")
                .putNull("email")
                .put("revision", 1)
                .put("updated_at", NOW);
    }

    @Test
    void distributionsAreFoundByPersonKindAndDay() {
        given(
                "distribution",
                HISTORY,
                page(distribution("COMPLETED"))
                        .put(
                                "people",
                                new JsonObject()
                                        .put(ASHA, new JsonObject().put("display_name", "Asha Rao").put("active", true))));
        given("distribution", "GET /api/members", page(asha()));
        given("distribution", "GET /api/members/{user_id}", "/api/members/" + ASHA, 200, asha());
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("triton-manager", "/team/history?from=0002-01-01&kind=nonsense&member=%27");
            assertThat(page.locator("table")).containsText("Asha Rao");
            assertThat(page.locator("#from")).hasValue("");
            tabTo(page, "vaadin-combo-box input");
            page.keyboard().type("as");
            assertThat(page.locator("vaadin-combo-box-item")).hasText("Asha Rao");
            given("distribution", HISTORY, page());
            page.keyboard().press("ArrowDown");
            page.keyboard().press("Enter");
            page.locator("#kind").selectOption("award");
            page.locator("#to").fill("2026-11-30");
            page.locator("#to").blur();
            assertThat(page.locator("main")).containsText("Nothing is like this.");
            assertThat(page).hasURL(Pages.CONSOLE + "/team/history?member=" + ASHA + "&kind=award&to=2026-11-30");
            Awaitility.await()
                    .untilAsserted(() -> assertTrue(services.all().stream()
                            .anyMatch(asked -> asked.uri()
                                    .equals("/api/allocations/history/tenant?expand=people&kind=award&member=" + ASHA
                                            + "&to=2026-11-30T18%3A30%3A00.000Z&limit=50"))));
            pages.assertSound();
            pages.assertFits();
            page.reload();
            assertThat(page.locator("vaadin-combo-box input")).hasValue("Asha Rao");
            assertThat(page.locator("#kind")).hasValue("award");
            assertThat(page.locator("#to")).hasValue("2026-11-30");
        }
    }
}
