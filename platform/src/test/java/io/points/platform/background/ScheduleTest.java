package io.points.platform.background;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final Duration OFTEN = Duration.ofMillis(5);
    private static final Duration NEVER = Duration.ofHours(1);

    private final Vertx vertx = Vertx.vertx();
    private final Schedule schedule = new Schedule(
            vertx,
            new SmallRyeConfigBuilder()
                    .withDefaultValues(Map.of("on", "PT1H", "off", "off"))
                    .build());
    private final AtomicInteger turns = new AtomicInteger();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private Uni<Void> turn() {
        turns.incrementAndGet();
        return Uni.createFrom().voidItem();
    }

    @Test
    void workComesRoundOnTheSameThread() {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        schedule.every(OFTEN, () -> {
            threads.add(Thread.currentThread());
            return turn();
        });
        await().until(() -> turns.get() >= 3);
        assertEquals(1, threads.size());
    }

    @Test
    void aTurnIsOverBeforeTheNextBegins() {
        var ticks = new AtomicInteger();
        var first = new CompletableFuture<Void>();
        schedule.every(OFTEN, () -> {
            turns.incrementAndGet();
            return Uni.createFrom().completionStage(first);
        });
        schedule.every(OFTEN, () -> Uni.createFrom().item(ticks.incrementAndGet()));
        await().until(() -> ticks.get() >= 10);
        assertEquals(1, turns.get());
        first.complete(null);
        await().until(() -> turns.get() > 1);
    }

    @Test
    void whatFailsOrThrowsIsTriedAgain() {
        schedule.every(OFTEN, () -> {
            if (turns.incrementAndGet() == 1) {
                throw new IllegalStateException("thrown");
            }
            return Uni.createFrom().failure(new IllegalStateException("failed"));
        });
        await().until(() -> turns.get() >= 3);
    }

    @Test
    void theFirstTurnMayComeAtOnce() {
        schedule.every(NEVER, Duration.ZERO, this::turn);
        await().until(() -> turns.get() == 1);
        schedule.everyConfigured("on", this::turn);
        await().until(() -> turns.get() == 2);
    }

    @Test
    void whatIsOffIsNeverDone() {
        schedule.everyConfigured("off", this::turn);
        var ticks = new AtomicInteger();
        schedule.every(OFTEN, () -> Uni.createFrom().item(ticks.incrementAndGet()));
        await().until(() -> ticks.get() >= 3);
        assertEquals(0, turns.get());
    }

    @Test
    void nothingBeginsOnceTheServiceStops() {
        schedule.every(OFTEN, this::turn);
        await().until(() -> turns.get() >= 1);
        assertFalse(schedule.isStopped());
        schedule.stop(new ShutdownEvent());
        assertTrue(schedule.isStopped());
        var after = new AtomicInteger();
        vertx.setPeriodic(OFTEN.toMillis(), timer -> after.incrementAndGet());
        await().until(() -> after.get() >= 2);
        int then = turns.get();
        await().until(() -> after.get() >= 10);
        assertEquals(then, turns.get());
    }
}
