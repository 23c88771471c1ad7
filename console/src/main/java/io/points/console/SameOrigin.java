package io.points.console;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;

/**
 * Refuses what another site's page makes a browser send. The session's cookie is {@code SameSite=Strict} already; this holds if a
 * browser ignores that, and against other ports and subdomains, which are of the same site.
 *
 * <p>A script must say that it is one, by a header that no form can send, and that no other origin's script may send without being
 * allowed to: nothing here ever allows it.
 */
@ApplicationScoped
class SameOrigin {
    /** The header of our scripts and its value; quarkus-oidc answers with 499 by it instead of a redirect. */
    static final String SCRIPT = "X-Requested-With";

    static final String BY_SCRIPT = "JavaScript";

    void register(@Observes Filters filters) {
        filters.register(this::check, ResponseHeaders.PRIORITY - 100);
    }

    private void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        String path = context.normalizedPath();
        if (isForScripts(path) && !(BY_SCRIPT.equals(request.getHeader(SCRIPT)) && isSameOrigin(request))) {
            refuse(context);
        } else if (Session.END.equals(path) && !isNavigationOfOurs(request)) {
            // Or any page could log people out.
            refuse(context);
        } else {
            context.next();
        }
    }

    private static boolean isForScripts(String path) {
        return path.equals("/api") || path.startsWith("/api/") || path.equals(Session.SESSION);
    }

    /** Every browser of today says it; of one that does not, the origin has to be ours if it names any. */
    private static boolean isSameOrigin(HttpServerRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader("Origin");
        return (site == null || site.equals("same-origin")) && (origin == null || isOurs(request, origin));
    }

    private static boolean isNavigationOfOurs(HttpServerRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        String referrer = request.getHeader("Referer");
        return site == null ? referrer != null && isOurs(request, referrer) : site.equals("same-origin");
    }

    private static boolean isOurs(HttpServerRequest request, String url) {
        try {
            URI uri = URI.create(url);
            HostAndPort ours = request.authority();
            return ours != null
                    && request.scheme().equalsIgnoreCase(uri.getScheme())
                    && ours.host().equalsIgnoreCase(uri.getHost())
                    && port(request.scheme(), ours.port()) == port(request.scheme(), uri.getPort());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static int port(String scheme, int port) {
        return port > 0 ? port : "https".equals(scheme) ? 443 : 80;
    }

    private static void refuse(RoutingContext context) {
        Problems.send(
                context,
                403,
                "other-origin",
                "Not sent by a page of the console",
                "Only the console's own pages may send this; programs call the services themselves.");
    }
}
