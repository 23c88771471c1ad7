package io.points.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;

/** An identity provider's key endpoint over real HTTP, which can withdraw keys, freeze, break and count. */
final class TestIdentityProvider implements AutoCloseable {

    /** What it does with whoever asks. */
    enum Mood {
        ANSWERS,
        NEVER_ANSWERS,
        SAYS_500,
        SENDS_HALF_AN_ANSWER,
        /** Nobody listens where it was. */
        GONE
    }

    private static final String PATH = "/realms/points/protocol/openid-connect/certs";

    private final InetSocketAddress address;
    private HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        var thread = new Thread(work, "identity-provider");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, PublicJsonWebKey> keys = new ConcurrentHashMap<>();
    private final List<Instant> asked = new CopyOnWriteArrayList<>();
    private volatile Mood mood = Mood.ANSWERS;

    private TestIdentityProvider() throws IOException {
        server = listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        address = server.getAddress();
    }

    private HttpServer listen(InetSocketAddress at) throws IOException {
        var listening = HttpServer.create(at, 0);
        listening.createContext(PATH, this::answer);
        listening.setExecutor(threads);
        listening.start();
        return listening;
    }

    /** Starts it with the key of {@link Tokens}. */
    static TestIdentityProvider start() throws IOException {
        var provider = new TestIdentityProvider();
        provider.add(Tokens.KEY);
        return provider;
    }

    String keysUrl() {
        return "http://127.0.0.1:" + address.getPort() + PATH;
    }

    void add(PublicJsonWebKey key) {
        keys.put(key.getKeyId(), key);
    }

    void withdraw(PublicJsonWebKey key) {
        keys.remove(key.getKeyId());
    }

    void is(Mood now) {
        try {
            if (now == Mood.GONE) {
                server.stop(0);
            } else if (mood == Mood.GONE) {
                server = listen(address);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        mood = now;
    }

    /** How often it was asked for its keys since then. */
    long timesAsked(Instant since) {
        return asked.stream().filter(at -> !at.isBefore(since)).count();
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(Instant.now());
        if (mood == Mood.NEVER_ANSWERS) {
            return;
        }
        var body = new JsonWebKeySet(List.copyOf(keys.values()))
                .toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY)
                .getBytes(UTF_8);
        exchange.sendResponseHeaders(mood == Mood.SAYS_500 ? 500 : 200, body.length);
        exchange.getResponseBody().write(body, 0, mood == Mood.SENDS_HALF_AN_ANSWER ? body.length / 2 : body.length);
        exchange.getResponseBody().flush();
        if (mood != Mood.SENDS_HALF_AN_ANSWER) {
            exchange.close();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
