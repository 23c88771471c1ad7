package io.points.console;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A stream of events on its way through the console: as it comes, and for as long as it goes on. */
@QuarkusTest
@QuarkusTestResource(ConsoleSurroundings.class)
class StreamTest {
    private static final Browser BROWSER = new Browser();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** More than connections of all other requests. */
    private static final int MANY = 120;

    /** Longer than a service may say nothing elsewhere: points.console.patience of the tests. */
    private static final long PATIENCE_NANOS = 4_500_000_000L;

    private final EventsStandIn events = ConsoleSurroundings.services().events();

    @AfterEach
    void forget() {
        ConsoleSurroundings.services().forgetReplies();
    }

    /** What comes of a stream, line by line. */
    private static final class Reader implements Flow.Subscriber<String> {
        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final CompletableFuture<Void> end = new CompletableFuture<>();
        private final CompletableFuture<HttpResponse<Void>> answer;

        Reader() {
            if (BROWSER.cookies().isEmpty()) {
                BROWSER.signIn("triton-manager", "/");
            }
            HttpRequest request = Browser.request("/api/events")
                    .header("Accept", "text/event-stream")
                    .header("X-Requested-With", "JavaScript")
                    .header("Sec-Fetch-Site", "same-origin")
                    .header(
                            "Cookie",
                            BROWSER.cookies().entrySet().stream()
                                    .map(Object::toString)
                                    .collect(Collectors.joining("; ")))
                    .build();
            answer = CLIENT.sendAsync(request, HttpResponse.BodyHandlers.fromLineSubscriber(this));
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            lines.add(line);
        }

        @Override
        public void onError(Throwable failure) {
            end.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            end.complete(null);
        }
    }

    @Test
    void whatAServiceSaysArrivesAtOnceHoweverLongItSaidNothing() {
        long began = System.nanoTime();
        Reader reader = new Reader();
        await().until(() -> reader.lines.contains("data:{}"));
        await().until(() -> System.nanoTime() - began > PATIENCE_NANOS);
        events.changed("{\"pool\":\"2\"}");
        await().until(() -> reader.lines.contains("data:{\"pool\":\"2\"}"));
        assertFalse(reader.end.isDone());
        events.close();
        await().until(reader.end::isDone);
        HttpResponse<Void> answer = reader.answer.join();
        assertEquals(
                "text/event-stream", answer.headers().firstValue("Content-Type").orElseThrow());
        assertEquals(List.of("no-store"), answer.headers().allValues("Cache-Control"));
        assertEquals("identity", answer.headers().firstValue("Content-Encoding").orElse("identity"));
    }

    @Test
    void streamsTakeNoConnectionOfOtherRequests() {
        List<Reader> readers = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            readers.add(new Reader());
        }
        await().until(() -> readers.stream().allMatch(reader -> reader.lines.contains("data:{}")));
        assertEquals(200, BROWSER.fetch("/api/feed").statusCode());
        assertEquals(MANY, events.open());
        readers.forEach(reader -> reader.answer.cancel(true));
        events.close();
    }

    @Test
    void nobodyReadsAStreamFromElsewhereOrWithoutASession() {
        assertEquals(
                403,
                BROWSER.send(Browser.request("/api/events").header("Accept", "text/event-stream"))
                        .statusCode());
        assertEquals(499, new Browser().fetch("/api/events").statusCode());
        assertEquals(0, events.asked());
    }
}
