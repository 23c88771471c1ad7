package io.points.platform.web.admission;

import io.micrometer.core.instrument.MeterRegistry;
import io.points.platform.internals.RequestBody;
import io.points.platform.telemetry.LogIds;
import io.points.platform.web.Stopping;
import io.points.platform.web.caller.CallerFilter;
import io.points.platform.web.caller.KnownCaller;
import io.points.platform.web.idempotency.Idempotency;
import io.points.platform.web.problem.ProblemAnswers;
import io.points.platform.web.problem.Problems;
import io.points.platform.web.route.RequestKeys;
import io.points.platform.web.route.Routes;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The conditions that a request must meet before it reaches a resource. In this order: it finds a service that is not stopping; its caller
 * is known ({@code CallerFilter}); its caller and tenant have not taken all {@link RequestSlots} that are theirs; its body has
 * arrived, is of a media type that the route takes, and has at most 64 KiB; on the routes for batches, if the service has any, up to 2
 * MiB.
 */
@ApplicationScoped
public class AdmissionFilter {

    private static final Logger LOG = Logger.getLogger(AdmissionFilter.class);

    /**
     * After Quarkus' filter for other origins, at 300: a browser shows its page no answer that this has not seen, a refusal
     * neither. Before {@link CallerFilter}.
     */
    private static final int AT_FIRST = 290;

    private static final int CALLER_IS_KNOWN = 280;

    private static final int BEFORE_ALL_OTHERS = -1_000;
    private static final int LARGEST_BODY = 64 * 1024;
    private static final int LARGEST_BATCH = 2 * 1024 * 1024;

    /** Those whose callers are not known yet are among them, so there are more than {@link RequestSlots}; they cost only memory. */
    private static final int MOST_OPEN_REQUESTS = 4_000;

    private static final String API = "/api/";

    /** Health and metrics are looked at above all when there is too much to do. */
    private static final String OPERATIONS = "/q/";

    private final ProblemAnswers answers;
    private final Stopping stopping;
    private final RequestSlots places;
    private final Routes routes;
    private final AtomicInteger open = new AtomicInteger();
    private final Set<String> batchRoutes;

    AdmissionFilter(
            ProblemAnswers answers,
            Stopping stopping,
            RequestSlots places,
            Routes routes,
            MeterRegistry metrics,
            @ConfigProperty(name = "points.http.batch-routes") Optional<Set<String>> batchRoutes) {
        this.answers = answers;
        this.stopping = stopping;
        this.places = places;
        this.routes = routes;
        this.batchRoutes = batchRoutes.orElse(Set.of());
        metrics.gauge("points_http_open_requests", open);
    }

    void register(@Observes Filters filters) {
        filters.register(this::admit, AT_FIRST);
        filters.register(this::takePlace, CALLER_IS_KNOWN);
        filters.register(this::readBody, CALLER_IS_KNOWN - 1);
    }

    /** Behind all handlers of failures but Quarkus' own, which answers with what is no problem document. */
    void register(@Observes Router router) {
        router.route().order(BEFORE_ALL_OTHERS).failureHandler(this::ignoreHungUp);
        router.route().order(Integer.MAX_VALUE - 1).failureHandler(this::answerFailure);
    }

    private void admit(RoutingContext context) {
        var path = context.request().path();
        if (path.startsWith(OPERATIONS)) {
            context.next();
        } else if (stopping.hasBegun()) {
            // The next one on this connection would meet its end.
            answers.sendLast(context, Problems.unavailable());
        } else if (open.get() >= MOST_OPEN_REQUESTS) {
            answers.send(context, Problems.unavailable());
        } else if (!path.startsWith(API)) {
            answers.send(context, Problems.noSuchRoute());
        } else {
            open.incrementAndGet();
            Held.untilAnswered(context, open::decrementAndGet);
            context.next();
        }
    }

    private void takePlace(RoutingContext context) {
        KnownCaller caller = context.get(KnownCaller.KEY);
        if (caller == null) {
            // Nobody who could do anything: a browser that asks whether it may.
            context.next();
            return;
        }
        var refusal = places.take(context, caller, isBatch(context.request()));
        if (refusal == null) {
            context.next();
        } else {
            answers.send(context, refusal);
        }
    }

