package io.points.platform.internals;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;

/** The body of a request that was read by other means than Vert.x' own handler of bodies. */
public final class RequestBody {

    private RequestBody() {}

    /** Leaves the body where all handlers after this one look for it. */
    public static void set(RoutingContext request, Buffer body) {
        ((RoutingContextInternal) request).setBody(body);
    }
}
