package io.points.testing;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Whoever does not send what was announced is told so after seconds, and let go. */
public abstract class SlowSenders {

    private static final Duration LONGEST = Duration.ofSeconds(14);

    @TestHTTPResource("/")
    URI service;

    /** The service's routes, and a tenant whose people call them. */
    protected abstract Api api();

    /** One slow sender: what it sends at once, and what it goes on to send twice a second. */
    private record Sender(String name, String head, String drop, int status) {}

    @Test
    void whoeverSendsTooSlowlyIsCutOff() {
        var route = api().routes().stream().filter(Route::hasBody).findFirst().orElseThrow();
        var head = "POST %s HTTP/1.1\r\nHost: points\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\n"
                .formatted(route.target(), api().tokenFor(route));
        var senders = List.of(
                new Sender("a body that never comes", head + "Content-Length: 500\r\n\r\n", "", 408),
                new Sender("a body that trickles", head + "Content-Length: 500\r\n\r\n{", " ", 408),
                new Sender("chunks that trickle", head + "Transfer-Encoding: chunked\r\n\r\n", "1\r\n \r\n", 408),
                new Sender(
                        "a body of nobody",
                        head.replaceAll("Authorization.*\r\n", "") + "Content-Length: 500\r\n\r\n",
                        "",
                        401),
                new Sender("headers that never come", "GET / HTTP/1.1\r\nHost: po", "", 408),
                new Sender("headers that trickle", "GET / HTTP/1.1\r\n", "X: y\r\n", 408),
                new Sender("a first line that trickles", "G", "E", 408));
        var threads = Executors.newFixedThreadPool(senders.size());
        try {
            var findings = new Findings();
            var running = new ArrayList<CompletableFuture<Void>>();
            for (var sender : senders) {
                running.add(CompletableFuture.runAsync(() -> cutOff(sender, findings), threads));
            }
            running.forEach(CompletableFuture::join);
            findings.assertNone();
        } finally {
            threads.shutdownNow();
        }
        await().untilAsserted(() -> assertEquals(0, Metrics.sum("points_http_open_requests")));
    }

    private void cutOff(Sender sender, Findings findings) {
        long begun = System.nanoTime();
        try (var socket = new Socket(service.getHost(), service.getPort())) {
            socket.getOutputStream().write(sender.head().getBytes(StandardCharsets.ISO_8859_1));
            socket.setSoTimeout(500);
            var answer = new StringBuilder();
            boolean ended = false;
            while (!ended && System.nanoTime() - begun < LONGEST.toNanos()) {
                ended = readOrSend(socket, sender, answer);
            }
            findings.check(ended, sender.name() + " should end the connection within " + LONGEST);
            findings.check(
                    answer.toString().startsWith("HTTP/1.1 " + sender.status())
                            && answer.toString().contains("urn:points:problem:"),
                    sender.name() + " should be a problem of " + sender.status() + ": " + answer);
        } catch (IOException e) {
            findings.check(false, sender.name() + ": " + e);
        }
    }

    /** True once the connection has ended. */
    private static boolean readOrSend(Socket socket, Sender sender, StringBuilder answer) throws IOException {
        try {
            int next = socket.getInputStream().read();
            if (next < 0) {
                return true;
            }
            answer.append((char) next);
        } catch (java.net.SocketTimeoutException nothingYet) {
            try {
                socket.getOutputStream().write(sender.drop().getBytes(StandardCharsets.ISO_8859_1));
            } catch (SocketException gone) {
                return true;
            }
        } catch (SocketException gone) {
            return true;
        }
        return false;
    }

    /** What a caller invents becomes no label: a series of its own for each would fill the memory. */
    @Test
    void whatCallersInventMakesNoSeries() {
        invent(0);
        long before = series();
        for (int i = 1; i <= 10; i++) {
            invent(i);
        }
        assertTrue(before > 0);
        assertEquals(before, series());
    }

    private void invent(int number) {
        var route = api().routes().get(0);
        var token = api().tokenFor(route);
        for (var target : List.of(route.targetWithoutQuery(), "/api/invented-" + number, "/invented-" + number)) {
            Protocol.each(protocol -> {
                for (var ask : List.of(
                        Ask.of("INVENTED" + number, target),
                        Ask.of("INVENTED" + number, target).by(token),
                        Ask.of("OPTIONS", target),
                        Ask.of("HEAD", target).by(token),
                        Ask.of("POST", target + "/" + number).withJson("{"),
                        Ask.of("GET", target + "/" + number).with("X-Forwarded-For", "10.0.0." + number))) {
                    protocol.send(ask, service);
                }
            });
        }
    }

    private static long series() {
        return Metrics.names().filter(name -> name.startsWith("http_server")).count();
    }
}
