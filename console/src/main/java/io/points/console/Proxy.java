package io.points.console;

import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Hands requests that {@link ApiRoutes} lets pass to their service, with the access token of whoever is signed in. */
@ApplicationScoped
class Proxy {
    private static final int CONNECTIONS = 100;
    private static final int CONNECT_MS = 3_000;

    /** Each holds a connection for minutes: they have their own, or nothing else would pass. */
    private static final int STREAMS = 1_000;

    private final HttpClient client;
    private final HttpClient streams;
    private volatile boolean stopping;
    private final ConsoleConfig config;

    Proxy(Vertx vertx, ConsoleConfig config) {
        this.config = config;
        client = vertx.createHttpClient(
                new HttpClientOptions().setMaxPoolSize(CONNECTIONS).setConnectTimeout(CONNECT_MS));
        streams = vertx.createHttpClient(new HttpClientOptions()
                .setMaxPoolSize(STREAMS)
                .setMaxWaitQueueSize(0)
                .setConnectTimeout(CONNECT_MS));
    }

    /** Streams would be waited for as requests are. Their pages begin the next one elsewhere. */
    void endStreams(@Observes ShutdownDelayInitiatedEvent event) {
        stopping = true;
        streams.close();
    }

    void route(@Observes Router router) {
        router.route("/api/*").handler(this::check);
    }

    private void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        // As it was sent: what is decoded is no longer what the service will read.
        Optional<ApiRoutes.ApiRoute> route = ApiRoutes.of(request.path());
        if (route.isEmpty()) {
            Problems.send(context, 404, "not-found", "Not found", "No page of the console needs this path.");
        } else if (!route.get().methods().contains(request.method().name())) {
            Problems.send(
                    context,
                    405,
                    "method-not-allowed",
                    "Method not allowed",
                    "No page of the console sends this method.");
        } else if (stopping && ApiRoutes.isStream(request.path())) {
            Problems.send(context, 503, "unavailable", "Unavailable", "The console is stopping; ask again.");
        } else if (request.headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
            Problems.send(context, 411, "length-required", "Length required", "Say how long the body is.");
        } else if (lengthOf(request) > route.get().longestBody()) {
            Problems.send(
                    context,
                    413,
                    "body-too-large",
                    "The body is too large",
                    "At most " + (route.get().longestBody() >> 10) + " KiB are allowed here.");
        } else {
            QuarkusHttpUser.getSecurityIdentity(context, null)
                    .subscribe()
                    .with(
                            identity -> pass(
                                    request,
                                    route.get(),
                                    identity.getCredential(AccessTokenCredential.class)
                                            .getToken()),
                            context::fail);
        }
    }

    private static long lengthOf(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }

    private URI urlOf(Upstream service) {
        return switch (service) {
            case ALLOCATION -> config.allocation();
            case DISTRIBUTION -> config.distribution();
            case BILLING -> config.billing();
            case AUDIT -> config.audit();
        };
    }

    private void pass(HttpServerRequest request, ApiRoutes.ApiRoute route, String token) {
        URI service = urlOf(route.upstream());
        boolean isStream = ApiRoutes.isStream(request.path());
        boolean mayBeSilent = isStream || request.headers().contains("Prefer");
        Duration patience = mayBeSilent ? config.longPatience() : config.patience();
        HttpProxy.reverseProxy(new ProxyOptions().setSupportWebSocket(false), isStream ? streams : client)
                .origin(Exchange.to(service, patience))
                .addInterceptor(new Exchange(service, token))
                .handle(request);
    }
}
