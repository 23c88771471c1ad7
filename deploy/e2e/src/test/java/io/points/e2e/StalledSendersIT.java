package io.points.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.local.Service;
import io.points.local.ServiceProcess;
import io.points.local.Stack;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many who send nothing, or slowly, or tokens of keys that nobody has: whoever works hardly notices. */
@ExtendWith(SharedStack.class)
class StalledSendersIT {

    private static final int IDLE = 3_000;
    private static final int SLOW = 300;
    private static final int INVENTED_PER_SECOND = 50;
    private static final Duration MEASURED = Duration.ofSeconds(10);
    private static final double LONGEST_P99_SECONDS = 0.5;
    private static final String BATCH = "/api/allocations/award-points/batch";

    @Test
    void aNormalCallerHardlyNoticesThem(Stack stack) throws Exception {
        var client = new Client(stack);
        var tenant = Tenant.ready(client, Tenant.TRITON, "triton-manager", 3, 100_000);
        var service = stack.service(Service.DISTRIBUTION);
        work(client, tenant, Duration.ofSeconds(3));
        var crowd = new ArrayList<AutoCloseable>();
        var invented = Executors.newSingleThreadScheduledExecutor();
        try {
            for (int i = 0; i < IDLE; i++) {
                crowd.add(SocketChannel.open(new InetSocketAddress(service.host(), service.port())));
            }
            var slow = new SlowBodies(service, client.token(tenant.manager()));
            crowd.add(slow);
            var http = HttpClient.newHttpClient();
            var tokens = new ArrayList<CompletableFuture<HttpResponse<Void>>>();
            invented.scheduleAtFixedRate(
                    () -> tokens.add(http.sendAsync(withInventedKey(service), BodyHandlers.discarding())),
                    0,
                    1_000 / INVENTED_PER_SECOND,
                    TimeUnit.MILLISECONDS);
            var seconds = work(client, tenant, MEASURED);
            invented.shutdown();
            assertTrue(invented.awaitTermination(5, TimeUnit.SECONDS));
            for (var token : tokens) {
                assertEquals(401, token.get(10, TimeUnit.SECONDS).statusCode());
            }
            double p99 = seconds[(int) (seconds.length * 0.99)];
            System.out.printf(
                    Locale.ROOT,
                    "%d idle connections, %d slow bodies (%d of them let go), %d invented tokens: %d requests, p50 %.0f ms, p99 %.0f ms%n",
                    IDLE,
                    SLOW,
                    slow.letGo(),
                    tokens.size(),
                    seconds.length,
                    1_000 * seconds[seconds.length / 2],
                    1_000 * p99);
            assertTrue(p99 < LONGEST_P99_SECONDS, () -> "p99 was " + p99 + " s");
            assertTrue(slow.letGo() >= SLOW, () -> "only " + slow.letGo() + " slow senders were let go");
        } finally {
            invented.shutdownNow();
            for (var one : crowd) {
                one.close();
            }
        }
    }

