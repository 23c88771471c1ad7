package io.points.testing;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** The ways in which a request reaches a service. */
public enum Protocol {
    /** Byte for byte, see {@link Ask}. */
    HTTP_1_1 {
        @Override
        public Answer send(Ask ask, URI service) {
            return ask.send(service);
        }
    },
    /**
     * The request goes out as HTTP/1.1 and asks for HTTP/2, which the answer comes by (RFC 7540, section 3.2), unless its body
     * may be large: each on a connection of its own.
     */
    H2C_UPGRADE {
        @Override
        public Answer send(Ask ask, URI service) {
            var client = client(true);
            try {
                return exchange(client, ask, service);
            } finally {
                client.close();
            }
        }
    },
    /** HTTP/2 from the first byte on (RFC 9113, section 3.3), many requests to a connection. */
    H2_PRIOR_KNOWLEDGE {
        @Override
        public Answer send(Ask ask, URI service) {
            return exchange(Clients.PRIOR_KNOWLEDGE, ask, service);
        }
    };

    private static final int PATIENCE_SECONDS = 20;
    private static final int PIECE = 8_192;
    private static final int LARGEST_UPGRADING = 64 * 1024;

    /** What the answer is. */
    public abstract Answer send(Ask ask, URI service);

    /** Does the same by each protocol, side by side, and ends when all have ended. */
    public static void each(Consumer<Protocol> check) {
        begin(check).forEach(Protocol::await);
    }

    /** Begins with the same by each protocol. */
    static List<java.util.concurrent.Future<?>> begin(Consumer<Protocol> check) {
        var running = new ArrayList<java.util.concurrent.Future<?>>();
        for (var protocol : values()) {
            running.add(Clients.CALLERS.submit(() -> check.accept(protocol)));
        }
        return running;
    }

    static void await(java.util.concurrent.Future<?> check) {
        try {
            check.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Begun with the first request that needs them. */
    private static final class Clients {
        private static final ExecutorService CALLERS = Executors.newCachedThreadPool(work -> {
            var thread = new Thread(work, "caller");
            thread.setDaemon(true);
            return thread;
        });
        private static final Vertx VERTX =
                Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setUseDaemonThread(true));
        private static final HttpClient PRIOR_KNOWLEDGE = client(false);
    }

    private static HttpClient client(boolean byUpgrade) {
        return Clients.VERTX.createHttpClient(new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(byUpgrade)
                .setInitialSettings(new Http2Settings().setMaxHeaderListSize(1 << 20)));
    }

    private static Answer exchange(HttpClient client, Ask ask, URI service) {
        var answer = client.request(new RequestOptions()
                        .setMethod(HttpMethod.valueOf(ask.method()))
                        .setHost(service.getHost())
                        .setPort(service.getPort())
                        .setURI(ask.target()))
                // As one: an answer that came before somebody listens would never be heard.
                .compose(request -> send(request, ask).compose(response -> read(response, ask)));
        try {
            return DeclaredAnswers.checked(
                    service,
                    ask,
                    answer.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(ask.method() + " " + ask.target() + " got no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Future<HttpClientResponse> send(HttpClientRequest request, Ask ask) {
        ask.headers().forEach(request::putHeader);
        if (ask.body() == null) {
            return request.send();
        }
        if (ask.chunked()) {
            request.setChunked(true);
        } else {
            request.putHeader("Content-Length", String.valueOf(ask.body().length));
        }
        for (int from = 0; from < ask.body().length; from += PIECE) {
            var piece = Buffer.buffer().appendBytes(ask.body(), from, Math.min(PIECE, ask.body().length - from));
            // Once it has been answered, the rest is not wanted: the answer counts.
            request.write(piece).otherwiseEmpty();
        }
        request.end().otherwiseEmpty();
        return request.response();
    }

    private static Future<Answer> read(HttpClientResponse response, Ask ask) {
        boolean mayBeLarge = ask.chunked() || ask.body() != null && ask.body().length > LARGEST_UPGRADING;
        if (response.version() != HttpVersion.HTTP_2 && !mayBeLarge) {
            return Future.failedFuture("The answer came by " + response.version() + ": " + response.statusCode());
        }
        var headers = new LinkedHashMap<String, String>();
        response.headers().forEach(header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        return response.body().map(body -> new Answer(response.statusCode(), headers, body.getBytes()));
    }
}
