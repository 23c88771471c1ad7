package io.points.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One service over HTTP, as one user. */
final class Api {
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int UNAVAILABLE = 503;

    private final String user;
    private final String token;
    private final String base;

    Api(String user, String token, String base) {
        this.user = user;
        this.token = token;
        this.base = base;
    }

    /** What came back. */
    record Answer(String asked, int status, String location, JsonNode body) {
        /** Fails unless the status is the one expected. */
        JsonNode expect(int expected) {
            if (status != expected) {
                throw new IllegalStateException(
                        asked + " was expected to answer " + expected + ", and answered " + status + " " + body);
            }
            return body;
        }
    }

    Answer get(String path) {
        return send("GET", path, null, Map.of());
    }

    Answer put(String path, Map<String, ?> body) {
        return send("PUT", path, body, Map.of());
    }

    Answer post(String path, Map<String, ?> body, Map<String, String> headers) {
        return send("POST", path, body, headers);
    }

    /** Every item of a list, over all its pages. */
    List<JsonNode> items(String path) {
        List<JsonNode> items = new ArrayList<>();
        String cursor = "";
        do {
            String page = path + (path.contains("?") ? "&" : "?") + "limit=200" + cursor;
            JsonNode body = get(page).expect(200);
            body.path("items").forEach(items::add);
            JsonNode next = body.path("next_cursor");
            cursor = next.isTextual() ? "&cursor=" + next.asText() : "";
        } while (!cursor.isEmpty());
        return items;
    }

    /** Repeats what was answered 503, as the API asks; whatever moves points has a key for that. */
    private Answer send(String method, String path, Map<String, ?> body, Map<String, String> headers) {
        return Poll.until(() -> attempt(method, path, body, headers), answer -> answer.status() != UNAVAILABLE);
    }

    private Answer attempt(String method, String path, Map<String, ?> body, Map<String, String> headers) {
        String asked = method + " " + path + " as " + user;
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create(base).resolve(path))
                    .timeout(PATIENCE)
                    .header("Authorization", "Bearer " + token)
                    .method(method, publisher(body));
            if (body != null) {
                request.header("Content-Type", "application/json");
            }
            headers.forEach(request::header);
            HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    asked,
                    response.statusCode(),
                    response.headers().firstValue("Location").orElse(""),
                    response.body().isBlank() ? MissingNode.getInstance() : JSON.readTree(response.body()));
        } catch (IOException e) {
            throw new IllegalStateException(asked + " got no answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(asked + " was interrupted.", e);
        }
    }

    private static HttpRequest.BodyPublisher publisher(Map<String, ?> body) throws IOException {
        return body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
    }
}
