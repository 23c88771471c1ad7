package io.points.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A browser in which one person is signed in, and what it complains of. */
final class Pages implements AutoCloseable {
    private static final Playwright PLAYWRIGHT = Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));

    private static final com.microsoft.playwright.Browser CHROMIUM = PLAYWRIGHT
            .chromium()
            .launch(new LaunchOptions()
                    .setExecutablePath(Path.of(System.getProperty("points.chromium")))
                    .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-gpu", "--lang=en-IN")));

    /** On another site than Keycloak, which is at 127.0.0.1: so the way to it and back crosses sites, as it does in earnest. */
    static final String CONSOLE = ConsoleSurroundings.console().replace("127.0.0.1", "localhost");

    /** On a machine that builds something else beside it. */
    private static final double PATIENCE_MS = 60_000;

    static {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
    }

    /** By user. */
    private static final Map<String, List<Cookie>> SIGNED_IN = new HashMap<>();

    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    Pages(int width, ColorScheme colours) {
        context = CHROMIUM.newContext(new NewContextOptions()
                .setViewportSize(width, 900)
                .setColorScheme(colours)
                .setLocale("en-IN")
                .setTimezoneId("Asia/Kolkata"));
        context.setDefaultTimeout(PATIENCE_MS);
        context.addInitScript("addEventListener('securitypolicyviolation', e => console.error('CSP ' + e.violatedDirective + ' ' + e.blockedURI"
                + " + ' ' + e.sourceFile + ':' + e.lineNumber + ' ' + e.sample))");
        page = context.newPage();
        page.onConsoleMessage(message -> {
            // What is refused on purpose is told so too.
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.onResponse(response -> {
            if (response.status() == 403) {
                complaints.add("403 " + response.url());
            }
        });
    }

    Page page() {
        return page;
    }

    BrowserContext context() {
        return context;
    }

    /** Opens a page and signs in on the way, with the keyboard alone; whoever has done so before still is signed in. */
    Page signIn(String user, String path) {
        List<Cookie> known = SIGNED_IN.getOrDefault(user, List.of());
        if (!known.isEmpty()) {
            context.addCookies(known);
        }
        page.navigate(CONSOLE + path);
        page.locator("main h1").waitFor();
        if (page.locator(".welcome").count() > 0) {
            page.locator(".welcome button").press("Enter");
            page.locator("#username").fill(user);
            page.locator("#username").press("Tab");
            page.locator("#password").fill("demo");
            page.locator("#password").press("Enter");
            page.waitForURL(CONSOLE + path);
            page.locator("main h1").waitFor();
            SIGNED_IN.put(user, context.cookies());
        }
        return page;
    }

    /** Nothing that axe finds, and nothing that the browser complains of. */
    void assertSound() {
        assertSound("html");
    }

    /** @param part what axe looks at; what the browser complains of is about the whole page */
    void assertSound(String part) {
        var violations = new AxeBuilder(page)
                .include(part)
                .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"))
                .analyze()
                .getViolations();
        assertEquals(
                List.of(),
                violations.stream()
                        .map(rule -> rule.getId() + ": " + rule.getNodes().stream().map(node -> node.getHtml()).limit(3).toList())
                        .toList());
        assertEquals(List.of(), complaints);
    }

    /** No page is wider than the window. */
    void assertFits() {
        int beyond = (int) page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertEquals(0, beyond, "pixels beyond the window");
    }

    @Override
    public void close() {
        context.close();
    }
}
