package io.points.console;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** In place of a service's streams of events: says what a test wants, and may have none. */
final class EventsStandIn implements AutoCloseable {
    static final Set<String> PATHS = Set.of("/api/events", "/api/platform/events");

    private final Map<OutputStream, CountDownLatch> streams = new ConcurrentHashMap<>();
    private volatile String standing = "{}";
    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean broken;
    private volatile String last = "";

    void answer(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        last = exchange.getRequestURI().toString();
        String query = exchange.getRequestURI().getQuery();
        boolean isOne = query != null && query.endsWith("seconds=0");
        if (broken && !isOne) {
            exchange.sendResponseHeaders(503, -1);
            return;
        }
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        OutputStream stream = exchange.getResponseBody();
        CountDownLatch end = new CountDownLatch(1);
        if (!isOne) {
            streams.put(stream, end);
        }
        try {
            write(stream, ":hello\nretry:1000\n\n" + event());
            if (!isOne) {
                end.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            streams.remove(stream);
        }
    }

    /** How often a stream was asked for since the last test. */
    int asked() {
        return asked.get();
    }

    /** The path and query of the stream that was asked for last. */
    String last() {
        return last;
    }

    /** Streams whose client has not been found to be gone. */
    int open() {
        tell(":beat\n\n");
        return streams.size();
    }

    /** What there is from now on, which all streams are told. */
    void changed(String json) {
        standing = json;
        tell(event());
    }

    private String event() {
        return "event:changed\ndata:" + standing + "\n\n";
    }

    private void tell(String text) {
        streams.forEach((stream, end) -> {
            try {
                write(stream, text);
            } catch (IOException gone) {
                end.countDown();
                streams.remove(stream);
            }
        });
    }

    private static void write(OutputStream stream, String text) throws IOException {
        synchronized (stream) {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
            stream.flush();
        }
    }

    /** Ends all streams, and has no more of them. */
    void fail() {
        broken = true;
        close();
    }

    /** As usual: streams, and nothing that would change. */
    void flow() {
        broken = false;
        standing = "{}";
        asked.set(0);
        close();
    }

    @Override
    public void close() {
        streams.values().forEach(CountDownLatch::countDown);
    }
}
