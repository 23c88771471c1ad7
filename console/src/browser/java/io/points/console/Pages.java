package io.points.console;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

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

    private static final String AXE = axe();

    /** What axe finds in a part of the page once nothing in it moves: half-way from one colour to another it may be hard to read. */
    private static final String LOOK = """
            async part => {
              const passing = document.getAnimations().filter(one => one.effect.getComputedTiming().endTime !== Infinity);
              await Promise.allSettled(passing.map(one => one.finished));
              const { violations } = await axe.run(part, {
                runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
                resultTypes: ['violations'],
              });
              return violations.map(rule => rule.id + ': ' + rule.nodes.slice(0, 3).map(node => node.html).join(' '));
            }""";

    /** On a machine that builds something else beside it. */
    private static final double PATIENCE_MS = 60_000;

    static {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
    }

    /** By user. */
    private static final Map<String, List<Cookie>> SIGNED_IN = new HashMap<>();

    /** By look: with what has been fetched already, which is most of the time that a page takes. */
    private static final Map<String, BrowserContext> SHARED = new HashMap<>();

    private final BrowserContext context;
    private final boolean isShared;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    Pages(int width, ColorScheme colours) {
        this(SHARED.computeIfAbsent(width + " " + colours, look -> context(width, colours)), true);
    }

    /** With a clock that {@link #skipUntil} moves. */
    static Pages withAClock(int width, ColorScheme colours) {
        BrowserContext context = context(width, colours);
        context.clock().install();
        return new Pages(context, false);
    }

    /** With nothing that others have fetched before. */
    static Pages alone(int width, ColorScheme colours) {
        return new Pages(context(width, colours), false);
    }

    private static BrowserContext context(int width, ColorScheme colours) {
        BrowserContext context = CHROMIUM.newContext(new NewContextOptions()
                .setViewportSize(width, 900)
                .setColorScheme(colours)
                .setLocale("en-IN")
                .setTimezoneId("Asia/Kolkata"));
        context.setDefaultTimeout(PATIENCE_MS);
        context.addInitScript("addEventListener('securitypolicyviolation', e => console.error('CSP ' + e.violatedDirective + ' ' + e.blockedURI"
                + " + ' ' + e.sourceFile + ':' + e.lineNumber + ' ' + e.sample))");
        return context;
    }

    private Pages(BrowserContext context, boolean isShared) {
        this.context = context;
        this.isShared = isShared;
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

    /** Has it be later for the page, by a second at a time, until something holds: what it waits for is due sooner. */
    void skipUntil(BooleanSupplier holds) {
        await().pollInSameThread().pollDelay(Duration.ZERO).atMost(Duration.ofMillis((long) PATIENCE_MS)).until(() -> {
            if (!holds.getAsBoolean()) {
                context.clock().fastForward(1_000);
            }
            return holds.getAsBoolean();
        });
    }

    /** Opens a page and signs in on the way, with the keyboard alone; whoever has done so before still is signed in. */
    Page signIn(String user, String path) {
        List<Cookie> known = SIGNED_IN.getOrDefault(user, List.of());
        context.clearCookies();
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
        // Once per document. Its own driver for Java would open another page for each look.
        if (!(boolean) page.evaluate("typeof axe === 'object'")) {
            page.evaluate(AXE);
        }
        assertEquals(List.of(), page.evaluate(LOOK, part));
        assertEquals(List.of(), complaints);
    }

    private static String axe() {
        try (InputStream script = Pages.class.getResourceAsStream("/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** No page is wider than the window. */
    void assertFits() {
        int beyond = (int) page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertEquals(0, beyond, "pixels beyond the window");
    }

    @Override
    public void close() {
        if (!isShared) {
            context.close();
            return;
        }
        context.pages().stream()
                .filter(one -> one.url().startsWith(CONSOLE))
                .findFirst()
                .ifPresent(one -> one.evaluate("localStorage.clear()"));
        context.pages().forEach(Page::close);
    }
}
