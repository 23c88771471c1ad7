package io.points.platform.persistence;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CoalescerTest {

    /** The question that is under way until {@link #gate} opens, so that others gather behind it. */
    private static final int FIRST = 0;

    private static final long NEVER = 600_000;

    private final Vertx vertx = Vertx.vertx();
    private final CompletableFuture<Void> gate = new CompletableFuture<>();
    private final List<List<Integer>> groups = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void whatIsAskedMeanwhileIsOneBatchAndEveryoneGetsTheirOwnAnswer() {
        var batcher = batcher(CoalescerTest::answers);
        var first = ask(batcher, FIRST);
        var others = askAll(batcher, 1, 2, 3);
        gate.complete(null);

        assertEquals("answer 0", first.join());
        assertEquals(
                List.of("answer 1", "answer 2", "answer 3"),
                others.stream().map(CompletableFuture::join).toList());
        assertEquals(List.of(List.of(FIRST), List.of(1, 2, 3)), groups);
    }

    @Test
    void aSlowBatchDoesNotHoldUpTheNextOne() {
        var batcher = batcher(10, CoalescerTest::answers);
        var stuck = ask(batcher, FIRST);

        assertEquals("answer 1", ask(batcher, 1).join());
        assertFalse(stuck.isDone());
    }

    @Test
    void afterABatchMoreGathers() {
        var batcher = batcher(NEVER, 500, CoalescerTest::answers);
        ask(batcher, FIRST);
        var others = askAll(batcher, 1, 2);
        others.get(1).thenRun(() -> {
            ask(batcher, 3);
            vertx.setTimer(20, timer -> ask(batcher, 4));
        });
        gate.complete(null);

        await().until(() -> groups.size() > 2);
        assertEquals(List.of(List.of(FIRST), List.of(1, 2), List.of(3, 4)), groups);
    }

    @Test
    void afterALoneQuestionTheNextGoesAtOnce() {
        var batcher = batcher(NEVER, NEVER, CoalescerTest::answers);
        var first = ask(batcher, FIRST);
        gate.complete(null);

        assertEquals("answer 0", first.join());
        assertEquals("answer 1", ask(batcher, 1).join());
    }

    @Test
    void aQuestionThatCannotBeAnsweredFailsAlone() {
        var batcher = batcher(group -> group.contains(2) ? failure(new IllegalArgumentException()) : answers(group));
        ask(batcher, FIRST);
        var all = askAll(batcher, 1, 2, 3);
        gate.complete(null);

        assertEquals("answer 1", all.get(0).join());
        assertInstanceOf(IllegalArgumentException.class, failureOf(all.get(1)));
        assertEquals("answer 3", all.get(2).join());
        assertEquals(List.of(List.of(FIRST), List.of(1, 2, 3), List.of(1), List.of(2), List.of(3)), groups);
    }

    /** The work is committed by then: whoever did it again would award twice. */
    @Test
    void whatIsDoneIsNotDoneAgainWhenItsAnswersCannotBeGiven() {
        var batcher = batcher(group -> Uni.createFrom().item(List.of("answer 1")));
        ask(batcher, FIRST);
        var all = askAll(batcher, 1, 2);
        gate.complete(null);

        assertEquals("answer 1", all.get(0).join());
        assertInstanceOf(IndexOutOfBoundsException.class, failureOf(all.get(1)));
        assertEquals("answer 1", ask(batcher, 3).join());
        assertEquals(List.of(List.of(FIRST), List.of(1, 2), List.of(3)), groups);
    }

    @Test
    void whatWillPassFailsTheBatchAndIsNotTriedAgainHere() {
        var batcher = batcher(group -> failure(new TimeoutException()));
        ask(batcher, FIRST);
        var all = askAll(batcher, 1, 2);
        gate.complete(null);

        all.forEach(one -> assertInstanceOf(TimeoutException.class, failureOf(one)));
        assertEquals(List.of(List.of(FIRST), List.of(1, 2)), groups);
    }

    @Test
    void moreThanCanBeServedInTimeIsTurnedAwayAtOnce() {
        var batcher = new Coalescer<Integer, String>(
                vertx, group -> Uni.createFrom().completionStage(gate).map(x -> List.of()));
        var all = askAll(batcher, IntStream.range(0, 10_000).toArray());

        assertInstanceOf(TimeoutException.class, failureOf(all.get(all.size() - 1)));
        assertFalse(all.get(0).isDone());
    }

    private Coalescer<Integer, String> batcher(Function<List<Integer>, Uni<List<String>>> work) {
        return batcher(NEVER, work);
    }

    private Coalescer<Integer, String> batcher(long slowMillis, Function<List<Integer>, Uni<List<String>>> work) {
        return batcher(slowMillis, 0, work);
    }

    private Coalescer<Integer, String> batcher(
            long slowMillis, long restMillis, Function<List<Integer>, Uni<List<String>>> work) {
        return new Coalescer<>(vertx, slowMillis, restMillis, group -> {
            groups.add(group);
            return group.contains(FIRST)
                    ? Uni.createFrom().completionStage(gate).chain(() -> answers(group))
                    : work.apply(group);
        });
    }

    private static Uni<List<String>> answers(List<Integer> group) {
        return Uni.createFrom()
                .item(group.stream().map(question -> "answer " + question).toList());
    }

    private static Uni<List<String>> failure(Throwable failure) {
        return Uni.createFrom().failure(failure);
    }

    /** Returns when the question has begun or waits. */
    private CompletableFuture<String> ask(Coalescer<Integer, String> batcher, int question) {
        int begun = groups.size();
        var answer = batcher.ask(question).subscribeAsCompletionStage();
        if (question == FIRST) {
            await().until(() -> groups.size() > begun);
        }
        return answer;
    }

    private List<CompletableFuture<String>> askAll(Coalescer<Integer, String> batcher, int... questions) {
        return IntStream.of(questions)
                .mapToObj(question -> batcher.ask(question).subscribeAsCompletionStage())
                .toList();
    }

    private static Throwable failureOf(CompletableFuture<String> answer) {
        return assertThrows(CompletionException.class, answer::join).getCause();
    }
}