    /** Eight were enough to stop the batches of all tenants, for as long as they liked. */
    @Test
    void headersOfBatchesWithoutATokenStopNobodysBatch(Stack stack) throws Exception {
        var client = new Client(stack);
        var tenant = Tenant.ready(client, Tenant.TRITON, "triton-manager", 2, 10_000);
        var service = stack.service(Service.DISTRIBUTION);
        var stalled = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 16; i++) {
                var socket = new Socket(service.host(), service.port());
                stalled.add(socket);
                socket.getOutputStream()
                        .write(("POST " + BATCH + " HTTP/1.1\r\nHost: points\r\nContent-Type: application/json\r\n"
                                        + "Content-Length: 2000000\r\n\r\n")
                                .getBytes(US_ASCII));
            }
            for (int i = 0; i < 4; i++) {
                var receivers = tenant.employees().stream()
                        .map(employee -> Map.of("to_user_id", employee, "amount", 1))
                        .toList();
                var answer = client.post(
                        Service.DISTRIBUTION,
                        tenant.manager(),
                        BATCH,
                        UUID.randomUUID().toString(),
                        Map.of("mode", "all_or_nothing", "description", "Stalled", "receivers", receivers));
                assertTrue(answer.status() == 201 || answer.status() == 202, answer::toString);
            }
            for (var socket : stalled) {
                socket.setSoTimeout(5_000);
                var answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
                assertTrue(answer.startsWith("HTTP/1.1 401 "), answer);
            }
        } finally {
            for (var socket : stalled) {
                socket.close();
            }
        }
    }

    /** Reads and awards one after the other, as one caller does; how long each took, in seconds, the shortest first. */
    private static double[] work(Client client, Tenant tenant, Duration duration)
            throws IOException, InterruptedException {
        var seconds = new ArrayList<Double>();
        long end = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() < end) {
            long sent = System.nanoTime();
            int status = seconds.size() % 4 == 0
                    ? client.post(
                                    Service.DISTRIBUTION,
                                    tenant.manager(),
                                    "/api/allocations/award-points",
                                    UUID.randomUUID().toString(),
                                    Map.of(
                                            "to_user_id",
                                            tenant.employees().get(0),
                                            "amount",
                                            1,
                                            "description",
                                            "Normal"))
                            .status()
                    : client.get(Service.DISTRIBUTION, tenant.manager(), "/api/wallets/me")
                            .status();
            assertTrue(status / 100 == 2, () -> "a normal caller got " + status);
            seconds.add((System.nanoTime() - sent) / 1e9);
        }
        var sorted = seconds.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted;
    }

    private static HttpRequest withInventedKey(ServiceProcess service) {
        var header = "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"" + UUID.randomUUID() + "\"}";
        var claims =
                "{\"sub\":\"" + UUID.randomUUID() + "\",\"exp\":" + (System.currentTimeMillis() / 1_000 + 600) + "}";
        var base64 = Base64.getUrlEncoder().withoutPadding();
        var token = base64.encodeToString(header.getBytes(US_ASCII)) + "."
                + base64.encodeToString(claims.getBytes(US_ASCII)) + "."
                + base64.encodeToString(new byte[256]);
        return HttpRequest.newBuilder(URI.create(service.url() + "/api/wallets/me"))
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(Duration.ofSeconds(8))
                .header("Authorization", "Bearer " + token)
                .build();
    }

    /** So many at all times: whoever is let go comes again. Every other one has a token, and announces a batch. */
    private static final class SlowBodies implements AutoCloseable {

        private final ServiceProcess service;
        private final String token;
        private final List<SocketChannel> senders = new ArrayList<>();
        private final java.util.concurrent.ScheduledExecutorService clock =
                Executors.newSingleThreadScheduledExecutor();
        private volatile int letGo;

        SlowBodies(ServiceProcess service, String token) throws IOException {
            this.service = service;
            this.token = token;
            for (int i = 0; i < SLOW; i++) {
                senders.add(connect(i));
            }
            clock.scheduleWithFixedDelay(this::trickle, 1, 1, TimeUnit.SECONDS);
        }

        int letGo() {
            return letGo;
        }

        private SocketChannel connect(int number) throws IOException {
            var sender = SocketChannel.open(new InetSocketAddress(service.host(), service.port()));
            var identified = number % 2 == 0 ? "Authorization: Bearer " + token + "\r\n" : "";
            var path = number % 4 == 0 ? BATCH : "/api/recognitions";
            write(
                    sender,
                    "POST " + path + " HTTP/1.1\r\nHost: points\r\n" + identified
                            + "Content-Type: application/json\r\nContent-Length: 60000\r\n\r\n{");
            sender.configureBlocking(false);
            return sender;
        }

        private void trickle() {
            try {
                for (int i = 0; i < senders.size(); i++) {
                    if (isOver(senders.get(i))) {
                        senders.get(i).close();
                        senders.set(i, connect(i));
                        letGo++;
                    }
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        private static boolean isOver(SocketChannel sender) {
            try {
                write(sender, " ");
                var answer = ByteBuffer.allocate(4_096);
                int read = sender.read(answer);
                while (read > 0) {
                    answer.clear();
                    read = sender.read(answer);
                }
                return read < 0;
            } catch (IOException reset) {
                return true;
            }
        }

        private static void write(SocketChannel sender, String text) throws IOException {
            sender.write(ByteBuffer.wrap(text.getBytes(US_ASCII)));
        }

        @Override
        public void close() throws IOException {
            clock.shutdownNow();
            for (var sender : senders) {
                sender.close();
            }
        }
    }
}
