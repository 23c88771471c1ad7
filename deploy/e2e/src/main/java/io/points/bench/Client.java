package io.points.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** HTTP over a number of connections, on one thread and as cheap as can be: it shares the cores with what it measures. */
final class Client implements AutoCloseable {

    static final int CREATED = 201;
    static final int ACCEPTED = 202;
    static final int UNAVAILABLE = 503;

    /** Less than after which the services close a connection that nobody uses: else a request could meet that. */
    private static final int SECONDS_IDLE = 30;

    private static final int ENDLESS = -1;

    /** Then a request fails, and the bench with it, rather than wait for ever. */
    private static final long LONGEST_SILENCE_MS = 60_000;

    private static final long LEAST_PAUSE_MS = 100;

    private final Vertx vertx = Vertx.vertx(
            new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1));
    private final HttpClient http;

    /** @param connections how many there are at most, to each service */
    Client(int connections) {
        http = vertx.createHttpClient(new HttpClientOptions()
                .setMaxPoolSize(connections)
                .setMaxWaitQueueSize(ENDLESS)
                .setKeepAliveTimeout(SECONDS_IDLE));
    }

    /**
     * What came back.
     *
     * @param retryAfterMillis how long to wait before a repeat, at least: as the answer says, else a moment
     */
    record Answer(int status, String location, Buffer body, long retryAfterMillis) {

        Answer(int status, String location, Buffer body) {
            this(status, location, body, LEAST_PAUSE_MS);
        }

        /** Fails unless it has that status. */
        Answer expect(int expected) {
            if (status != expected) {
                throw new IllegalStateException(expected + " was expected, and came " + status + " " + body);
            }
            return this;
        }
    }

    /** @param body JSON, or null */
    Future<Answer> send(HttpMethod method, String url, String token, Map<String, String> headers, Buffer body) {
        var base = java.net.URI.create(url);
        var path = base.getRawQuery() == null ? base.getRawPath() : base.getRawPath() + "?" + base.getRawQuery();
        return send(method, base.getPort(), base.getHost(), path, token, headers, body);
    }

    Future<Answer> send(
            HttpMethod method,
            int port,
            String host,
            String path,
            String token,
            Map<String, String> headers,
            Buffer body) {
        // All of it on one event loop: a response that came before its reader was there would be waited for in vain.
        var answer = Promise.<Answer>promise();
        vertx.getOrCreateContext().runOnContext(x -> http.request(new RequestOptions()
                        .setMethod(method)
                        .setPort(port)
                        .setHost(host)
                        .setURI(path)
                        .setTimeout(LONGEST_SILENCE_MS))
                .compose(request -> {
                    request.putHeader("Authorization", token);
                    headers.forEach(request::putHeader);
                    if (body == null) {
                        return request.send();
                    }
                    request.putHeader("Content-Type", "application/json");
                    return request.send(body);
                })
                .compose(Client::read)
                .onComplete(answer));
        return answer.future();
    }

    private static Future<Answer> read(HttpClientResponse response) {
        return response.body()
                .map(body -> new Answer(
                        response.statusCode(),
                        response.getHeader("Location"),
                        body,
                        pause(response.getHeader("Retry-After"))));
    }

    private static long pause(String seconds) {
        return seconds == null || !seconds.matches("\\d{1,4}")
                ? LEAST_PAUSE_MS
                : Math.max(LEAST_PAUSE_MS, 1000L * Integer.parseInt(seconds));
    }

    /** Repeats what is answered 503 for as long as a service may be busy, each time after what the answer asks for. */
    Future<Answer> untilAvailable(Supplier<Future<Answer>> request) {
        return untilAvailable(request, System.nanoTime() + LONGEST_SILENCE_MS * 1_000_000);
    }

    private Future<Answer> untilAvailable(Supplier<Future<Answer>> request, long deadline) {
        return request.get().compose(answer -> {
            if (answer.status() != UNAVAILABLE || System.nanoTime() > deadline) {
                return Future.succeededFuture(answer);
            }
            return vertx.timer(answer.retryAfterMillis()).compose(x -> untilAvailable(request, deadline));
        });
    }

    Vertx vertx() {
        return vertx;
    }

    /** Waits for it. */
    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
