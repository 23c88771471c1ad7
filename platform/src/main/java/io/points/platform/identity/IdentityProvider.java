package io.points.platform.identity;

import io.points.platform.background.Round;
import io.points.platform.background.Rounds;
import io.points.platform.background.Schedule;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Asks the identity provider for its keys, in the background and when an unknown one is met. It may be slow, frozen or gone:
 * each time it has two seconds from the first byte that is sent to the last one that comes.
 */
@ApplicationScoped
class IdentityProvider {

    static final Duration LONGEST_FETCH = Duration.ofSeconds(2);

    /** With the fetch itself, a key that was withdrawn is obeyed for less than a minute, as docs/architecture.md says. */
    static final Duration MOST_BETWEEN_REFRESHES = Duration.ofSeconds(30);

    private static final Logger LOG = Logger.getLogger(IdentityProvider.class);
    private static final int LARGEST_ANSWER = 256 * 1024;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final Schedule schedule;
    private final HttpClient client;
    private final RequestOptions request;
    private final SigningKeys keys;
    private final VerifiedTokens tokens;
    private final Round round;
    private volatile boolean warned;

    IdentityProvider(
            Vertx vertx,
            Schedule schedule,
            Rounds rounds,
            @ConfigProperty(name = "points.oidc.issuer") String issuer,
            @ConfigProperty(name = "points.oidc.audience") String audience,
            @ConfigProperty(name = "points.oidc.keys-url") String keysUrl,
            @ConfigProperty(name = "points.oidc.authority") Optional<String> authority,
            @ConfigProperty(name = "points.oidc.keys-refreshed-every") Duration refreshedEvery) {
        if (refreshedEvery.compareTo(MOST_BETWEEN_REFRESHES) > 0) {
            throw new IllegalArgumentException("points.oidc.keys-refreshed-every must be 30 s at most");
        }
        this.vertx = vertx;
        this.schedule = schedule;
        round = rounds.round("signing_keys");
        // A connection for each fetch: one that was kept says nothing about who is still at its other end.
        var options = new HttpClientOptions().setKeepAlive(false).setConnectTimeout((int) LONGEST_FETCH.toMillis());
        authority.ifPresent(file -> options.setTrustOptions(new PemTrustOptions().addCertPath(file)));
        client = vertx.createHttpClient(options);
        request = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(keysUrl)
                .setConnectTimeout(LONGEST_FETCH.toMillis());
        keys = new SigningKeys(this::fetch, refreshedEvery, InstantSource.system());
        tokens = new VerifiedTokens(keys, issuer, audience, InstantSource.system());
    }

    @Produces
    @Singleton
    VerifiedTokens tokens() {
        return tokens;
    }

    void begin(@Observes StartupEvent start) {
        keys.refresh();
        schedule.every(LOOK_EVERY, () -> Uni.createFrom().voidItem().invoke(keys::refresh));
    }

    private CompletionStage<Map<String, SigningKey>> fetch() {
        return client.request(request)
                .compose(this::send)
                .map(answer -> KeySet.parse(answer.toString(StandardCharsets.UTF_8)))
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(LONGEST_FETCH.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((found, failure) -> note(failure));
    }

    private Future<Buffer> send(HttpClientRequest sent) {
        var limit = vertx.setTimer(LONGEST_FETCH.toMillis(), late -> sent.reset());
        return sent.send().compose(this::body).onComplete(ended -> vertx.cancelTimer(limit));
    }

    private Future<Buffer> body(HttpClientResponse response) {
        if (response.statusCode() != 200) {
            // Or a body that never ends would keep the connection, of which there are few.
            response.request().reset();
            return Future.failedFuture(new IOException("it responded " + response.statusCode()));
        }
        Promise<Buffer> whole = Promise.promise();
        var body = Buffer.buffer();
        response.exceptionHandler(whole::tryFail)
                .endHandler(end -> whole.tryComplete(body))
                .handler(part -> {
                    if (body.length() + part.length() > LARGEST_ANSWER) {
                        whole.tryFail(new IOException("its response has more than " + LARGEST_ANSWER + " bytes"));
                        response.request().reset();
                    } else {
                        body.appendBuffer(part);
                    }
                });
        return whole.future();
    }

    /** Logs an outage once when it begins and once when it is over, however often it is tried in between. */
    private void note(@Nullable Throwable failure) {
        if (failure != null && !warned) {
            LOG.warnf(
                    "The identity provider's keys cannot be fetched from %s; tokens with known keys stay valid: %s",
                    request.getURI(), failure);
        } else if (failure == null && warned) {
            LOG.info("The identity provider's keys can be fetched again");
        }
        warned = failure != null;
        if (failure == null) {
            round.succeeded();
        }
    }
}
