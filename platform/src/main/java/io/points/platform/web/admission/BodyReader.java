package io.points.platform.web.admission;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/**
 * Reads one request's body into memory. What counts is what arrives, whatever a header says of it: HTTP/2 and chunks have no
 * length, and a length is only a promise.
 */
final class BodyReader {

    /** Told once, whichever it is. */
    interface Reader {

        void whole(Buffer body);

        /** The rest, if there is any, has not been read. */
        void tooLarge();

        /** As above. */
        void tooSlow();
    }

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final int limit;
    private final ArrivalRate rate;
    private final Reader reader;
    private final Buffer body = Buffer.buffer();
    private final long begun = System.nanoTime();
    private long timer = -1;
    private boolean over;

    private BodyReader(Vertx vertx, HttpServerRequest request, int limit, ArrivalRate rate, Reader reader) {
        this.vertx = vertx;
        this.request = request;
        this.limit = limit;
        this.rate = rate;
        this.reader = reader;
    }

    /**
     * Starts reading. A caller who disconnects meanwhile is ignored.
     *
     * @param limit the most bytes that a body may have
     */
    static void read(Vertx vertx, HttpServerRequest request, int limit, ArrivalRate rate, Reader reader) {
        new BodyReader(vertx, request, limit, rate, reader).begin();
    }

    private void begin() {
        // Or Quarkus lets it flow as soon as there is a handler for its pieces, and its end may come before there is
        // one for that.
        request.pause();
        request.exceptionHandler(hungUp -> end());
        request.handler(this::add).endHandler(read -> {
            if (end()) {
                reader.whole(body);
            }
        });
        request.resume();
        watch();
    }

    private void add(Buffer piece) {
        if (over) {
            return;
        }
        if (body.length() + (long) piece.length() > limit) {
            end();
            reader.tooLarge();
        } else {
            body.appendBuffer(piece);
        }
    }

    private void watch() {
        if (over) {
            return;
        }
        var left = rate.left(body.length(), Duration.ofNanos(System.nanoTime() - begun));
        if (left.isZero() || left.isNegative()) {
            end();
            reader.tooSlow();
        } else {
            timer = vertx.setTimer(Math.max(1, left.toMillis()), due -> watch());
        }
    }

    /** True the first time. */
    private boolean end() {
        if (over) {
            return false;
        }
        over = true;
        vertx.cancelTimer(timer);
        return true;
    }
}
