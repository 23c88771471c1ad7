package io.points.platform.background;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RoundsTest {

    /** That of the services' threads, see the launcher's and the images' {@code -Xss512k}. */
    private static final long STACK_BYTES = 512 * 1024;

    private static final int TURNS = 100_000;
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Rounds rounds = new Rounds(metrics);

    @Test
    void hundredThousandSlicesThatAreDoneAtOnceFitTheStack() throws Exception {
        var turns = new AtomicInteger();
        onASmallStack(() -> rounds.round("test")
                .run(() -> Uni.createFrom().item(turns.incrementAndGet() < TURNS))
                .await()
                .atMost(LONGEST));
        assertEquals(TURNS, turns.get());
    }

    @Test
    void hundredThousandSlicesThatAreDoneOnAnotherThreadFitTheStack() throws Exception {
        var turns = new AtomicInteger();
        var other = Executors.newSingleThreadExecutor(work -> new Thread(null, work, "slices", STACK_BYTES));
        try {
            onASmallStack(() -> rounds.round("test")
                    .run(() -> later(other, turns.incrementAndGet() < TURNS))
                    .await()
                    .atMost(LONGEST));
        } finally {
            other.shutdownNow();
        }
        assertEquals(TURNS, turns.get());
    }

    /** As the loops were written: the tests above would be worth nothing if this fitted too. */
    @Test
    void aUniThatChainsItselfDoesNotFit() {
        var other = Executors.newSingleThreadExecutor(work -> new Thread(null, work, "recursion", STACK_BYTES));
        try {
            var recursion = recursion(other, new AtomicInteger());
            assertThrows(Throwable.class, () -> recursion.await().atMost(Duration.ofSeconds(3)));
        } finally {
            other.shutdownNow();
        }
    }

    private static Uni<Void> recursion(Executor other, AtomicInteger turns) {
        return later(other, turns.incrementAndGet() < TURNS)
                .chain(more -> more ? recursion(other, turns) : Uni.createFrom().voidItem());
    }

    @Test
    void aRoundShowsWhenItLastSucceededAndAgesFromItsStart() {
        var round = rounds.round("test");
        double began = lastSuccess("test");
        assertTrue(System.currentTimeMillis() / 1e3 - began < 60, "it ages from now");
        waitForTheClock(began);
        var lost = round.run(() -> Uni.createFrom().failure(new IllegalStateException("lost")));
        assertThrows(IllegalStateException.class, () -> lost.await().atMost(LONGEST));
        assertEquals(began, lastSuccess("test"));
        round.run(() -> Uni.createFrom().item(false)).await().atMost(LONGEST);
        assertTrue(lastSuccess("test") > began, "it has succeeded since");
    }

    @Test
    void aRoundThatGoesOnHasNotSucceededYet() throws Exception {
        var round = rounds.round("test");
        double began = lastSuccess("test");
        waitForTheClock(began);
        var second = new CompletableFuture<Boolean>();
        var slices = new AtomicInteger();
        var running = round.run(() -> slices.incrementAndGet() == 1
                        ? Uni.createFrom().item(true)
                        : Uni.createFrom().completionStage(second))
                .subscribeAsCompletionStage();
        assertEquals(2, slices.get());
        assertEquals(began, lastSuccess("test"));
        second.complete(false);
        running.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        assertTrue(lastSuccess("test") > began, "it has succeeded since");
    }

    @Test
    void aSliceThatThrowsEndsTheRound() {
        var slices = new AtomicInteger();
        var round = rounds.round("test").run(() -> {
            if (slices.incrementAndGet() == 3) {
                throw new IllegalStateException("the third");
            }
            return Uni.createFrom().item(true);
        });
        assertThrows(IllegalStateException.class, () -> round.await().atMost(LONGEST));
        assertEquals(3, slices.get());
    }

    @Test
    void eachNameIsARoundOfItsOwn() {
        assertSame(rounds.round("one"), rounds.round("one"));
        assertNotSame(rounds.round("one"), rounds.round("other"));
    }

    private static Uni<Boolean> later(Executor other, boolean item) {
        return Uni.createFrom().completionStage(() -> CompletableFuture.supplyAsync(() -> item, other));
    }

    private double lastSuccess(String round) {
        return metrics.get(Rounds.LAST_SUCCESS).tag("round", round).gauge().value();
    }

    /** Until a success would show another time than the one that is shown. */
    private static void waitForTheClock(double shown) {
        while (System.currentTimeMillis() / 1e3 <= shown) {
            Thread.onSpinWait();
        }
    }

    private static void onASmallStack(Runnable work) throws Exception {
        var failure = new CompletableFuture<Void>();
        var thread = new Thread(
                null,
                () -> {
                    try {
                        work.run();
                        failure.complete(null);
                    } catch (Throwable e) {
                        failure.completeExceptionally(e);
                    }
                },
                "small stack",
                STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        failure.get(2 * LONGEST.toSeconds(), TimeUnit.SECONDS);
    }
}
