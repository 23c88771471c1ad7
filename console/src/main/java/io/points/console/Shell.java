package io.points.console;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
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
                    && !path.matches("/(?:api|bff|assets|embed|q)(?:/.*)?")) {
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
        Bundle bundle = new Bundle("bundle.json");
        return NAMES.matcher(Bundle.text("index.html")).replaceAll(name -> ASSETS + bundle.file(name.group(1)));
    }
}
