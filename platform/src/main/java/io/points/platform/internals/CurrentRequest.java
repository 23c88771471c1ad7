package io.points.platform.internals;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** The request that a resource or what stands around it works for; an injected {@link RoutingContext} cannot be absent. */
@Singleton
public class CurrentRequest {

    private final CurrentVertxRequest current;

    CurrentRequest(CurrentVertxRequest current) {
        this.current = current;
    }

    /** Null if nobody has said yet which one it is. */
    public @Nullable RoutingContext get() {
        return current.getCurrent();
    }
}
