package io.points.platform.internals;

import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import org.jspecify.annotations.Nullable;

/** What goes with a request, whoever handles it: the local map of the Vert.x context that it has to itself. */
public final class RequestLocals {

    /**
     * Where Quarkus' metrics look for the route's path with names in the place of ids; RESTEasy puts it there too, but only once
     * it has found the resource.
     */
    private static final String ROUTE = "UrlPathTemplate";

    private final Context context;

    private RequestLocals(Context context) {
        this.context = context;
    }

    /** Those of a request; they may be kept until its answer has ended. */
    public static RequestLocals of(HttpServerRequest request) {
        return new RequestLocals(((HttpServerRequestInternal) request).context());
    }

    /** Marks the request. */
    public void mark(String name) {
        context.putLocal(name, true);
    }

    /** Whether the request has been marked. */
    public boolean isMarked(String name) {
        return context.getLocal(name) != null;
    }

    /** Tells the metrics the route, before there is a resource. */
    public void setRoute(String template) {
        context.putLocal(ROUTE, template);
    }

    /** The route, once it is known. */
    public @Nullable String route() {
        return context.getLocal(ROUTE);
    }
}
