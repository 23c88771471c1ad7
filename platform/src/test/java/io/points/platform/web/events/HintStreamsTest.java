package io.points.platform.web.events;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.points.platform.background.Schedule;
import io.points.platform.web.admission.Shares;
import io.points.platform.web.events.HintStreams.Limits;
import io.points.platform.web.events.HintStreams.Watcher;
import io.points.platform.web.problem.ProblemException;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.vertx.core.Vertx;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.resteasy.reactive.server.jaxrs.SseImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a stream says, and when it ends, without HTTP and a database. */
class HintStreamsTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final CompletableFuture<Void> stopping = new CompletableFuture<>();
    private final Map<String, Map<String, String>> there =
            new ConcurrentHashMap<>(Map.of("asha", Map.of("pool", "1", "feed", "a"), "ravi", Map.of()));
    private final AtomicInteger looks = new AtomicInteger();
    private final List<Runnable> ends = new ArrayList<>();
    private volatile boolean away;

    /** Mutiny finds out once where it is, and two threads that begin with it at the same time disturb each other. */
    @BeforeAll
    static void beginWithMutiny() {
        Uni.createFrom().deferred(() -> Uni.createFrom().voidItem()).await().indefinitely();
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private HintStreams<String> streams(Duration longest, Duration beatEvery) {
        var schedule = new Schedule(
                vertx,
                new SmallRyeConfigBuilder()
                        .withDefaultValues(Map.of("every", "PT0.005S"))
                        .build());
        return new HintStreams<>(
                viewers -> {
                    looks.incrementAndGet();
                    return away
                            ? Uni.createFrom().failure(new IllegalStateException("away"))
                            : Uni.createFrom().item(Map.copyOf(there));
                },
                new Limits(new Shares(4, 3, 2), longest, beatEvery),
                "every",
                schedule,
                stopping,
                metrics);
    }

    private AssertSubscriber<OutboundSseEvent> open(
            HintStreams<String> streams, String viewer, Duration asked, Instant expiry) {
        var watcher = new Watcher<>(new UUID(0, viewer.charAt(0)), viewer, expiry, viewer);
        return streams.open(watcher, asked, new SseImpl(), ends::add)
                .subscribe()
                .withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));
    }

    private AssertSubscriber<OutboundSseEvent> open(HintStreams<String> streams, String viewer) {
        return open(streams, viewer, LONG, Instant.MAX);
    }

    private static List<Object> hints(AssertSubscriber<OutboundSseEvent> stream) {
        return List.copyOf(stream.getItems()).stream()
                .filter(event -> HintStream.CHANGED.equals(event.getName()))
                .map(OutboundSseEvent::getData)
                .toList();
    }

    private static boolean hasEnded(AssertSubscriber<OutboundSseEvent> stream) {
        return stream.hasCompleted();
    }

    /** Then the request gives back what it has taken. */
    private void awaitEnd(AssertSubscriber<OutboundSseEvent> stream) {
        await().until(() -> hasEnded(stream));
        ends.forEach(Runnable::run);
        ends.clear();
    }

    private double open() {
        return metrics.get("points_http_event_streams").gauge().value();
    }

    @Test
    void theFirstHintsAreAllAndLaterOnesWhatHasChanged() {
        var stream = open(streams(LONG, LONG), "asha");
        await().until(() -> hints(stream).size() == 1);
        var before = looks.get();
        await().until(() -> looks.get() > before + 2);
        there.put("asha", Map.of("pool", "2", "feed", "a"));
        await().until(() -> hints(stream).size() > 1);
        assertEquals(List.of("{\"feed\":\"a\",\"pool\":\"1\"}", "{\"pool\":\"2\"}"), hints(stream));
        var greeting = stream.getItems().get(0);
        assertTrue(greeting.getReconnectDelay() >= 1_000 && greeting.getReconnectDelay() < 4_000);
    }

    @Test
    void oneLookServesAllStreamsAndNoneIsTakenForNobody() {
        var streams = streams(LONG, LONG);
        var ticks = new AtomicInteger();
        vertx.setPeriodic(5, tick -> ticks.incrementAndGet());
        await().until(() -> ticks.get() > 10);
        assertEquals(0, looks.get());
        var asha = open(streams, "asha");
        var ravi = open(streams, "ravi");
        await().until(() -> !hints(asha).isEmpty() && !hints(ravi).isEmpty());
        assertEquals(List.of("{}"), hints(ravi));
        assertEquals(2, open());
        asha.cancel();
        ravi.cancel();
        await().until(() -> open() == 0);
    }

    /** It is told of what there is at last, not of each thing that was. */
    @Test
    void whoReadsSlowlyMissesNothingAndQueuesNothing() {
        var streams = streams(LONG, Duration.ofMillis(1));
        var watcher = new Watcher<>(new UUID(0, 1), "asha", Instant.MAX, "asha");
        var slow = streams.open(watcher, LONG, new SseImpl(), ends::add)
                .subscribe()
                .withSubscriber(AssertSubscriber.<OutboundSseEvent>create(2));
        await().until(() -> slow.getItems().size() == 2);
        there.put("asha", Map.of("pool", "2", "feed", "a"));
        var before = looks.get();
        await().until(() -> looks.get() > before + 2);
        there.put("asha", Map.of("pool", "3", "feed", "b"));
        await().until(() -> looks.get() > before + 5);
        assertEquals(2, slow.getItems().size());
        slow.request(Long.MAX_VALUE);
        await().until(() ->
                hints(slow).stream().anyMatch(data -> data.toString().contains("3")));
        assertTrue(hints(slow).stream().noneMatch(data -> data.toString().contains("\"2\"")));
        slow.assertNotTerminated();
    }

    @Test
    void aStreamEndsWithItsTimeItsTokenOrTheService() {
        var brief = open(streams(Duration.ofMillis(30), LONG), "asha");
        awaitEnd(brief);
        var streams = streams(LONG, LONG);
        var asked = open(streams, "asha", Duration.ofMillis(30), Instant.MAX);
        awaitEnd(asked);
        var expired = open(streams, "asha", LONG, Instant.now().plusMillis(30));
        awaitEnd(expired);
        var asha = open(streams, "asha");
        await().until(() -> !hints(asha).isEmpty());
        assertFalse(hasEnded(asha));
        stopping.complete(null);
        awaitEnd(asha);
        var late = open(streams, "asha");
        awaitEnd(late);
    }

    @Test
    void whoAsksForNoTimeHearsWhatThereIs() {
        var stream = open(streams(LONG, LONG), "asha", Duration.ZERO, Instant.MAX);
        await().until(() -> hasEnded(stream));
        assertEquals(List.of("{\"feed\":\"a\",\"pool\":\"1\"}"), hints(stream));
    }

    @Test
    void nobodyTakesAllPlacesAndEachIsGivenBack() {
        var streams = streams(LONG, LONG);
        open(streams, "asha");
        open(streams, "asha");
        assertEquals(429, refusal(streams, "asha"));
        open(streams, "ravi");
        open(streams, "ravi");
        assertEquals(503, refusal(streams, "manu"));
        assertEquals(4, open());
        ends.remove(0).run();
        open(streams, "asha").assertNotTerminated();
        assertEquals(4, ends.size());
    }

    private int refusal(HintStreams<String> streams, String viewer) {
        return assertThrows(ProblemException.class, () -> open(streams, viewer))
                .problem()
                .status();
    }

    @Test
    void aStreamBeatsThoughNothingChangesAndOutlastsTheDatabase() {
        var stream = open(streams(LONG, Duration.ofMillis(20)), "asha");
        await().until(() -> hints(stream).size() == 1);
        away = true;
        var before = stream.getItems().size();
        await().until(() -> stream.getItems().size() > before + 2);
        there.put("asha", Map.of("pool", "9"));
        away = false;
        await().until(() -> hints(stream).size() == 2);
        stream.assertNotTerminated();
    }
}
