package io.points.platform.web;

import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;

/** How long a request may work before it is answered 503. */
public final class InTime {

    /**
     * Less than the 5 s that a caller is promised, by what reading the request and writing the answer may take: most when
     * a database comes back, and everything that waited for it goes on at once.
     */
    static final Duration LONGEST = Duration.ofSeconds(3);

    /** As long, with what was spent before it on asking the identity provider who calls. */
    static final Duration WITH_THE_CALLER = Duration.ofMillis(4_200);

    private InTime() {}

    /**
     * What {@code work} gives, or a {@link TimeoutException} after 3 s. The work is not cancelled: it runs to its end, or
     * until the database's own limits end it, and nobody looks at what it gives. So a transaction is never cut in half,
     * and its connection always finds its way back.
     */
    public static <T> Uni<T> orFail(Uni<T> work) {
        return orFail(work, LONGEST);
    }

    static <T> Uni<T> orFail(Uni<T> work, Duration longest) {
        var request = Vertx.currentContext();
        return request == null
                ? Uni.createFrom()
                        .<T>emitter(answer -> work.subscribe().with(answer::complete, answer::fail))
                        .ifNoItem()
                        .after(longest)
                        .fail()
                : orFail(request, work, longest);
    }

    /**
     * What {@code work} gives, or a {@link TimeoutException} after {@code longest}; on the request's own context, and by a timer of that,
     * which is gone when the work is done: those of Mutiny's scheduler stay until their time has come. The work is not cancelled.
     */
    public static <T> Uni<T> orFail(Context request, Uni<T> work, Duration longest) {
        return Uni.createFrom().emitter(answer -> {
            var vertx = request.owner();
            // At least what a timer takes, however little is left.
            long timer = vertx.setTimer(
                    Math.max(1, longest.toMillis()),
                    x -> request.runOnContext(there -> answer.fail(new TimeoutException())));
            work.subscribe()
                    .with(
                            item -> request.runOnContext(x -> {
                                vertx.cancelTimer(timer);
                                answer.complete(item);
                            }),
                            failure -> request.runOnContext(x -> {
                                vertx.cancelTimer(timer);
                                answer.fail(failure);
                            }));
        });
    }
}
