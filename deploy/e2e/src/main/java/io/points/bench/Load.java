package io.points.bench;

import io.points.bench.Client.Answer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** Awards over HTTP. One counts when its saga is completed and the answer that says so was read. */
final class Load {

    private static final String PATH = "/api/allocations/award-points";
    private static final String COMPLETED = "\"state\":\"COMPLETED\"";
    private static final long ASK_AGAIN_MILLIS = 20;

    private final Client client;
    private final String host;
    private final int port;

    Load(Client client, String host, int port) {
        this.client = client;
        this.host = host;
        this.port = port;
    }

    /** That many callers at once; each asks again as soon as it has its answer. */
    Sample closed(int callers, Duration time, Supplier<Award> awards) {
        return run((sample, done) -> {
            long end = System.nanoTime() + time.toNanos();
            var left = new int[] {callers};
            for (int i = 0; i < callers; i++) {
                again(sample, end, awards, () -> {
                    if (--left[0] == 0) {
                        done.complete();
                    }
                });
            }
        });
    }

    /**
     * At a constant rate, whatever the system does: an award's time counts from when it was due, so that waiting for the
     * caller before it counts too.
     */
    Sample constant(int perSecond, Duration time, Supplier<Award> awards) {
        return run((sample, done) -> {
            long began = System.nanoTime();
            long total = perSecond * time.toSeconds();
            long every = Duration.ofSeconds(1).toNanos() / perSecond;
            var sent = new long[1];
            var open = new long[1];
            client.vertx().setPeriodic(1, timer -> {
                while (sent[0] < total && began + sent[0] * every <= System.nanoTime()) {
                    long due = began + sent[0]++ * every;
                    open[0]++;
                    award(sample, due, awards.get()).onComplete(ended -> open[0]--);
                }
                if (sent[0] == total && open[0] == 0) {
                    client.vertx().cancelTimer(timer);
                    done.tryComplete();
                }
            });
        });
    }

    @FunctionalInterface
    private interface Work {
        void start(Sample sample, Promise<Void> done);
    }

    /** Everything happens on the client's one thread. */
    private Sample run(Work work) {
        var done = Promise.<Void>promise();
        var sample = new Sample();
        client.vertx().getOrCreateContext().runOnContext(x -> work.start(sample, done));
        Client.await(done.future());
        return sample;
    }

    private void again(Sample sample, long end, Supplier<Award> awards, Runnable ended) {
        if (System.nanoTime() > end) {
            ended.run();
            return;
        }
        award(sample, System.nanoTime(), awards.get()).onComplete(answered -> again(sample, end, awards, ended));
    }

    private Future<Void> award(Sample sample, long since, Award award) {
        var headers = Map.of("Idempotency-Key", UUID.randomUUID().toString(), "Prefer", "wait=10");
        return client.send(HttpMethod.POST, port, host, PATH, award.token(), headers, award.body())
                .compose(answer -> follow(answer, award))
                .onComplete(ended -> {
                    if (ended.failed()) {
                        sample.failed(ended.cause().getClass().getSimpleName());
                    } else if (ended.result().status() == Client.CREATED
                            && ended.result().body().toString().contains(COMPLETED)) {
                        sample.completed(since);
                    } else {
                        sample.failed(String.valueOf(ended.result().status()));
                    }
                })
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    /** Who was told that it is not done yet looks again until it is. */
    private Future<Answer> follow(Answer answer, Award award) {
        if (answer.status() != Client.ACCEPTED) {
            return Future.succeededFuture(answer);
        }
        return client.vertx()
                .timer(ASK_AGAIN_MILLIS)
                .compose(x -> client.send(HttpMethod.GET, port, host, answer.location(), award.token(), Map.of(), null))
                .compose(looked ->
                        looked.status() == 200 && looked.body().toString().contains(COMPLETED)
                                ? Future.succeededFuture(new Answer(Client.CREATED, answer.location(), looked.body()))
                                : follow(answer, award));
    }
}
