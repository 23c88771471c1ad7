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
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** In place of the services: notes what it is asked, and answers as each path says. */
final class ServicesStandIn implements AutoCloseable {
    /** Bytes of the long answer. */
    static final int LONG = 20 << 20;

    /**
     * What came.
     *
     * @param headers by names in lower case
     */
    record Asked(String method, String uri, Map<String, List<String>> headers, String body) {
        int bodyLength() {
            return body.getBytes(StandardCharsets.UTF_8).length;
        }
    }

    /** An answer that a test wants. */
    record Reply(int status, String json, Map<String, String> headers) {}

    static {
        // Or it would send an answer's head, and its body 40 ms later, when the head has been acknowledged. Services do
        // not.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ConcurrentLinkedQueue<Asked> asked = new ConcurrentLinkedQueue<>();
    private final Set<Asked> all = ConcurrentHashMap.newKeySet();
    private final ConcurrentHashMap<String, Function<Asked, Reply>> replies = new ConcurrentHashMap<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final EventsStandIn events = new EventsStandIn();

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

    /** All that came since it was asked last, but for the name of the tenant, for which every page asks. */
    List<Asked> taken() {
        List<Asked> taken =
                asked.stream().filter(it -> !it.uri().equals("/api/tenant")).toList();
        asked.clear();
        return taken;
    }

    /** All that came since replies were forgotten, each once. */
    Set<Asked> all() {
        return Set.copyOf(all);
    }

    /**
     * Has a route answered so from now on.
     *
     * @param route method and path, without a query
     */
    void reply(String route, Function<Asked, Reply> reply) {
        replies.put(route, reply);
    }

    EventsStandIn events() {
        return events;
    }

    /** Has everything answered as it is usually. */
    void forgetReplies() {
        replies.clear();
        events.flow();
        asked.clear();
        all.clear();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, List<String>> headers = new TreeMap<>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Asked request = new Asked(
                    exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body);
            String path = exchange.getRequestURI().getPath();
            if (EventsStandIn.PATHS.contains(path)) {
                // Pages open streams by themselves at any time; they are counted there.
                events.answer(exchange);
                return;
            }
            asked.add(request);
            all.add(request);
            Function<Asked, Reply> wanted = replies.get(request.method() + " " + path);
            if (wanted != null) {
                Reply reply = wanted.apply(request);
                reply.headers().forEach(exchange.getResponseHeaders()::add);
                json(
                        exchange,
                        reply.status(),
                        reply.json(),
                        reply.status() < 300 ? "application/json" : "application/problem+json");
                return;
            }
            switch (path) {
                case "/api/wallets/me" -> await();
                // As of a service that is killed in mid-work.
                case "/api/billing/entries" -> exchange.close();
                case "/api/audit/export" -> {
                    exchange.sendResponseHeaders(200, 0);
                    try (OutputStream answer = exchange.getResponseBody()) {
                        for (int sent = 0; sent < LONG; sent += 1 << 16) {
                            answer.write(new byte[1 << 16]);
                        }
                    }
                }
                case "/api/recognitions" -> json(exchange, 409, "{\"status\":409}", "application/problem+json");
                default -> json(exchange, 200, "{\"items\":[],\"next_cursor\":null}", "application/json");
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
        events.close();
        server.stop(0);
    }
}
