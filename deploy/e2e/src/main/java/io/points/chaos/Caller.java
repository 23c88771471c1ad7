package io.points.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.points.local.LocalKeycloak;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** HTTP with real tokens, as an impatient caller does it. */
final class Caller {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(6);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final long PAUSE_MILLIS = 200;
    private static final long TOKEN_LIFE_NANOS = Duration.ofMinutes(8).toNanos();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();
    private final LocalKeycloak keycloak;

    private record Token(String text, long at) {}

    Caller(LocalKeycloak keycloak) {
        this.keycloak = keycloak;
    }

    /** What came back. */
    record Answer(int status, JsonNode body) {

        /** Ask again: too much is open just now, or the service cannot. */
        boolean decidesNothing() {
            return status == 429 || status >= 500;
        }

        String text(String field) {
            return body.path(field).asText(null);
        }
    }

    /** A request that can be repeated. */
    @FunctionalInterface
    interface Request {
        Answer send() throws IOException;
    }

    /**
     * Repeats a request until it is decided.
     *
     * @return its answer; that of the last attempt if it is not decided within a minute
     */
    Answer untilDecided(Request request) throws IOException {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (true) {
            boolean isTheLast = System.nanoTime() - deadline > 0;
            try {
                var answer = request.send();
                if (!answer.decidesNothing() || isTheLast) {
                    return answer;
                }
            } catch (IOException e) {
                if (isTheLast) {
                    throw e;
                }
            }
            Waits.pause(PAUSE_MILLIS);
        }
    }

    /** As above; the answer must have that status. */
    Answer expect(int status, Request request) throws IOException {
        var answer = untilDecided(request);
        if (answer.status() != status) {
            throw new IllegalStateException(status + " was expected, and came " + answer);
        }
        return answer;
    }

    Answer get(String user, String url) throws IOException {
        return send(request(user, url).GET());
    }

    Answer put(String user, String url, Object body) throws IOException {
        return send(request(user, url).PUT(BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    /** @param prefer the Prefer header, or null */
    Answer post(String user, String url, String key, String prefer, Object body) throws IOException {
        return send(post(request(user, url), key, prefer, body));
    }

    /** Sends a request and hangs up after so long, whatever came until then. */
    void hangUp(String user, String url, String key, Object body, long afterMillis) throws IOException {
        var sent = http.sendAsync(post(request(user, url), key, null, body).build(), BodyHandlers.discarding());
        try {
            sent.get(afterMillis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            sent.cancel(true);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static HttpRequest.Builder post(HttpRequest.Builder request, String key, String prefer, Object body)
            throws IOException {
        if (prefer != null) {
            request.header("Prefer", prefer);
        }
        return request.header("Idempotency-Key", key).POST(BodyPublishers.ofString(JSON.writeValueAsString(body)));
    }

    private HttpRequest.Builder request(String user, String url) {
        return HttpRequest.newBuilder(URI.create(url))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token(user))
                .header("Content-Type", "application/json");
    }

    /** A token that this caller uses. */
    String anyToken() {
        return token("admin");
    }

    /** Gets new tokens for all who have one. Keycloak must answer. */
    void renew() {
        tokens.replaceAll((user, known) -> new Token(keycloak.token(user), System.nanoTime()));
    }

    /** Whoever has a token goes on with it while no newer one can be had; it is good for a quarter of an hour. */
    private String token(String user) {
        return tokens.compute(user, (name, known) -> {
                    if (known != null && System.nanoTime() - known.at() < TOKEN_LIFE_NANOS) {
                        return known;
                    }
                    try {
                        return new Token(keycloak.token(name), System.nanoTime());
                    } catch (IllegalStateException e) {
                        if (known == null) {
                            throw e;
                        }
                        return known;
                    }
                })
                .text();
    }

    private Answer send(HttpRequest.Builder request) throws IOException {
        try {
            var response = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    response.body().isEmpty() ? MissingNode.getInstance() : JSON.readTree(response.body()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        }
    }
}
