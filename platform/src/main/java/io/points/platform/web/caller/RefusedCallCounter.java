package io.points.platform.web.caller;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Counts refused calls to the platform's routes, in every service and by every check. allocation-service
 * raises an alert that names the caller; of the other services this number is all that is told, and the rule
 * {@code PointsCallsRefused} looks at it.
 */
@ApplicationScoped
class RefusedCallCounter {

    /** Around the door, which turns away too. */
    private static final int BEFORE_THE_DOOR = 1_001;

    private static final String PLATFORM = "/api/platform/";

    private final Counter refused;

    RefusedCallCounter(MeterRegistry metrics) {
        refused = Counter.builder("points_http_refused_calls")
                .description("Calls of the platform's routes that were answered 401 or 403")
                .register(metrics);
    }

    void register(@Observes Filters filters) {
        filters.register(this::watch, BEFORE_THE_DOOR);
    }

    private void watch(RoutingContext call) {
        call.addEndHandler(ended -> {
            int status = call.response().getStatusCode();
            if ((status == 401 || status == 403) && call.normalizedPath().startsWith(PLATFORM)) {
                refused.increment();
            }
        });
        call.next();
    }
}
