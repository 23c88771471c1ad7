package io.points.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Where every request comes in, before any filter: from here on there is a {@link CanonicalRequest}, whose path all filters
 * and the router agree about. What is ambiguous ends here.
 */
@ApplicationScoped
class RequestEntry {

    private static final String ENTERED = "points.entered";

    /** Where the metrics look for the name of the route; RESTEasy puts it there too, but only once it has found the resource. */
    private static final String ROUTE = "UrlPathTemplate";

    /** In characters. More than any cursor has; the server itself takes twice as much, so that it is we who answer. */
    private static final int LONGEST_TARGET = 4_096;

    /** In characters, all names and values together. As above. */
    private static final int LARGEST_HEAD = 16 * 1024;

    private final Routes routes;
    private final ProblemAnswers answers;
    private final boolean crossOrigin;

    RequestEntry(
            Routes routes,
            ProblemAnswers answers,
            @ConfigProperty(name = "quarkus.http.cors.enabled", defaultValue = "false") boolean crossOrigin) {
        this.routes = routes;
        this.answers = answers;
        this.crossOrigin = crossOrigin;
    }

    void register(@Observes Router router) {
        ServerConnections.activate();
        router.route().order(Integer.MIN_VALUE).handler(context -> enter(router, context));
    }

    private void enter(Router router, RoutingContext context) {
        var request = (HttpServerRequestInternal) context.request();
        if (request.context().getLocal(ENTERED) != null) {
            context.next();
            return;
        }
        request.context().putLocal(ENTERED, true);
        if (isAmbiguouslyFramed(request)) {
            answers.sendLast(
                    context,
                    Problem.of(
                            400,
                            "ambiguous-framing",
                            "It is not certain where the body ends",
                            "Send one Content-Length, or Transfer-Encoding: chunked, and not both."));
            return;
        }
        if (request.uri() != null && request.uri().length() > LONGEST_TARGET) {
            answers.sendLast(context, Problems.uriTooLong());
            return;
        }
        if (headSize(request) > LARGEST_HEAD) {
            answers.sendLast(context, Problems.headersTooLarge());
            return;
        }
        var query = request.query();
        String path;
        try {
            path = CanonicalPath.of(request.path());
        } catch (IllegalArgumentException e) {
            answers.send(context, Problem.badRequest("path", "is not the path of a URI (RFC 3986)"));
            return;
        }
        if (query != null && !CanonicalPath.isQuery(query)) {
            answers.send(context, Problem.badRequest("query", "is not the query of a URI (RFC 3986)"));
        } else if (path == null) {
            answers.send(context, Problems.noSuchRoute());
        } else {
            routes.table().template(path).ifPresent(template -> request.context()
                    .putLocal(ROUTE, template));
            answerOrPass(router, context, request, path);
        }
    }

    private void answerOrPass(Router router, RoutingContext context, HttpServerRequestInternal request, String path) {
        var allowed = routes.table().allowed(path);
        if (!allowed.isEmpty() && request.method() == HttpMethod.OPTIONS && !(crossOrigin && isPreflight(request))) {
            context.response()
                    .putHeader(HttpHeaders.ALLOW, String.join(", ", allowed))
                    .setStatusCode(204)
                    .end();
        } else {
            router.handle(new CanonicalRequest(request, path));
        }
    }

    /** A browser asks whether it may ask; that is answered by the origins that are configured. */
    private static boolean isPreflight(HttpServerRequestInternal request) {
        return request.headers().contains(HttpHeaders.ORIGIN)
                && request.headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
    }

    /**
     * Whether somebody in front of us may see the body's end elsewhere than we (RFC 9112, sections 6.1 and 6.3). Both a length
     * and chunks, and lengths that differ, are refused by {@link StrictRequestDecoder} already.
     */
    private static boolean isAmbiguouslyFramed(HttpServerRequestInternal request) {
        var lengths = request.headers().getAll(HttpHeaders.CONTENT_LENGTH);
        if (lengths.size() > 1 || lengths.size() == 1 && !isNumber(lengths.get(0))) {
            return true;
        }
        if (request.version() == HttpVersion.HTTP_2) {
            return false;
        }
        var codings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        return !codings.isEmpty()
                && (request.version() == HttpVersion.HTTP_1_0
                        || !lengths.isEmpty()
                        || codings.size() > 1
                        || !codings.get(0).strip().toLowerCase(Locale.ROOT).equals("chunked"));
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() < 19 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static int headSize(HttpServerRequestInternal request) {
        int size = 0;
        for (Map.Entry<String, String> header : request.headers()) {
            size += header.getKey().length() + header.getValue().length() + 4;
        }
        return size;
    }
}
