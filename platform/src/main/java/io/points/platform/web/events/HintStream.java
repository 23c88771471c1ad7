package io.points.platform.web.events;

import io.smallrye.mutiny.subscription.MultiEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One stream. A reader that is slow is told what has changed since it was told last, and not each change: nothing queues up. All that is
 * written is written on the request's own event loop.
 */
final class HintStream<V> {

    /** The name of an event that has hints. */
    static final String CHANGED = "changed";

    /** In ms, at random in between: after a roll-out not all come back at once. */
    private static final int LEAST_RETRY = 1_000;

    private static final int MOST_RETRY = 4_000;

    private final V viewer;
    private final boolean endsWithTheFirst;
    private final Instant end;
    private final Duration beatEvery;
    private final Sse sse;
    private final MultiEmitter<? super OutboundSseEvent> emitter;
    private final @Nullable Context request = Vertx.currentContext();

    private @Nullable Map<String, String> shown;
    private volatile Instant lastSent = Instant.now();

    HintStream(
            V viewer,
            boolean endsWithTheFirst,
            Instant end,
            Duration beatEvery,
            Sse sse,
            MultiEmitter<? super OutboundSseEvent> emitter) {
        this.viewer = viewer;
        this.endsWithTheFirst = endsWithTheFirst;
        this.end = end;
        this.beatEvery = beatEvery;
        this.sse = sse;
        this.emitter = emitter;
    }

    V viewer() {
        return viewer;
    }

    /** The head of the answer goes out with it, so that the client knows that it is heard. */
    void greet() {
        send(sse.newEventBuilder()
                .comment("hello")
                .reconnectDelay(ThreadLocalRandom.current().nextInt(LEAST_RETRY, MOST_RETRY))
                .build());
    }

    void end() {
        onRequest(emitter::complete);
    }

    void endOrBeat(Instant now) {
        if (!now.isBefore(end)) {
            end();
        } else if (Duration.between(lastSent, now).compareTo(beatEvery) >= 0) {
            onRequest(() -> send(sse.newEventBuilder().comment("beat").build()));
        }
    }

    /** Sends what is other than what was shown last; the first time all, also if that is nothing. */
    void show(Map<String, String> found) {
        onRequest(() -> {
            var changed = new TreeMap<String, Object>(found);
            var before = shown;
            if (before != null) {
                before.forEach(changed::remove);
            }
            if (before != null && changed.isEmpty()) {
                return;
            }
            var data = new JsonObject(changed).encode();
            if (send(sse.newEventBuilder().name(CHANGED).data(data).build())) {
                shown = found;
                if (endsWithTheFirst) {
                    emitter.complete();
                }
            }
        });
    }

    /** False if the client has not taken what was sent before. */
    private boolean send(OutboundSseEvent event) {
        if (emitter.isCancelled() || emitter.requested() == 0) {
            return false;
        }
        lastSent = Instant.now();
        emitter.emit(event);
        return true;
    }

    private void onRequest(Runnable write) {
        if (request == null) {
            write.run();
        } else {
            request.runOnContext(there -> write.run());
        }
    }
}
