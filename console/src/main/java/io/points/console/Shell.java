package io.points.console;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The one page, for every address that a person may open; which screen it shows, its script decides. */
@ApplicationScoped
class Shell {
    /** Under which the bundled files are, named by their content. */
    static final String ASSETS = "/assets/";

    /** After all other routes, those of Quarkus among them. */
    private static final int LAST = 30_000;

    private static final Pattern NAMES = Pattern.compile("\\{asset:([\\w.]+)}");

    private final String page = page();

    void route(@Observes Router router) {
        router.route(HttpMethod.GET, "/").order(-1).handler(this::send);
        router.route().order(LAST).handler(context -> {
            String path = context.normalizedPath();
            if (HttpMethod.GET.equals(context.request().method())
                    && accepts(context.request().getHeader(HttpHeaders.ACCEPT))
                    && !path.matches("/(?:api|bff|assets|q)(?:/.*)?")) {
                send(context);
            } else {
                Problems.send(context, 404, "not-found", "Not found", "There is nothing here.");
            }
        });
    }

    private static boolean accepts(String accept) {
        return accept != null && accept.contains("text/html");
    }

    private void send(RoutingContext context) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/html;charset=UTF-8")
                .end(page);
    }

    /** With the names that this build has given to the files. */
    private static String page() {
        JsonObject outputs = new JsonObject(text("bundle.json")).getJsonObject("outputs");
        return NAMES.matcher(text("index.html"))
                .replaceAll(name -> ASSETS
                        + outputs.stream()
                                .filter(output ->
                                        name.group(1).equals(((JsonObject) output.getValue()).getString("entryPoint")))
                                .map(output -> output.getKey()
                                        .substring(output.getKey().lastIndexOf('/') + 1))
                                .findFirst()
                                .orElseThrow(() -> new IllegalStateException(name.group(1) + " is not bundled")));
    }

    private static String text(String name) {
        try (InputStream file = Shell.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
