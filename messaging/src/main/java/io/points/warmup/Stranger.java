package io.points.warmup;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/**
 * Somebody who asks this instance something and is refused: first with a token that nobody has signed, by which the keys of
 * the identity provider are fetched, and then without one.
 */
final class Stranger {
    private static final int TIMES = 40;
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
        // Without its identity provider a service has all the more to do by itself.
        Uni<Void> all = once(new RequestOptions(request).putHeader("Authorization", "Bearer " + invented()))
                .onFailure()
                .recoverWithNull();
        for (int i = 0; i < TIMES; i++) {
            all = all.chain(() -> once(request));
        }
        return all;
    }

    void close() {
        http.close();
    }

    private Uni<Void> once(RequestOptions options) {
        return Uni.createFrom().completionStage(() -> http.request(options)
                .compose(sent -> sent.send().compose(answer -> answer.body()))
                .<Void>map((Buffer body) -> null)
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
