package io.points.console;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Refusals in the form in which the services write theirs: {@code application/problem+json}, RFC 9457. */
final class Problems {
    static final String MEDIA_TYPE = "application/problem+json";

    private Problems() {}

    /**
     * Ends a request.
     *
     * @param slug the last part of the stable type
     * @param title the same for every problem of this type
     * @param detail what is wrong, and what to do about it
     */
    static void send(RoutingContext context, int status, String slug, String title, String detail) {
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE)
                .end(body(status, slug, title, detail));
    }

    static Buffer body(int status, String slug, String title, String detail) {
        return new JsonObject()
                .put("type", "urn:points:problem:" + slug)
                .put("title", title)
                .put("status", status)
                .put("detail", detail)
                .toBuffer();
    }
}
