package io.points.console;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Elements for other people's pages. A page names one small file, which is asked for again every few minutes; what that imports is
 * named by its content and kept for ever.
 */
@ApplicationScoped
class Embeds {
    /** Another version of what pages rely on gets another path. */
    static final String PATH = "/embed/v1/";

    /** Seconds after which a new version of the elements is seen. */
    private static final int MAX_AGE = 300;

    private final Bundle bundle = new Bundle("embed.json");

    void route(@Observes Router router) {
        serve(router, "points-elements.js", List.of("points-wallet", "points-pool-card"));
        serve(router, "points-wallet.js", List.of("points-wallet"));
        serve(router, "points-pool-card.js", List.of("points-pool-card"));
    }

    private void serve(Router router, String name, List<String> elements) {
        String script = elements.stream()
                .map(element -> "import \"./" + bundle.file("embed/" + element + ".ts") + "\";\n")
                .collect(Collectors.joining());
        router.get(PATH + name).order(-1).handler(context -> send(context, script));
    }

    private static void send(RoutingContext context, String script) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/javascript;charset=UTF-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=" + MAX_AGE)
                .end(script);
    }

    /** Whether any page may load it: only the elements, however the path is written. */
    static boolean isForOthers(String normalizedPath) {
        return normalizedPath.startsWith(PATH);
    }
}
