package io.points.console;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;

/** A customer's page with the elements in it, on an origin of its own, with a strict policy and a stylesheet that spoils everything; and the services that it asks. */
final class Intranet implements AutoCloseable {
    private static final String WALLET =
            """
            {"user_id":"770e8400-e29b-41d4-a716-446655440001","budget":{"balance":250,"entry_number":3},
             "earned":{"balance":1234567,"entry_number":2},"earned_this_month":1000,
             "entries":[{"wallet":"earned","entry_number":2,"amount":1000,"balance_after":1234567,
                         "distribution_id":"019ac0dd-5a1f-7c3e-9b1d-3f2e1d0c9b8a","occurred_at":"2026-11-28T10:41:07Z"}],
             "next_cursor":null}""";

    private static final String POOL =
            """
            {"tenant_id":"550e8400-e29b-41d4-a716-446655440000","balance":34150,"version":613,"status":"active","as_of":"2026-11-28T10:41:07Z"}""";

    private final HttpServer page = server();
    private final HttpServer api = server();
    private final ConcurrentLinkedQueue<String> tokens = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<HttpExchange> asked = new ConcurrentLinkedQueue<>();
    private volatile boolean away;

    Intranet(String console) {
        String services = url(api);
        String policy = "default-src 'none'; script-src 'self' " + console + "; style-src 'self'; connect-src 'self' " + services
                + "; base-uri 'none'; require-trusted-types-for 'script'; trusted-types lit-html";
        String html =
                """
                <!doctype html><html lang="en-IN"><head><meta charset="utf-8"><title>Intranet</title>
                <link rel="stylesheet" href="/hostile.css">
                <script type="module" src="%s/embed/v1/points-elements.js"></script>
                <script type="module" src="/page.js"></script></head>
                <body><main><h1>Intranet</h1>
                <points-wallet api="%s"><a slot="empty" href="/login">Go and sign in</a></points-wallet>
                <points-pool-card api="%s" theme="dark"></points-pool-card></main></body></html>"""
                        .formatted(console, services, services);
        page.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Content-Security-Policy", policy);
            switch (exchange.getRequestURI().getPath()) {
                case "/hostile.css" -> send(
                        exchange,
                        200,
                        "text/css",
                        "* { all: unset !important; color: red !important; font: 2px serif !important; }");
                case "/page.js" -> send(
                        exchange,
                        200,
                        "text/javascript",
                        """
                        window.heard = [];
                        for (const name of ["points-ready", "points-updated", "points-error"]) {
                          document.addEventListener(name, (event) => heard.push(event.target.localName + " " + name + " " + JSON.stringify(event.detail)));
                        }
                        for (const element of document.querySelectorAll("points-wallet, points-pool-card")) {
                          element.tokenProvider = async () => (await fetch("/token")).text();
                        }
                        """);
                case "/token" -> send(exchange, 200, "text/plain", tokens.isEmpty() ? "" : tokens.size() > 1 ? tokens.remove() : tokens.peek());
                default -> send(exchange, 200, "text/html;charset=UTF-8", html);
            }
        });
        api.createContext("/", this::answer);
        page.start();
        api.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Access-Control-Allow-Origin", url(page));
        exchange.getResponseHeaders().add("Access-Control-Allow-Headers", "authorization");
        if (exchange.getRequestMethod().equals("OPTIONS")) {
            send(exchange, 200, "text/plain", "");
            return;
        }
        asked.add(exchange);
        String token = exchange.getRequestHeaders().getFirst("Authorization");
        if (!"Bearer good".equals(token)) {
            send(exchange, 401, "application/problem+json", "{\"type\":\"urn:points:problem:unauthorized\",\"status\":401}");
        } else if (away) {
            send(exchange, 503, "application/problem+json", "{\"type\":\"urn:points:problem:unavailable\",\"status\":503}");
        } else {
            String path = exchange.getRequestURI().getPath();
            String json = switch (path) {
                case "/api/wallets/me" -> Documented.answer("distribution", "GET " + path, 200, WALLET);
                case "/api/allocations/pool" -> Documented.answer("distribution", "GET " + path, 200, POOL);
                default -> Documented.answer(
                        "distribution",
                        "GET /api/allocations/giving",
                        200,
                        "{\"source\":\"pool\",\"level\":\"low\",\"available\":34150}");
            };
            send(exchange, 200, "application/json", json);
        }
    }

    /** The tokens that the page gives, one after the other; the last one for ever. */
    void giveTokens(String... inOrder) {
        tokens.clear();
        tokens.addAll(List.of(inOrder));
    }

    /** Has the services answer nothing any more. */
    void goAway() {
        away = true;
    }

    /** What the services were asked. */
    List<HttpExchange> asked() {
        return List.copyOf(asked);
    }

    String url() {
        return url(page);
    }

    private static String url(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static HttpServer server() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 50);
            server.setExecutor(Executors.newCachedThreadPool());
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    @Override
    public void close() {
        page.stop(0);
        api.stop(0);
    }
}
