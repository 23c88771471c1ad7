package io.points.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * What every request must be before anything else looks at it: a body is JSON and has at most 64 KiB, however it is
 * sent; on the routes for batches, if the service has any, CSV too, and up to 2 MiB. The server by itself would refuse with an empty answer, or not at all. When too many requests are open, or the
 * service is stopping, all others are turned away here, before they cost anything.
 */
@ApplicationScoped
class Door {

    private static final int BEFORE_ALL_OTHERS = 1_000;
    private static final int LARGEST_BODY = 64 * 1024;
    private static final int LARGEST_BATCH = 2 * 1024 * 1024;

    /** More would fill the memory; they come seldom, and whoever has to wait is told so. */
    private static final int MOST_OPEN_BATCHES = 8;

    /** Most of them wait for the end of their distribution, which costs little but memory. */
    private static final int MOST_OPEN_REQUESTS = 2_000;

    /** Health and metrics are looked at above all when there is too much to do. */
    private static final String OPERATIONS = "/q/";

    private final ObjectMapper json;
    private final Stopping stopping;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger openBatches = new AtomicInteger();
    private final BodyHandler body = BodyHandler.create(false).setBodyLimit(LARGEST_BODY);
    private final BodyHandler batch = BodyHandler.create(false).setBodyLimit(LARGEST_BATCH);
    private final Set<String> batchRoutes;

    Door(
            ObjectMapper json,
            Stopping stopping,
            MeterRegistry metrics,
            @ConfigProperty(name = "points.http.batch-routes") Optional<Set<String>> batchRoutes) {
        this.json = json;
        this.batchRoutes = batchRoutes.orElse(Set.of());
        this.stopping = stopping;
        metrics.gauge("points_http_open_requests", open);
    }

    void register(@Observes Filters filters) {
        filters.register(this::admit, BEFORE_ALL_OTHERS);
        filters.register(this::enter, BEFORE_ALL_OTHERS - 1);
        filters.register(this::requireContent, BEFORE_ALL_OTHERS - 2);
    }

    void register(@Observes Router router) {
        router.route().order(-BEFORE_ALL_OTHERS).failureHandler(this::refuse);
    }

    private void admit(RoutingContext context) {
        if (context.request().path().startsWith(OPERATIONS)) {
            context.next();
            return;
        }
        if (stopping.hasBegun() || open.get() >= MOST_OPEN_REQUESTS) {
            turnAway(context);
            return;
        }
        open.incrementAndGet();
        context.addEndHandler(ended -> open.decrementAndGet());
        context.next();
    }

    /** Reads the body first: the answer would get lost if the connection were closed with something unread in it. */
    private void turnAway(RoutingContext context) {
        var request = context.request();
        if (request.isEnded()) {
            answer(context, Problems.unavailable());
            return;
        }
        request.handler(ignored -> {}).endHandler(read -> answer(context, Problems.unavailable()));
        request.resume();
    }

    private void enter(RoutingContext context) {
        var request = context.request();
        if ("".equals(request.getHeader(Idempotency.HEADER))) {
            answer(context, Idempotency.badKey());
            return;
        }
        if (request.isEnded() || !hasBody(request)) {
            context.next();
            return;
        }
        var type = mediaType(request.getHeader(HttpHeaders.CONTENT_TYPE));
        var isBatch = batchRoutes.contains(request.path());
        if (!type.equals("application/json") && !(isBatch && type.equals("text/csv"))) {
            answer(context, Problems.unsupportedMediaType());
        } else if (isBatch) {
            enterBatch(context);
        } else {
            body.handle(context);
        }
    }

    private void enterBatch(RoutingContext context) {
        if (openBatches.incrementAndGet() > MOST_OPEN_BATCHES) {
            openBatches.decrementAndGet();
            turnAway(context);
            return;
        }
        context.addEndHandler(ended -> openBatches.decrementAndGet());
        batch.handle(context);
    }

    /** A body in chunks may turn out to have none, and whoever reads it then would wait for ever. */
    private void requireContent(RoutingContext context) {
        if (hasBody(context.request()) && context.body().length() <= 0) {
            answer(context, Problem.badRequest("body", "is empty"));
        } else {
            context.next();
        }
    }

    private void refuse(RoutingContext context) {
        if (context.failure() instanceof HttpClosedException) {
            // The caller has hung up: there is nobody to answer, and nothing is wrong with us.
            return;
        }
        if (context.statusCode() == HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE.code()
                && !context.response().headWritten()) {
            answer(context, Problems.tooLarge());
        } else {
            context.next();
        }
    }

    /** Ends the connection too: whatever is still on its way in is not wanted. */
    private void answer(RoutingContext context, Problem problem) {
        try {
            var response = context.response().setStatusCode(problem.status());
            if (problem.status() == HttpResponseStatus.SERVICE_UNAVAILABLE.code()) {
                response.putHeader(HttpHeaders.RETRY_AFTER, String.valueOf(Problems.RETRY_AFTER_SECONDS));
            }
            response.putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                    .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                    .end(json.writeValueAsString(problem));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A problem of our own can be written", e);
        }
    }

    private static boolean hasBody(HttpServerRequest request) {
        var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? request.headers().contains(HttpHeaders.TRANSFER_ENCODING) : !length.equals("0");
    }

    private static String mediaType(@Nullable String contentType) {
        return contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