    private void readBody(RoutingContext context) {
        var request = context.request();
        if (context.get(KnownCaller.KEY) == null || request.isEnded()) {
            context.next();
            return;
        }
        var key = request.getHeader(Idempotency.HEADER);
        if (key != null && !Idempotency.isKey(key)) {
            // Whatever the route does with it: a dry run keeps none.
            answers.send(context, Idempotency.badKey());
            return;
        }
        boolean announced = announcesBody(request);
        if (!announced && request.version() != HttpVersion.HTTP_2) {
            context.next();
        } else if (announced && !isOfRightType(request)) {
            answers.send(context, Problems.unsupportedMediaType(takes(request)));
        } else if (!expectationMet(context)) {
            answers.sendLast(context, Problems.expectationFailed());
        } else {
            BodyReader.read(
                    context.vertx(),
                    request,
                    isBatch(request) ? LARGEST_BATCH : LARGEST_BODY,
                    ArrivalRate.USUAL,
                    new Passing(context));
        }
    }

    /** RFC 9110, section 10.1.1. */
    private static boolean expectationMet(RoutingContext context) {
        var expected = context.request().getHeader(HttpHeaders.EXPECT);
        if (expected == null || context.request().version() == HttpVersion.HTTP_1_0) {
            return true;
        }
        if (!expected.equalsIgnoreCase("100-continue")) {
            return false;
        }
        context.response().writeContinue();
        return true;
    }

    private final class Passing implements BodyReader.Reader {

        private final RoutingContext context;

        Passing(RoutingContext context) {
            this.context = context;
        }

        @Override
        public void whole(Buffer body) {
            // HTTP/2 need not announce a body, so its type is looked at when there is one.
            if (body.length() > 0 && !isOfRightType(context.request())) {
                answers.send(context, Problems.unsupportedMediaType(takes(context.request())));
            } else {
                RequestBody.set(context, body);
                context.next();
            }
        }

        @Override
        public void tooLarge() {
            answers.sendLast(context, Problems.tooLarge());
        }

        @Override
        public void tooSlow() {
            answers.sendLast(context, Problems.tooSlow());
        }
    }

    private boolean isBatch(HttpServerRequest request) {
        return request.method() == HttpMethod.POST && batchRoutes.contains(request.path());
    }

    private boolean isOfRightType(HttpServerRequest request) {
        return takes(request).contains(mediaType(request.getHeader(HttpHeaders.CONTENT_TYPE)))
                || isOfAnotherMethod(request);
    }

    /** The router answers 405, whatever the body is. */
    private boolean isOfAnotherMethod(HttpServerRequest request) {
        var allowed = routes.table().allowed(request.path());
        return !allowed.isEmpty() && !allowed.contains(request.method().name());
    }

    private Set<String> takes(HttpServerRequest request) {
        return routes.table().takes(request.method().name(), request.path());
    }

    private static boolean announcesBody(HttpServerRequest request) {
        var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? request.headers().contains(HttpHeaders.TRANSFER_ENCODING) : !length.equals("0");
    }

    private static String mediaType(@Nullable String contentType) {
        return contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /** The caller is gone, and it is not our fault. */
    private void ignoreHungUp(RoutingContext context) {
        if (!(context.failure() instanceof HttpClosedException)
                && !(context.failure() instanceof StreamResetException)) {
            context.next();
        }
    }

    private void answerFailure(RoutingContext context) {
        int status = context.statusCode();
        if (context.failure() == null || status >= 400 && status < 500) {
            answers.send(context, Problems.ofStatus(status < 400 ? 500 : status, null));
            return;
        }
        var id = UUID.randomUUID();
        LogIds.of(context.get(RequestKeys.TRACE), context.get(RequestKeys.TENANT))
                .around(() -> LOG.errorf(context.failure(), "Unexpected error %s", id));
        answers.send(context, Problems.internalError(id));
    }
}
