package io.points.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.points.local.Service;
import io.points.local.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/**
 * Breaks Keycloak, and looks at what its services make of that. Honest callers must not notice: a 401 is a violation
 * wherever the workload meets it. Whoever comes with an unknown key must be told in time that it cannot be known.
 */
final class Identities {

    private static final Duration PROMISED = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Other faults are about: a service may be frozen or starting just when it is asked, as long as a recovery may take. */
    private static final Duration LONGEST_TRY = Duration.ofSeconds(120);

    /** As the fault harness sets it, see {@link Cluster}; the documents promise a minute, with thirty seconds. */
    private static final Duration WITHDRAWN_WITHIN = Duration.ofSeconds(60);

    /** Until then every request that began with an old token has its answer. */
    private static final long OLD_TOKENS_ON_THEIR_WAY_MILLIS = 7_000;

    private static final String PATH = "/api/allocations/alerts";

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final Cluster cluster;
    private final Caller caller;
    private final RealmKeys keys;

    Identities(Cluster cluster, Caller caller) {
        this.cluster = cluster;
        this.caller = caller;
        keys = new RealmKeys(cluster.stack().keycloak());
    }

    void freeze(Part keycloak, long milliseconds) {
        keycloak.process().suspend();
        try {
            while503(milliseconds);
        } finally {
            keycloak.process().resume();
        }
    }

    void lose(Part keycloak, long milliseconds) {
        keycloak.process().kill();
        while503(milliseconds);
        cluster.revive(keycloak);
    }

    /**
     * A new key signs, all callers get new tokens, and the old key is taken away: soon its tokens are worth nothing.
     *
     * @throws IllegalStateException if they still are after a minute
     */
    void withdraw() throws IOException {
        var old = keys.signing();
        var token = caller.anyToken();
        keys.add();
        caller.renew();
        Waits.pause(OLD_TOKENS_ON_THEIR_WAY_MILLIS);
        keys.withdraw(old);
        for (var service : instances()) {
            if (!Waits.until(WITHDRAWN_WITHIN, () -> status(service, token) == 401)) {
                throw new IllegalStateException(
                        "a minute after its key was withdrawn, a token is not refused by " + service);
            }
        }
    }

    /** @throws IllegalStateException if a token of an unknown key is ever answered otherwise than 503, or late */
    private void while503(long milliseconds) {
        long end = System.nanoTime() + Duration.ofMillis(milliseconds).toNanos();
        var stranger = withUnknownKey(caller.anyToken());
        // What Keycloak had answered before may still be on its way.
        Waits.pause(1_000);
        for (var service : instances()) {
            if (!Waits.until(LONGEST_TRY, () -> isToldInTime(service, stranger))) {
                throw new IllegalStateException("without Keycloak, a token of an unknown key is not answered 503 with"
                        + " Retry-After within 5 s by " + service);
            }
        }
        Waits.pause(Math.max(0, Duration.ofNanos(end - System.nanoTime()).toMillis()));
    }

    private boolean isToldInTime(String service, String token) {
        long began = System.nanoTime();
        var answer = ask(service, token);
        return answer != null
                && answer.statusCode() == 503
                && answer.headers().firstValue("Retry-After").isPresent()
                && System.nanoTime() - began < PROMISED.toNanos();
    }

    private int status(String service, String token) {
        var answer = ask(service, token);
        return answer == null ? 0 : answer.statusCode();
    }

    /** Null if nobody answers. */
    private HttpResponse<String> ask(String service, String token) {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create(service + PATH))
                            .timeout(PATIENCE)
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    private List<String> instances() {
        return cluster.instances(Service.ALLOCATION).stream()
                .map(part -> ((ServiceProcess) part.process()).url())
                .toList();
    }

    private static String withUnknownKey(String token) {
        var header = "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"" + UUID.randomUUID() + "\"}";
        return Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(UTF_8))
                + token.substring(token.indexOf('.'));
    }
}
