package io.points.testing;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.stream.Collectors;

/** A client of a stream of hints. It hears until it is closed, or the stream ends. */
public final class HintReader implements AutoCloseable, Flow.Subscriber<String> {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final CompletableFuture<HttpResponse<Void>> answer;
    private volatile Flow.Subscription subscription;

    /**
     * Opens one.
     *
     * @param stream its address
     * @param token of whoever is told
     */
    public HintReader(URI stream, String token) {
        var request = HttpRequest.newBuilder(stream)
                .version(HttpClient.Version.HTTP_1_1)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "text/event-stream")
                .build();
        answer = CLIENT.sendAsync(request, HttpResponse.BodyHandlers.fromLineSubscriber(this));
    }

    /**
     * What a stream says that ends with what there is now.
     *
     * @param stream with {@code seconds=0}
     */
    public static String now(URI stream, String token) {
        try (var reader = new HintReader(stream, token)) {
            reader.ended.join();
            return reader.hints().stream().collect(Collectors.joining("; "));
        }
    }

    /** The data of each event so far. */
    public List<String> hints() {
        return lines.stream()
                .filter(line -> line.startsWith("data:"))
                .map(line -> line.substring("data:".length()))
                .toList();
    }

    /** All that came, comments too. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** Whether the service has ended it. */
    public boolean hasEnded() {
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
