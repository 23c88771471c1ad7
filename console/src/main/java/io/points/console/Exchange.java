package io.points.console;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.OriginRequestProvider;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** One request on its way to a service, and its answer on the way back. */
final class Exchange implements ProxyInterceptor {
    private static final Logger LOG = Logger.getLogger(Exchange.class);

    /** What a service may hear of a browser, in lower case. Cookies are not in it, nor where the browser says it comes from. */
    private static final Set<String> HEARD = Set.of(
            "accept",
            "accept-language",
            "content-length",
            "content-type",
            "idempotency-key",
            "if-match",
            "if-none-match",
            "last-event-id",
            "prefer",
            "traceparent",
            "tracestate");

    /** What a browser does not hear of a service: it would be about this host then. */
    private static final List<String> KEPT_BACK =
            List.of("Set-Cookie", "Server", "Clear-Site-Data", "Strict-Transport-Security", "Cache-Control");

    private static final String RETRY_SECONDS = "2";

    private final URI service;
    private final String token;

    Exchange(URI service, String token) {
        this.service = service;
        this.token = token;
    }

    /** Connections to a service that are given up if nothing comes for so long. */
    static OriginRequestProvider to(URI service, Duration patience) {
        RequestOptions options = new RequestOptions()
                .setServer(SocketAddress.inetSocketAddress(service.getPort(), service.getHost()))
                .setIdleTimeout(patience.toMillis());
        return context -> context.client().request(new RequestOptions(options));
    }

    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
        ProxyRequest request = context.request();
        HttpServerRequest browser = request.proxiedRequest();
        MultiMap headers = request.headers();
        headers.names().forEach(name -> {
            if (!HEARD.contains(name.toLowerCase(Locale.ROOT))) {
                headers.remove(name);
            }
        });
        headers.set("Authorization", "Bearer " + token)
                .set("X-Forwarded-For", browser.remoteAddress().hostAddress());
        request.setAuthority(HostAndPort.create(service.getHost(), service.getPort()));
        return context.sendRequest().recover(failure -> Future.succeededFuture(silence(request, failure)));
    }

    /** Nobody knows then whether the service has done what was asked, and the answer must not say that it has not. */
    private ProxyResponse silence(ProxyRequest request, Throwable failure) {
        boolean late = failure instanceof TimeoutException;
        LOG.warnf("%s does not answer: %s", service.getAuthority(), failure.getMessage());
        int status = late ? 504 : 502;
        Buffer body = Problems.body(
                status,
                late ? "service-slow" : "service-away",
                late ? "A service does not answer in time" : "A service does not answer",
                "Whether this request has been carried out is not known: send it again, with the same Idempotency-Key.");
        return request.release()
                .response()
                .setStatusCode(status)
                .putHeader("Content-Type", Problems.MEDIA_TYPE)
                .putHeader("Retry-After", RETRY_SECONDS)
                .setBody(Body.body(body));
    }

    @Override
    public Future<Void> handleProxyResponse(ProxyContext context) {
        MultiMap headers = context.response().headers();
        KEPT_BACK.forEach(headers::remove);
        headers.names().forEach(name -> {
            if (name.toLowerCase(Locale.ROOT).startsWith("access-control-")) {
                headers.remove(name);
            }
        });
        return context.sendResponse();
    }
}
