package io.points.platform.web.events;

import io.micrometer.core.instrument.MeterRegistry;
import io.points.platform.background.Schedule;
import io.points.platform.web.InTime;
import io.points.platform.web.admission.Shares;
import io.points.platform.web.problem.ProblemException;
import io.points.platform.web.problem.Problems;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The streams of hints of one instance (server-sent events: WHATWG HTML, 9.2). One look at the tables serves them all, every so often and
 * only while there are any; nothing is kept of a stream that has ended. A stream ends when its time is up, its caller's token expires,
 * or the service stops; a client that wants to go on opens the next one.
 *
 * @param <V> who looks: viewers that are equal see the same
 */
public final class HintStreams<V> {

    private static final Logger LOG = Logger.getLogger(HintStreams.class);

    /** So long the database may take for what there is now. */
    private static final Duration FOR_THE_FIRST = Duration.ofSeconds(5);

    /** Reads what each viewer may know. */
    @FunctionalInterface
    public interface Look<V> {

        /**
         * What there is for each viewer: under the name of each thing a text that is another one once the thing has changed.
         *
         * @param viewers at least one
         */
        Uni<Map<V, Map<String, String>>> at(Set<V> viewers);
    }

    /**
     * What bounds the streams of an instance.
     *
     * @param longest after which a stream ends in any case
     * @param beatEvery after how much silence a stream says that it is there
     */
    public record Limits(Shares places, Duration longest, Duration beatEvery) {}

    /**
     * Who opens a stream.
     *
     * @param tenant null for callers of the platform
     * @param expiry of the token
     */
    public record Watcher<V>(@Nullable UUID tenant, String subject, Instant expiry, V viewer) {}

    private final Look<V> look;
    private final Limits limits;
    private final CompletionStage<Void> stopping;
    private final Set<HintStream<V>> open = ConcurrentHashMap.newKeySet();
    private volatile boolean failing;

    /**
     * @param lookEvery the setting that says how often to look
     * @param stopping completes when the service is to stop
     */
    public HintStreams(
            Look<V> look,
            Limits limits,
            String lookEvery,
            Schedule schedule,
            CompletionStage<Void> stopping,
            MeterRegistry metrics) {
        this.look = look;
        this.limits = limits;
        this.stopping = stopping;
        metrics.gauge("points_http_event_streams", open, Set::size);
        schedule.everyConfigured(lookEvery, this::turn);
        stopping.thenRun(() -> open.forEach(HintStream::end));
    }

    /**
     * A stream. Its head goes out at once, so whoever gets none is told before.
     *
     * @param asked for how long at most; zero for what there is now, and nothing more
     * @param atEnd takes what is to be done when the request has been answered, or its client has gone
     * @throws ProblemException 429 if the caller or the tenant has too many, 503 if there are too many in all
     */
    public Multi<OutboundSseEvent> open(Watcher<V> watcher, Duration asked, Sse sse, Consumer<Runnable> atEnd) {
        var places = limits.places();
        switch (places.take(watcher.tenant(), watcher.subject())) {
            case TAKEN -> atEnd.accept(() -> places.giveBack(watcher.tenant(), watcher.subject()));
            case SHARE_USED_UP -> throw Problems.tooMany().exception();
            case FULL -> throw Problems.unavailable().exception();
        }
        return Multi.createFrom().emitter(emitter -> begin(watcher, asked, sse, emitter), BackPressureStrategy.ERROR);
    }

    private void begin(Watcher<V> watcher, Duration asked, Sse sse, MultiEmitter<? super OutboundSseEvent> emitter) {
        var end = Instant.now().plus(asked.isZero() ? FOR_THE_FIRST : least(asked, limits.longest()));
        var stream = new HintStream<>(
                watcher.viewer(),
                asked.isZero(),
                end.isBefore(watcher.expiry()) ? end : watcher.expiry(),
                limits.beatEvery(),
                sse,
                emitter);
        open.add(stream);
        emitter.onTermination(() -> open.remove(stream));
        stream.greet();
        if (stopping.toCompletableFuture().isDone()) {
            stream.end();
        }
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private Uni<Void> turn() {
        var now = Instant.now();
        open.forEach(stream -> stream.endOrBeat(now));
        if (open.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var viewers = open.stream().map(HintStream::viewer).collect(Collectors.toSet());
        return InTime.orFail(look.at(viewers))
                .invoke(this::show)
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(this::stay);
    }

    private void show(Map<V, Map<String, String>> found) {
        failing = false;
        open.forEach(stream -> {
            var seen = found.get(stream.viewer());
            // Null for one that came meanwhile.
            if (seen != null) {
                stream.show(seen);
            }
        });
    }

    /** The streams stay open, for the database will be back. */
    private Uni<Void> stay(Throwable failure) {
        if (!failing) {
            failing = true;
            LOG.warn("What has changed could not be read; clients of event streams will know later", failure);
        }
        return Uni.createFrom().voidItem();
    }
}
