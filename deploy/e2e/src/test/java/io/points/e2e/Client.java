package io.points.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.points.local.Service;
import io.points.local.ServiceProcess;
import io.points.local.Stack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** A client with real tokens. */
final class Client {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private final Stack stack;

    Client(Stack stack) {
        this.stack = stack;
    }

    /** What came back. */
    record Answer(int status, JsonNode body) {}

    Answer get(Service service, String user, String path) throws IOException, InterruptedException {
        return send(request(service, user, path).GET());
    }

    Answer put(Service service, String user, String path, Object body) throws IOException, InterruptedException {
        return send(request(service, user, path).PUT(BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    Answer delete(Service service, String user, String path) throws IOException, InterruptedException {
        return send(request(service, user, path).DELETE());
    }

    /** A POST without a body. */
    Answer post(Service service, String user, String path) throws IOException, InterruptedException {
        return send(request(service, user, path).POST(BodyPublishers.noBody()));
    }

    /** @param key the Idempotency-Key */
    Answer post(Service service, String user, String path, String key, Object body)
            throws IOException, InterruptedException {
        return send(request(service, user, path)
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    /**
     * As above, of one instance of a service.
     *
     * @param prefer what is asked for beside, such as not to wait
     */
    Answer post(ServiceProcess instance, String user, String path, String key, String prefer, Object body)
            throws IOException, InterruptedException {
        return send(request(instance, user, path)
                .header("Idempotency-Key", key)
                .header("Prefer", prefer)
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    /** Sends a file of comma-separated values, once. */
    Answer postCsv(Service service, String user, String path, String csv) throws IOException, InterruptedException {
        return send(request(service, user, path)
                .setHeader("Content-Type", "text/csv")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .timeout(Duration.ofSeconds(60))
                .POST(BodyPublishers.ofString(csv)));
    }

    /** @param traceparent the trace that the request belongs to */
    Answer postTraced(Service service, String user, String path, String traceparent, Object body)
            throws IOException, InterruptedException {
        return send(request(service, user, path)
                .header("traceparent", traceparent)
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    /** A user's token, as it goes over the wire. */
    String token(String user) {
        return tokens.computeIfAbsent(user, name -> stack.keycloak().token(name));
    }

    /** All that a service shows to Prometheus. */
    String metrics(Service service) throws IOException, InterruptedException {
        var all = HttpRequest.newBuilder(URI.create(stack.service(service).url() + "/q/metrics"))
                .timeout(PATIENCE)
                .build();
        return http.send(all, BodyHandlers.ofString()).body();
    }

    /** Whether the service's process answers at all. */
    boolean isLive(Service service) throws IOException, InterruptedException {
        var probe = HttpRequest.newBuilder(URI.create(stack.service(service).url() + "/q/health/live"))
                .timeout(PATIENCE)
                .build();
        return http.send(probe, BodyHandlers.discarding()).statusCode() == 200;
    }

    /** A figure from the service's metrics, of those without labels. */
    double metric(Service service, String name) throws IOException, InterruptedException {
        return metrics(service)
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no metric " + name));
    }

    private HttpRequest.Builder request(Service service, String user, String path) {
        return request(stack.service(service), user, path);
    }

    private HttpRequest.Builder request(ServiceProcess instance, String user, String path) {
        return HttpRequest.newBuilder(URI.create(instance.url() + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token(user))
                .header("Content-Type", "application/json");
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response = http.send(request.build(), BodyHandlers.ofString());
        return new Answer(response.statusCode(), JSON.readTree(response.body()));
    }
}
