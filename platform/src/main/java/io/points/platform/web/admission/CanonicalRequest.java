package io.points.platform.web.admission;

import io.points.platform.internals.RequestWrapper;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * A request as everything behind {@link RequestEntry} sees it: under its {@link CanonicalPath}, and with a body that may have
 * been read already. RESTEasy pauses every request before it looks for the body, and takes one that has ended all the same for
 * one without a body. In HTTP/1.1 a request of Vert.x has not ended while it is paused, and in HTTP/2 it throws when it is paused
 * after its end: here it is as in HTTP/1.1.
 */
final class CanonicalRequest extends RequestWrapper {

    private final String path;
    private final String uri;
    private boolean pausedAfterItsEnd;

    CanonicalRequest(HttpServerRequest request, String path) {
        super(request);
        this.path = path;
        var query = request.query();
        uri = query == null ? path : path + "?" + query;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public String uri() {
        return uri;
    }

    @Override
    public @Nullable String absoluteURI() {
        var authority = wrapped().authority();
        return authority == null ? uri : wrapped().scheme() + "://" + authority + uri;
    }

    @Override
    public boolean isEnded() {
        return !pausedAfterItsEnd && wrapped().isEnded();
    }

    @Override
    public HttpServerRequest pause() {
        if (wrapped().isEnded()) {
            pausedAfterItsEnd = true;
        } else {
            wrapped().pause();
        }
        return this;
    }

    @Override
    public HttpServerRequest fetch(long amount) {
        pausedAfterItsEnd = false;
        if (!wrapped().isEnded()) {
            wrapped().fetch(amount);
        }
        return this;
    }

    @Override
    public HttpServerRequest resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public HttpServerRequest handler(@Nullable Handler<Buffer> handler) {
        if (!wrapped().isEnded()) {
            wrapped().handler(handler);
        }
        return this;
    }

    @Override
    public HttpServerRequest endHandler(@Nullable Handler<Void> handler) {
        if (!wrapped().isEnded()) {
            wrapped().endHandler(handler);
        }
        return this;
    }
}
