package io.points.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The elements for other people's pages: what those may load, how long it is kept, and how much it is. */
@QuarkusTest
@QuarkusTestResource(ConsoleSurroundings.class)
class EmbedsTest {
    private static final int LARGEST = 20_000;
    private static final Pattern IMPORTS = Pattern.compile("import \"\\./([\\w-]+\\.js)\";");

    private final Browser browser = new Browser();

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"points-elements", "points-wallet", "points-pool-card"})
    void anyPageMayLoadThemAndKeepWhatIsNamedByItsContent(String name) {
        HttpResponse<String> loader = browser.send(Browser.request("/embed/v1/" + name + ".js")
                .header("Origin", "https://intranet.example.com")
                .header("Sec-Fetch-Site", "cross-site"));
        assertEquals(200, loader.statusCode());
        assertTrue(header(loader, "Content-Type").startsWith("text/javascript"));
        assertEquals("public, max-age=300", header(loader, "Cache-Control"));
        assertEquals("*", header(loader, "Access-Control-Allow-Origin"));
        assertEquals("cross-origin", header(loader, "Cross-Origin-Resource-Policy"));
        List<String> files = IMPORTS.matcher(loader.body())
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
        assertEquals(name.equals("points-elements") ? 2 : 1, files.size(), loader.body());
        for (String file : files) {
            HttpResponse<String> script = browser.send(Browser.request("/embed/v1/" + file));
            assertEquals(200, script.statusCode());
            assertEquals("*", header(script, "Access-Control-Allow-Origin"));
            assertEquals("cross-origin", header(script, "Cross-Origin-Resource-Policy"));
            assertTrue(header(script, "Cache-Control").contains("immutable"), header(script, "Cache-Control"));
        }
    }

    /** However a path is written: nothing else of the console's is for other origins. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/bff/session",
                "/embed/v1/../../bff/session",
                "/embed/v1/%2e%2e/%2e%2e/bff/session",
                "/embed/v2/points-elements.js",
                "/embed"
            })
    void nothingElseIsForOtherOrigins(String path) {
        HttpResponse<String> answer = browser.fetch(path);
        assertEquals("none", header(answer, "Access-Control-Allow-Origin"));
        assertEquals("same-origin", header(answer, "Cross-Origin-Resource-Policy"));
        assertEquals("no-store", header(answer, "Cache-Control"));
    }

    @Test
    void whatIsNotThereIsNoPage() {
        assertEquals(404, browser.open("/embed/v1/none.js").statusCode());
        assertEquals(404, browser.open("/embed/v1/").statusCode());
    }

    /** With all that they import, Lit among it. */
    @ParameterizedTest
    @ValueSource(strings = {"points-wallet", "points-pool-card"})
    void eachIsSmall(String element) throws IOException {
        JsonObject outputs = new JsonObject(Files.readString(Path.of("target/classes/io/points/console/embed.json")))
                .getJsonObject("outputs");
        String entry = outputs.fieldNames().stream()
                .filter(output -> ("embed/" + element + ".ts")
                        .equals(outputs.getJsonObject(output).getString("entryPoint")))
                .findFirst()
                .orElseThrow();
        Set<String> all = new HashSet<>();
        add(outputs, entry, all);
        int bytes = 0;
        for (String output : all) {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                gzip.write(Files.readAllBytes(Path.of("target/classes/META-INF/resources/embed/v1")
                        .resolve(Path.of(output).getFileName())));
            }
            bytes += packed.size();
        }
        assertTrue(bytes > 5_000 && bytes <= LARGEST, element + " has " + bytes + " bytes");
    }

    private static void add(JsonObject outputs, String output, Set<String> all) {
        if (all.add(output)) {
            JsonArray imports = outputs.getJsonObject(output).getJsonArray("imports");
            imports.stream().map(JsonObject.class::cast).forEach(it -> add(outputs, it.getString("path"), all));
        }
    }
}
