package io.points.platform.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InTimeTest {

    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(30);

    private static final Vertx VERTX = Vertx.vertx();

    @AfterAll
    static void close() {
        VERTX.close();
    }

    @Test
    void whatIsThereInTimeIsTheAnswer() {
        assertEquals("done", await(InTime.orFail(Uni.createFrom().item("done"), LONG)));
    }

    @Test
    void aFailureIsPassedOn() {
        var work = Uni.createFrom().<String>failure(new IllegalStateException("broken"));
        assertThrows(IllegalStateException.class, () -> await(InTime.orFail(work, LONG)));
    }

    @Test
    void whatTakesTooLongRunsOnAndIsNotCancelled() {
        var cancelled = new AtomicBoolean();
        var committed = new AtomicBoolean();
        var database = new CompletableFuture<Void>();
        var work = Uni.createFrom()
                .completionStage(database)
                .invoke(() -> committed.set(true))
                .onCancellation()
                .invoke(() -> cancelled.set(true));
        assertThrows(TimeoutException.class, () -> await(InTime.orFail(work, SHORT)));
        database.complete(null);
        assertTrue(committed.get() && !cancelled.get());
    }

    @Test
    void aRequestIsAnsweredOnItsOwnContext() {
        var request = VERTX.getOrCreateContext();
        var database = new CompletableFuture<String>();
        var done = answeredOn(request, Uni.createFrom().completionStage(database), LONG);
        var failed = answeredOn(request, Uni.createFrom().failure(new IllegalStateException("broken")), LONG);
        var late = answeredOn(request, Uni.createFrom().nothing(), SHORT);
        database.complete("done");
        for (var context : List.of(done, failed, late)) {
            assertSame(request, context.orTimeout(30, TimeUnit.SECONDS).join());
        }
    }

    /** What was spent on finding out who calls may have left next to nothing. */
    @ParameterizedTest
    @ValueSource(longs = {-1_000_000, 0, 1, 999_999})
    void lessTimeThanATimerTakesIsTimeToo(long nanos) {
        var work = Uni.createFrom().nothing();
        assertThrows(
                TimeoutException.class,
                () -> await(InTime.orFail(VERTX.getOrCreateContext(), work, Duration.ofNanos(nanos))));
    }

    private static CompletableFuture<Context> answeredOn(Context request, Uni<?> work, Duration longest) {
        var answered = new CompletableFuture<Context>();
        request.runOnContext(x -> InTime.orFail(work, longest)
                .subscribe()
                .with(
                        done -> answered.complete(Vertx.currentContext()),
                        failure -> answered.complete(Vertx.currentContext())));
        return answered;
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(LONG);
    }
}
