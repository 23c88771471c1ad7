package io.points.platform.web;

import io.opentelemetry.api.trace.SpanKind;
import io.points.platform.internals.RequestLocals;
import io.points.platform.telemetry.Traces;
import io.points.platform.web.caller.Caller;
import io.points.platform.web.route.RequestKeys;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** The first step of a trace, or of our part of it: a request from its first byte to the end of its answer. */
@ApplicationScoped
class RequestTraces {

    private static final int BEFORE_THE_DOOR = 1_001;
    private static final String OPERATIONS = "/q/";

    private final Traces traces;

    RequestTraces(Traces traces) {
        this.traces = traces;
    }

    void register(@Observes Filters filters) {
        if (!traces.areOff()) {
            filters.register(this::begin, BEFORE_THE_DOOR);
        }
    }

    private void begin(RoutingContext request) {
        if (!request.request().path().startsWith(OPERATIONS)) {
            var locals = RequestLocals.of(request.request());
            var method = request.request().method().name();
            var step = traces.begin(SpanKind.SERVER, method, "request", Caller.givenTraceparent(request));
            request.put(RequestKeys.TRACE, step.traceparent());
            request.addEndHandler(ended -> {
                var route = locals.route();
                step.end(
                        route == null ? method : method + " " + route,
                        request.response().getStatusCode());
            });
        }
        request.next();
    }
}
