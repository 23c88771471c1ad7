package io.points.distribution.event;

import io.points.testing.Tokens;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.stream.Collectors;

/** A client of a stream of events. It hears until it is closed, or the stream ends. */
final class EventReader implements AutoCloseable, Flow.Subscriber<String> {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final CompletableFuture<HttpResponse<Void>> answer;
    private volatile Flow.Subscription subscription;

    private EventReader(URI service, String query, String token) {
        var request = HttpRequest.newBuilder(service.resolve("/api/events" + query))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "text/event-stream")
                .build();
        answer = CLIENT.sendAsync(request, HttpResponse.BodyHandlers.fromLineSubscriber(this));
    }

    static EventReader of(URI service, UUID tenant, UUID user, String... roles) {
        return new EventReader(service, "", Tokens.of(user, tenant, roles));
    }

    /** What there is now. */
    static String now(URI service, UUID tenant, UUID user, String... roles) {
        try (var reader = new EventReader(service, "?seconds=0", Tokens.of(user, tenant, roles))) {
            reader.ended.join();
            return reader.hints().stream().collect(Collectors.joining("; "));
        }
    }

    static EventReader until(Instant expiry, URI service, UUID tenant, UUID user, String role) {
        return new EventReader(service, "", Tokens.of(user, tenant.toString(), "points-api", expiry, role));
    }

    /** The data of each event so far. */
    List<String> hints() {
        return lines.stream()
                .filter(line -> line.startsWith("data:"))
                .map(line -> line.substring("data:".length()))
                .toList();
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    boolean hasEnded() {
        return ended.isDone();
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
        lines.add(line);
    }

    @Override
    public void onError(Throwable failure) {
        ended.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        ended.complete(null);
    }

    @Override
    public void close() {
        if (subscription != null) {
            subscription.cancel();
        }
        answer.cancel(true);
    }
}
