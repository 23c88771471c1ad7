package io.points.platform.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class InTimeTest {

    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(30);

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

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(LONG);
    }
}
