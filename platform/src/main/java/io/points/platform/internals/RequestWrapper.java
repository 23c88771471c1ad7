package io.points.platform.internals;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.http.impl.HttpServerRequestWrapper;

/** A request that is another one but for what a subclass overrides. Vert.x' router takes none but its own. */
public abstract class RequestWrapper extends HttpServerRequestWrapper {

    protected RequestWrapper(HttpServerRequest wrapped) {
        super((HttpServerRequestInternal) wrapped);
    }

    protected final HttpServerRequest wrapped() {
        return delegate;
    }
}
