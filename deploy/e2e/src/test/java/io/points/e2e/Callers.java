package io.points.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.points.local.ServiceProcess;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Callers on bare sockets, one connection per request, who can tell what Java's HttpClient hides by connecting again: a
 * connection that was refused from one that was accepted and then cut.
 */
final class Callers {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PATIENCE_MS = 40_000;
    private static final int REFUSED = -1;
    private static final int CUT = -2;

    private final ExecutorService threads;
    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    private final AtomicInteger connected = new AtomicInteger();
    private volatile boolean goOn = true;
    private volatile boolean leaveWhenTurnedAway;

    /** One request; {@code body} null makes it a GET. */
    record Wish(String token, String path, String key, String prefer, Map<String, Object> body) {
        @Override
        public String toString() {
            return path + " " + key;
        }
    }

    /** What became of it. */
    record Call(Wish wish, long sentAt, long endedAt, int status, String fault) {
        boolean wasRefused() {
            return status == REFUSED;
        }
    }

    /** Begins: so many callers, each asking again as soon as it is answered, until the service is gone or we close. */
    Callers(ServiceProcess service, int count, Supplier<Wish> wishes) {
        threads = Executors.newFixedThreadPool(count);
        for (int i = 0; i < count; i++) {
            threads.execute(() -> {
                while (goOn) {
                    var call = call(service, wishes.get());
                    calls.add(call);
                    if (call.wasRefused() || leaveWhenTurnedAway && call.status() == 503) {
                        return;
                    }
                }
            });
        }
    }

    /** From now on a caller who gets 503 goes elsewhere, as callers do; before, it asks again. */
    void leaveWhenTurnedAway() {
        leaveWhenTurnedAway = true;
    }

    List<Call> calls() {
        return List.copyOf(calls);
    }

    /** How many requests have been sent so far, answered or not. */
    int sent() {
        return connected.get();
    }

    /** Ends the calling, and waits for the answers that are still to come. */
    void finish() throws InterruptedException {
        goOn = false;
        threads.shutdown();
        threads.awaitTermination(PATIENCE_MS, TimeUnit.MILLISECONDS);
    }

    private Call call(ServiceProcess service, Wish wish) {
        long sentAt = System.nanoTime();
        try (var socket = new Socket()) {
            try {
                socket.connect(new InetSocketAddress(service.host(), service.port()), 2_000);
            } catch (ConnectException e) {
                return new Call(wish, sentAt, System.nanoTime(), REFUSED, "");
            }
            socket.setSoTimeout(PATIENCE_MS);
            socket.getOutputStream().write(text(service, wish).getBytes(StandardCharsets.UTF_8));
            connected.incrementAndGet();
            int status = status(socket.getInputStream().readAllBytes());
            return new Call(wish, sentAt, System.nanoTime(), status, "");
        } catch (IOException e) {
            return new Call(wish, sentAt, System.nanoTime(), CUT, e.toString());
        }
    }

    private static String text(ServiceProcess service, Wish wish) throws JsonProcessingException {
        var text = new StringBuilder(wish.body() == null ? "GET " : "POST ")
                .append(wish.path())
                .append(" HTTP/1.1\r\nHost: ")
                .append(service.host())
                .append("\r\nConnection: close\r\nAuthorization: Bearer ")
                .append(wish.token());
        if (wish.prefer() != null) {
            text.append("\r\nPrefer: ").append(wish.prefer());
        }
        if (wish.key() != null) {
            text.append("\r\nIdempotency-Key: ").append(wish.key());
        }
        var body = wish.body() == null ? "" : JSON.writeValueAsString(wish.body());
        if (!body.isEmpty()) {
            text.append("\r\nContent-Type: application/json\r\nContent-Length: ")
                    .append(body.length());
        }
        return text.append("\r\n\r\n").append(body).toString();
    }

    /** An answer counts if all of it has come: its length, or its last chunk. */
    private static int status(byte[] answer) {
        var text = new String(answer, StandardCharsets.UTF_8);
        int head = text.indexOf("\r\n\r\n");
        if (!text.startsWith("HTTP/1.1 ") || head < 0) {
            return CUT;
        }
        var length = text.substring(0, head)
                .lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .map(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst();
        int have = text.substring(head + 4).getBytes(StandardCharsets.UTF_8).length;
        boolean whole = length.isPresent() ? have == length.get() : text.endsWith("0\r\n\r\n");
        return whole ? Integer.parseInt(text.substring(9, 12)) : CUT;
    }
}
