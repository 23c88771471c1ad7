package io.points.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ScreenshotAnimations;
import io.points.local.LocalConsole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** A browser of its own in which one person uses the console, by what is written on the page; and what the browser complains of. */
final class Window implements AutoCloseable {
    private static final Playwright PLAYWRIGHT = Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));

    private static final Browser CHROMIUM = PLAYWRIGHT
            .chromium()
            .launch(new LaunchOptions()
                    .setExecutablePath(Path.of(System.getProperty("points.chromium")))
                    .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--lang=en-IN")));

    /** On a machine that does something else besides. */
    private static final double PATIENCE_MS = 60_000;

    static {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
    }

    private final String console;
    private final String user;
    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    /** Signs somebody in on the way to a page. */
    Window(LocalConsole console, String user, String path) {
        this.console = console.url();
        this.user = user;
        context = CHROMIUM.newContext(new NewContextOptions()
                .setViewportSize(1280, 800)
                .setLocale("en-IN")
                .setTimezoneId("Asia/Kolkata"));
        context.setDefaultTimeout(PATIENCE_MS);
        context.addInitScript("addEventListener('securitypolicyviolation', e => console.error('CSP ' + e.violatedDirective + ' ' + e.blockedURI))");
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.onResponse(response -> {
            // What a page may not read, or what is not there, it does not ask for.
            if (response.status() == 403 || response.status() == 404) {
                complaints.add(response.status() + " " + response.url());
            }
        });
        page.navigate(this.console + path);
        press("Sign in");
        identify();
    }

    Page page() {
        return page;
    }

    /** Types name and password where Keycloak asks for them, and waits for the page that was asked for. */
    void identify() {
        page.locator("#username").fill(user);
        page.locator("#password").fill("demo");
        page.locator("#password").press("Enter");
        page.locator("main h1").waitFor();
    }

    void open(String path) {
        page.navigate(console + path);
        page.locator("main h1").waitFor();
    }

    /** Goes to a page as a link does, without loading the console anew, and waits until it has read all that it shows. */
    void visit(String path) {
        page.evaluate("path => {"
                + " document.activeElement?.blur();"
                + " history.pushState(null, '', path);"
                + " dispatchEvent(new CustomEvent('points-went'));"
                + "}", path);
        // Where the reading of a page that is new begins.
        try {
            PlaywrightAssertions.assertThat(page.locator("main h1")).isFocused();
        } catch (AssertionError e) {
            var focused = page.evaluate("() => document.activeElement?.outerHTML.slice(0, 200)");
            throw new AssertionError(path + " of " + user + " has the focus at " + focused, e);
        }
        rest();
        PlaywrightAssertions.assertThat(page)
                .hasTitle(page.locator("main h1").innerText().strip() + " · Points");
    }

    private void rest() {
        page.locator("main h1").waitFor();
        PlaywrightAssertions.assertThat(page.locator("main p.empty[role=status]"))
                .hasCount(0);
    }

    /** Keeps a picture of what is in the window: where docs/console.md shows it, if that is asked for. */
    void keepPicture(String name) {
        rest();
        var folder = Boolean.getBoolean("points.pictures.update")
                ? Path.of(System.getProperty("points.root"), "docs", "pictures")
                : Path.of("target", "pictures");
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(folder.resolve("console-" + name + ".png"))
                .setAnimations(ScreenshotAnimations.DISABLED));
    }

    /** Follows a link of the navigation. */
    void go(String link) {
        page.locator("header nav")
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(link).setExact(true))
                .click();
        page.locator("main h1").waitFor();
    }

    void press(String button) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button)).first().click();
    }

    void follow(String link) {
        page.locator("main")
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(link))
                .first()
                .click();
    }

    void fill(String label, String text) {
        page.getByLabel(label, new Page.GetByLabelOptions().setExact(true)).fill(text);
    }

    void choose(String label, String option) {
        page.getByLabel(label, new Page.GetByLabelOptions().setExact(true)).selectOption(option);
    }

    /** Types into the picker, and takes what it finds. */
    void pick(String beginning, String name) {
        page.locator("vaadin-combo-box input").fill("");
        page.locator("vaadin-combo-box input").pressSequentially(beginning);
        page.locator("vaadin-combo-box-item")
                .filter(new Locator.FilterOptions().setHasText(name))
                .first()
                .click();
    }

    /** The last button of a form that shows its consequences first. */
    void send() {
        page.locator("#send").click();
    }

    /** Waits until the page says so. */
    void reads(String text) {
        PlaywrightAssertions.assertThat(page.locator("main")).containsText(text);
    }

    /** Waits until the page says so, and not for longer than that. */
    void reads(String text, double withinMs) {
        PlaywrightAssertions.assertThat(page.locator("main"))
                .containsText(text, new LocatorAssertions.ContainsTextOptions().setTimeout(withinMs));
    }

    /** All addresses of the console's pages that this page leads to. */
    List<String> links(String where) {
        var found = (List<?>) page.locator(where + " a[href^='/']:not([download])").evaluateAll("links => links.map(link => link.getAttribute('href'))");
        return found.stream()
                .map(String.class::cast)
                .filter(href -> !href.startsWith("/bff/") && !href.startsWith("/api/"))
                .distinct()
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** As after a weekend: the browser has forgotten who this is. */
    void forgetSession() {
        context.clearCookies();
    }

    void assertSound() {
        assertEquals(List.of(), complaints, () -> user + " at " + page.url());
    }

    @Override
    public void close() {
        context.close();
    }
}
