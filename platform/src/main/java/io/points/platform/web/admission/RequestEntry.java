package io.points.platform.web.admission;

import io.points.platform.internals.RequestLocals;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemAnswers;
import io.points.platform.web.problem.Problems;
import io.points.platform.web.route.Routes;
import io.quarkus.runtime.Quarkus;
import io.quarkus.vertx.http.HttpServerStart;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Where every request comes in, before any filter: from here on there is a {@link CanonicalRequest}, whose path all filters
 * and the router agree about. A path that is ambiguous ends here; where a body ends was settled by {@link StrictRequestDecoder}.
 */
@ApplicationScoped
class RequestEntry {

    private static final Logger LOG = Logger.getLogger(RequestEntry.class);
    private static final String ENTERED = "points.entered";

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
        router.route().order(Integer.MIN_VALUE).handler(context -> enter(router, context));
    }

    /** What the server itself must refuse, it would let pass: rather no service than that. */
    void requireStrictServer(@ObservesAsync HttpServerStart server) {
        if (!ServerConnections.areInPlace()) {
            LOG.fatal("The HTTP server started without the strict request decoder: the service exits.");
            Quarkus.asyncExit(1);
        }
    }

    private void enter(Router router, RoutingContext context) {
        var request = context.request();
        var locals = RequestLocals.of(request);
        if (locals.isMarked(ENTERED)) {
            context.next();
            return;
        }
        locals.mark(ENTERED);
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
        } else if (crossOrigin && request.headers().contains(HttpHeaders.ORIGIN) && !isHostOfUri(request)) {
            answers.send(
                    context,
                    Problem.badRequest(
                            "Host", "is not the host of a URI (RFC 3986), which a request with an Origin requires"));
        } else if (path == null) {
            answers.send(context, Problems.noSuchRoute());
        } else {
            routes.table().template(path).ifPresent(locals::setRoute);
            answerOrPass(router, context, request, path);
        }
    }

    private void answerOrPass(Router router, RoutingContext context, HttpServerRequest request, String path) {
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

    /** The filter for other origins takes that for granted. */
    private static boolean isHostOfUri(HttpServerRequest request) {
        try {
            return request.authority() != null && new URI("http://" + request.authority()).getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** A browser asks whether it may ask; that is answered by the origins that are configured. */
    private static boolean isPreflight(HttpServerRequest request) {
        return request.headers().contains(HttpHeaders.ORIGIN)
                && request.headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
    }

    private static int headSize(HttpServerRequest request) {
        int size = 0;
        for (Map.Entry<String, String> header : request.headers()) {
            size += header.getKey().length() + header.getValue().length() + 4;
        }
        return size;
    }
}
