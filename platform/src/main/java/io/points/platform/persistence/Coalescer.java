package io.points.platform.persistence;

import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Lets many callers share one statement, or one transaction and its commit: what is asked while a group is under way
 * makes the next group. So a lone question goes at once, and the busier it gets, the larger the groups are. A group that
 * is slow, because a lock or a lost connection holds it, does not hold up the rest for long: another one starts beside it.
 * A resting one begins the next group a moment later, the more so the larger the last one was; a lone question is followed by
 * no rest.
 *
 * @param <T> a question
 * @param <R> its answer
 */
public final class Coalescer<T, R> {

    private static final Logger LOG = Logger.getLogger(Coalescer.class);

    private static final int LARGEST = 256;

    /** More than this could not be served within the time that a request has. */
    private static final int LONGEST_QUEUE = 2_000;

    /** Whoever asked has been told by then that it did not work; it must not begin when they no longer expect it. */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(2_500);

    private static final long SLOW_MS = 100;
    private static final int MOST_AT_ONCE = 4;

    /** About what a question costs in all that comes after this. */
    private static final long REST_MS = 1;

    /** So many questions count at most. */
    private static final int LARGEST_TO_REST_FOR = 25;

    private final Vertx vertx;
    private final Context own;
    private final long slowMillis;
    private final long restMillis;
    private final Function<List<T>, Uni<List<R>>> work;

    /** This and what follows is touched on {@link #own} alone. */
    private final Queue<Asked<T, R>> queue = new ArrayDeque<>();

    private int underWay;

    /** How many are not slow, of those under way and of the one after which there is a rest. */
    private int quick;

    private record Asked<T, R>(T question, UniEmitter<? super R> answer, long since) {}

    /** @param work answers a group, in its order; fails as a whole */
    public Coalescer(Vertx vertx, Function<List<T>, Uni<List<R>>> work) {
        this(vertx, SLOW_MS, 0, work);
    }

    /**
     * For work that other stages go on with, each by the group as well: what they do is shared by more when groups follow
     * each other less closely.
     *
     * @param work answers a group, in its order; fails as a whole
     */
    public static <T, R> Coalescer<T, R> resting(Vertx vertx, Function<List<T>, Uni<List<R>>> work) {
        return new Coalescer<>(vertx, SLOW_MS, REST_MS, work);
    }

    Coalescer(Vertx vertx, long slowMillis, long restMillis, Function<List<T>, Uni<List<R>>> work) {
        this.vertx = vertx;
        this.slowMillis = slowMillis;
        this.restMillis = restMillis;
        // Not that of the request that happens to be the first to need this.
        this.own = VertxContext.getRootContext(vertx.getOrCreateContext());
        this.work = work;
    }

    /**
     * Completes on another thread than the caller's. Fails as the group failed if that will pass; a failure of another
     * kind is that of this question alone, for then each of the group is asked by itself.
     */
    public Uni<R> ask(T question) {
        return Uni.createFrom()
                .emitter(answer -> own.runOnContext(x -> {
                    if (queue.size() >= LONGEST_QUEUE) {
                        answer.fail(new TimeoutException());
                        return;
                    }
                    queue.add(new Asked<>(question, answer, System.nanoTime()));
                    start();
                }));
    }

    /** Begins the next group, unless one is under way that may yet be quick, or too many are. */
    private void start() {
        if (quick > 0 || underWay >= MOST_AT_ONCE) {
            return;
        }
        var group = take();
        if (group.isEmpty()) {
            return;
        }
        underWay++;
        quick++;
        long slow = vertx.setTimer(slowMillis, timer -> own.runOnContext(x -> next()));
        answer(group)
                .subscribe()
                .with(done -> own.runOnContext(x -> {
                    underWay--;
                    if (vertx.cancelTimer(slow)) {
                        rest(group.size());
                    } else {
                        start();
                    }
                }));
    }

    private void rest(int questions) {
        long rest = restMillis * Math.min(questions - 1, LARGEST_TO_REST_FOR);
        if (rest == 0) {
            next();
        } else {
            vertx.setTimer(rest, timer -> own.runOnContext(x -> next()));
        }
    }

    /** The group that was to be quick is done, with its rest, or it is slow. */
    private void next() {
        quick--;
        start();
    }

    private List<Asked<T, R>> take() {
        var group = new ArrayList<Asked<T, R>>();
        long now = System.nanoTime();
        while (group.size() < LARGEST && !queue.isEmpty()) {
            var next = queue.remove();
            if (now - next.since() > LONGEST_WAIT.toNanos()) {
                next.answer().fail(new TimeoutException());
            } else {
                group.add(next);
            }
        }
        return group;
    }

    /** Never fails: failures are given to those who asked. */
    private Uni<Void> answer(List<Asked<T, R>> group) {
        var questions = group.stream().map(Asked::question).toList();
        return Uni.createFrom()
                .deferred(() -> work.apply(questions))
                .onItemOrFailure()
                .transformToUni((answers, failure) -> {
                    if (failure == null) {
                        giveOut(answers, group);
                    } else if (group.size() > 1 && !TransientErrors.isTransient(failure)) {
                        return oneByOne(group);
                    } else {
                        group.forEach(asked -> asked.answer().fail(failure));
                    }
                    return Uni.createFrom().voidItem();
                });
    }

    /** The work is done, and committed: whatever goes wrong from here on must not make anybody do it again. */
    private static <T, R> void giveOut(List<R> answers, List<Asked<T, R>> group) {
        for (int i = 0; i < group.size(); i++) {
            try {
                group.get(i).answer().complete(answers.get(i));
            } catch (RuntimeException e) {
                LOG.errorf(e, "A request of the group completed, but its result could not be delivered");
                group.get(i).answer().fail(e);
            }
        }
    }

    private Uni<Void> oneByOne(List<Asked<T, R>> group) {
        var all = Uni.createFrom().voidItem();
        for (var asked : group) {
            all = all.chain(() -> answer(List.of(asked)));
        }
        return all;
    }
}
