package io.points.platform.warmup;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StepsTest {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Uni<Void> DONE = Uni.createFrom().voidItem();

    @Test
    void endsWhenTheLastHasEndedAndNotBefore() {
        var last = new CompletableFuture<Void>();
        var all = Steps.all(Map.of("done", DONE, "last", Uni.createFrom().completionStage(last)), LONG)
                .subscribeAsCompletionStage();
        assertFalse(all.isDone());
        last.complete(null);
        all.join();
    }

    @Test
    void whatFailsKeepsNobodyAndTheOthersAreWaitedForAllTheSame() {
        var last = new CompletableFuture<Void>();
        var all = Steps.all(
                        Map.of(
                                "failed",
                                Uni.createFrom().<Void>failure(new IllegalStateException("nobody there")),
                                "last",
                                Uni.createFrom().completionStage(last)),
                        LONG)
                .subscribeAsCompletionStage();
        assertFalse(all.isDone());
        last.complete(null);
        all.join();
    }

    @Test
    void whatHangsHasItsTimeAndNoMore() {
        long began = System.nanoTime();
        Steps.all(Map.of("hung", Uni.createFrom().<Void>nothing(), "done", DONE), Duration.ofMillis(50))
                .await()
                .atMost(LONG);
        assertTrue(System.nanoTime() - began >= 50_000_000);
    }
}
