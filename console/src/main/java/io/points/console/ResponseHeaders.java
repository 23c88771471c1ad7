package io.points.console;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** What every answer tells the browser to forbid. */
@ApplicationScoped
class ResponseHeaders {
    /** Before everything else, so that refusals have them too. */
    static final int PRIORITY = 1000;

    /**
     * Scripts and styles of our own alone, none in the page's text, and nobody else's page around ours. Of a text, lit makes a page and
     * "points" the address of a worker; nothing else does.
     */
    static final String POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data: blob:",
            "font-src 'self'",
            "connect-src 'self'",
            "worker-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types lit-html points");

    private static final String FEATURES =
            "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), publickey-credentials-get=(), usb=()";

    void register(@Observes Filters filters) {
        filters.register(this::put, PRIORITY);
    }

    private void put(RoutingContext context) {
        HttpServerRequest request = context.request();
        String path = context.normalizedPath();
        boolean forOthers = Embeds.isForOthers(path);
        MultiMap headers = context.response().headers();
        headers.set("Content-Security-Policy", POLICY)
                .set("X-Content-Type-Options", "nosniff")
                .set("X-Frame-Options", "DENY")
                .set("Referrer-Policy", "same-origin")
                .set("Cross-Origin-Opener-Policy", "same-origin")
                .set("Cross-Origin-Resource-Policy", forOthers ? "cross-origin" : "same-origin")
                .set("Permissions-Policy", FEATURES);
        if (request.isSSL() || "https".equals(request.scheme())) {
            headers.set("Strict-Transport-Security", "max-age=31536000");
        }
        if (forOthers) {
            headers.set("Access-Control-Allow-Origin", "*");
        } else if (!path.startsWith(Shell.ASSETS)) {
            headers.set("Cache-Control", "no-store");
        }
        context.next();
    }
}
