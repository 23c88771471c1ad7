package io.points.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What other sites' pages may make a browser send here, and what browsers are told to forbid. */
@QuarkusTest
@QuarkusTestResource(ConsoleSurroundings.class)
class OriginTest {
    private static final String ORIGIN_OF_OTHERS = "https://evil.example";

    private final Browser browser = new Browser();

    @ParameterizedTest
    @CsvSource({
        // By script, Sec-Fetch-Site, Origin: what becomes of it. 499: it passes, and there is no session.
        "true, same-origin, ours, 499",
        "true, same-origin, , 499",
        "true, , ours, 499",
        "true, , , 499",
        "true, same-site, ours, 403",
        "true, cross-site, ours, 403",
        "true, none, ours, 403",
        "true, same-origin, others, 403",
        "true, same-origin, null, 403",
        "true, same-origin, otherPort, 403",
        "true, , others, 403",
        "true, , nonsense, 403",
        "false, same-origin, ours, 403",
        "false, cross-site, others, 403",
        "false, , , 403"
    })
    void onlyOurOwnScriptsMaySend(boolean byScript, String site, String origin, int status) {
        for (String method : List.of("GET", "POST", "PUT", "DELETE", "PATCH")) {
            HttpRequest.Builder request =
                    Browser.request("/api/members/x").method(method, HttpRequest.BodyPublishers.ofString("a=b"));
            if (byScript) {
                request.header("X-Requested-With", "JavaScript");
            }
            if (site != null) {
                request.header("Sec-Fetch-Site", site);
            }
            if (origin != null) {
                request.header(
                        "Origin",
                        switch (origin) {
                            case "ours" -> ConsoleSurroundings.console();
                            case "others" -> ORIGIN_OF_OTHERS;
                            case "otherPort" -> "http://127.0.0.1:1";
                            case "nonsense" -> "::nonsense::";
                            default -> origin;
                        });
            }
            assertEquals(status, browser.send(request).statusCode(), method);
        }
    }

    @Test
    void noOtherOriginIsEverAllowedToAsk() {
        HttpResponse<String> preflight = browser.send(Browser.request("/api/feed")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", ORIGIN_OF_OTHERS)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "x-requested-with"));
        assertEquals(403, preflight.statusCode());
        assertTrue(preflight.headers().map().keySet().stream()
                .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("access-control")));
    }

    @ParameterizedTest
    @CsvSource({
        "same-origin, , 302",
        "cross-site, , 403",
        "same-site, , 403",
        "none, , 403",
        ", ours, 302",
        ", others, 403",
        ", , 403"
    })
    void nobodyElseLogsPeopleOut(String site, String referrer, int status) {
        HttpRequest.Builder request = Browser.request("/bff/end").header("Accept", "text/html");
        if (site != null) {
            request.header("Sec-Fetch-Site", site);
        }
        if (referrer != null) {
            request.header(
                    "Referer", referrer.equals("ours") ? ConsoleSurroundings.console() + "/team" : ORIGIN_OF_OTHERS);
        }
        assertEquals(status, browser.send(request).statusCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/team",
                "/nowhere/at/all",
                "/bff/session",
                "/bff/login",
                "/api/feed",
                "/api/../q",
                "/assets/none.js",
                "/x.php"
            })
    void everyAnswerTellsTheBrowserWhatToForbid(String path) {
        for (HttpResponse<String> answer : List.of(browser.open(path), browser.fetch(path))) {
            String policy =
                    answer.headers().firstValue("Content-Security-Policy").orElseThrow();
            assertTrue(policy.startsWith("default-src 'none'; script-src 'self'; style-src 'self';"), policy);
            assertTrue(policy.contains("require-trusted-types-for 'script'"), policy);
            assertTrue(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"), policy);
            assertEquals(
                    "nosniff",
                    answer.headers().firstValue("X-Content-Type-Options").orElseThrow());
            assertEquals(
                    "same-origin",
                    answer.headers().firstValue("Referrer-Policy").orElseThrow());
            assertEquals(
                    "same-origin",
                    answer.headers().firstValue("Cross-Origin-Opener-Policy").orElseThrow());
            assertEquals(
                    "same-origin",
                    answer.headers().firstValue("Cross-Origin-Resource-Policy").orElseThrow());
            if (!path.startsWith("/assets/")) {
                assertEquals(
                        "no-store", answer.headers().firstValue("Cache-Control").orElseThrow());
            }
        }
    }

    @Test
    void thePageNamesItsFilesByTheirContentAndTheyMayBeKept() {
        HttpResponse<String> page = browser.open("/team/award");
        assertEquals(200, page.statusCode());
        List<String> files = java.util.regex.Pattern.compile("/assets/[\\w-]+\\.(?:js|css)")
                .matcher(page.body())
                .results()
                .map(java.util.regex.MatchResult::group)
                .toList();
        assertEquals(3, files.size(), page.body());
        for (String file : files) {
            HttpResponse<String> answer = browser.open(file);
            assertEquals(200, answer.statusCode());
            String kept = answer.headers().firstValue("Cache-Control").orElseThrow();
            assertTrue(kept.contains("immutable") && kept.contains("max-age=31536000"), kept);
        }
        assertEquals(404, browser.open("/assets/none.js").statusCode());
        assertEquals(
                404,
                browser.send(Browser.request("/favicon.ico").header("Accept", "image/png"))
                        .statusCode());
        assertEquals(404, browser.open("/bff/anything").statusCode());
    }
}
