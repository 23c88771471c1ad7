package io.points.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToDoubleFunction;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/** How soon there is something to see, on a slow phone and over a slow network; and that it stays where it is. */
@QuarkusTest
@QuarkusTestResource(ConsoleSurroundings.class)
class BudgetsTest extends ConsolePages {
    private static final Logger LOG = Logger.getLogger(BudgetsTest.class);

    /** Runs of which the middle one counts. */
    private static final int RUNS = 3;

    private static final int SLOWER = 4;
    private static final double BITS_PER_SECOND = 1_600_000;
    private static final int LATENCY_MS = 150;

    /** Adds up how far things move that nobody has moved. */
    private static final String WATCH_SHIFTS = """
            window.shifted = 0;
            new PerformanceObserver(list => list.getEntries().forEach(one => { if (!one.hadRecentInput) window.shifted += one.value; }))
              .observe({ type: 'layout-shift', buffered: true });""";

    private static final String PAINTED = """
            async () => {
              const first = performance.getEntriesByName('first-contentful-paint')[0].startTime;
              const largest = await new Promise(found =>
                new PerformanceObserver(list => found(list.getEntries().at(-1).startTime)).observe({ type: 'largest-contentful-paint', buffered: true }));
              return [first, largest, window.shifted];
            }""";

    /**
     * What one look has taken.
     *
     * @param firstMs first contentful paint
     * @param largestMs largest contentful paint
     * @param shift how far things have moved by themselves, as the Layout Instability API has it
     * @param files what is fetched before the pool is there, and then kept for a year
     * @param calls what is asked of the console and the services before that
     */
    private record Look(double firstMs, double largestMs, double shift, long files, long calls) {}

    private void givenAPool() {
        givenToGive("pool", "good", 34_150L);
        given(
                "distribution",
                "GET /api/allocations/pool",
                new io.vertx.core.json.JsonObject()
                        .put("tenant_id", TENANT)
                        .put("balance", 34_150)
                        .put("version", 613)
                        .put("status", "active")
                        .put("as_of", NOW));
    }

    @Test
    void aManagerSeesThePoolSoonOnASlowPhone() {
        givenAPool();
        List<Look> looks = new ArrayList<>();
        try (Pages pages = Pages.alone(390, ColorScheme.LIGHT)) {
            Page page = pages.signIn("triton-manager", "/feed");
            page.addInitScript(WATCH_SHIFTS);
            slowDown(page);
            for (int run = 0; run < RUNS; run++) {
                looks.add(look(page));
            }
        }
        LOG.infof("Budget: %s", looks);
        assertTrue(middle(looks, Look::firstMs) < 2_000, looks::toString);
        assertTrue(middle(looks, Look::largestMs) < 4_000, looks::toString);
        assertTrue(middle(looks, Look::shift) < 0.05, looks::toString);
        assertTrue(middle(looks, Look::files) <= 18, looks::toString);
        assertTrue(middle(looks, Look::calls) <= 6, looks::toString);
    }

    private static void slowDown(Page page) {
        CDPSession session = page.context().newCDPSession(page);
        session.send("Network.enable");
        JsonObject cache = new JsonObject();
        cache.addProperty("cacheDisabled", true);
        session.send("Network.setCacheDisabled", cache);
        JsonObject network = new JsonObject();
        network.addProperty("offline", false);
        network.addProperty("latency", LATENCY_MS);
        network.addProperty("downloadThroughput", BITS_PER_SECOND / Byte.SIZE);
        network.addProperty("uploadThroughput", BITS_PER_SECOND / Byte.SIZE);
        session.send("Network.emulateNetworkConditions", network);
        JsonObject processor = new JsonObject();
        processor.addProperty("rate", SLOWER);
        session.send("Emulation.setCPUThrottlingRate", processor);
    }

    private static Look look(Page page) {
        List<String> requests = new ArrayList<>();
        AtomicBoolean isThere = new AtomicBoolean();
        page.onRequest(request -> {
            if (!isThere.get()) {
                requests.add(request.url());
            }
        });
        page.navigate(Pages.CONSOLE + "/team");
        assertThat(page.locator(".pool output")).hasText("34,150");
        isThere.set(true);
        List<?> painted = (List<?>) page.evaluate(PAINTED);
        LOG.infof("Budgets: %s", requests);
        long files = requests.stream().filter(url -> url.contains("/assets/")).count();
        // Without the page itself.
        long calls = requests.size() - files - 1;
        return new Look(number(painted.get(0)), number(painted.get(1)), number(painted.get(2)), files, calls);
    }

    private static double number(Object found) {
        return ((Number) found).doubleValue();
    }

    private static double middle(List<Look> looks, ToDoubleFunction<Look> figure) {
        return looks.stream().mapToDouble(figure).sorted().skip(RUNS / 2).findFirst().orElseThrow();
    }
}
