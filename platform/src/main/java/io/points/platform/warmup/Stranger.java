package io.points.platform.warmup;

import io.points.platform.background.Loop;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * Somebody who asks this instance something and is refused: without a token, and with one that nobody has signed, by which the
 * keys of the identity provider are fetched.
 */
final class Stranger {
    private static final int TIMES = 40;
    private static final int UNAVAILABLE = 503;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(250);
    private static final int SIGNATURE_BYTES = 256;

    private final RequestOptions request;
    private final HttpClient http;

    Stranger(Vertx vertx, int port, String route) {
        request = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI(route)
                .setTimeout(5_000);
        http = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(2));
    }

    /** Completes when all was answered. */
    Uni<Void> ask() {
        Uni<Void> all = Uni.createFrom().voidItem();
        for (int i = 0; i < TIMES; i++) {
            all = all.chain(() -> once(request).replaceWithVoid());
        }
        return all;
    }

    /** Completes when it is known who may come in: without the keys, nobody would. */
    Uni<Void> awaitKeys() {
        return Loop.run(this::isKeptWaiting);
    }

    private Uni<Boolean> isKeptWaiting() {
        return once(new RequestOptions(request).putHeader("Authorization", "Bearer " + invented()))
                .onFailure()
                .recoverWithItem(UNAVAILABLE)
                .chain(status -> {
                    var more = Uni.createFrom().item(status == UNAVAILABLE);
                    return status == UNAVAILABLE ? more.onItem().delayIt().by(BETWEEN_TRIES) : more;
                });
    }

    void close() {
        http.close();
    }

    private Uni<Integer> once(RequestOptions options) {
        return Uni.createFrom().completionStage(() -> http.request(options)
                .compose(sent -> sent.send().compose(answer -> answer.body().map(body -> answer.statusCode())))
                .toCompletionStage());
    }

    private static String invented() {
        return encoded("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"warm-up\"}") + "."
                + encoded("{\"sub\":\"warm-up\",\"exp\":"
                        + Instant.now().plusSeconds(60).getEpochSecond() + "}") + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[SIGNATURE_BYTES]);
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
