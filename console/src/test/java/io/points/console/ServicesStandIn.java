package io.points.console;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** In place of the services: notes what it is asked, and answers as each path says. */
final class ServicesStandIn implements AutoCloseable {
    /** Bytes of the long answer. */
    static final int LONG = 20 << 20;

    /**
     * What came.
     *
     * @param headers by names in lower case
     */
    record Asked(String method, String uri, Map<String, List<String>> headers, int bodyLength) {}

    private final HttpServer server;
    private final ConcurrentLinkedQueue<Asked> asked = new ConcurrentLinkedQueue<>();
    private final CountDownLatch end = new CountDownLatch(1);

    ServicesStandIn() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** All that came since it was asked last. */
    List<Asked> taken() {
        List<Asked> taken = List.copyOf(asked);
        asked.clear();
        return taken;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, List<String>> headers = new java.util.TreeMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values));
            int length = exchange.getRequestBody().readAllBytes().length;
            asked.add(new Asked(
                    exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, length));
            switch (exchange.getRequestURI().getPath()) {
                case "/api/wallets/me" -> await();
                case "/api/audit/export" -> {
                    exchange.sendResponseHeaders(200, 0);
                    try (OutputStream body = exchange.getResponseBody()) {
                        for (int sent = 0; sent < LONG; sent += 1 << 16) {
                            body.write(new byte[1 << 16]);
                        }
                    }
                }
                case "/api/recognitions" -> json(exchange, 409, "{\"status\":409}", "application/problem+json");
                default -> json(exchange, 200, "{\"items\":[]}", "application/json");
            }
        }
    }

    private static void json(HttpExchange exchange, int status, String text, String type) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.getResponseHeaders().add("ETag", "\"7\"");
        exchange.getResponseHeaders().add("Set-Cookie", "of=a-service");
        exchange.getResponseHeaders().add("Server", "secret/1.0");
        exchange.getResponseHeaders().add("Access-Control-Allow-Origin", "*");
        exchange.getResponseHeaders().add("Cache-Control", "public");
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void await() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
    }
}
