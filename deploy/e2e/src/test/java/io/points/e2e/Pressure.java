package io.points.e2e;

import static io.points.local.Service.ALLOCATION;
import static io.points.local.Service.AUDIT;
import static io.points.local.Service.BILLING;
import static io.points.local.Service.DISTRIBUTION;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.points.local.Service;
import io.points.local.Stack;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * Requests of every kind at a steady rate, sent whether or not the ones before have been answered: a caller who waits
 * for answers would ease off just when it gets hard.
 */
final class Pressure implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final long EVERY_MS = 20;
    private static final int WARM_UP = 300;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
    private final AtomicInteger running = new AtomicInteger();
    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private final Stack stack;
    private final Tenant tenant;
    private int sent;

    Pressure(Stack stack, Tenant tenant) {
        this.stack = stack;
        this.tenant = tenant;
        for (var user : List.of("admin", "finance", "auditor", tenant.manager())) {
            tokens.put(user, stack.keycloak().token(user));
        }
    }

    /**
     * One request.
     *
     * @param sentAt nanoseconds, as {@link System#nanoTime}
     * @param status 0 if there was no answer
     * @param order the award it asked for, or null
     */
    record Seen(
            String what,
            long sentAt,
            long answeredAt,
            int status,
            boolean hasRetryAfter,
            String fault,
            Awards.Order order) {

        double seconds() {
            return (answeredAt - sentAt) / 1e9;
        }
    }

    /** Sends one request after the other, so that what has just been started is not measured while it loads its code. */
    void warmUp() {
        for (int i = 0; i < WARM_UP; i++) {
            sendNext();
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(5))
                    .atMost(PATIENCE)
                    .until(() -> running() == 0);
        }
    }

    /** Begins to send. */
    void start() {
        clock.scheduleWithFixedDelay(this::sendNext, 0, EVERY_MS, TimeUnit.MILLISECONDS);
    }

    /** All that have ended so far, in no order. */
    List<Seen> seen() {
        return List.copyOf(seen);
    }

    /** How many are not answered yet. */
    int running() {
        return running.get();
    }

    /** Sends no more; what has been sent may still be answered. */
    void stop() {
        clock.shutdown();
    }

    @Override
    public void close() {
        stop();
    }

    private void sendNext() {
        var manager = tenant.manager();
        switch (sent++ % 10) {
            case 0 -> allocate();
            case 1 -> send(ALLOCATION, "admin", "GET", "/api/platform/tenants", null, null);
            case 2 -> send(DISTRIBUTION, manager, "PUT", member(), Map.of("role", "employee"), null);
            case 3 -> send(DISTRIBUTION, manager, "GET", "/api/members", null, null);
            case 4 -> send(DISTRIBUTION, manager, "GET", "/api/wallets/me", null, null);
            case 5 -> send(DISTRIBUTION, manager, "GET", "/api/allocations/history", null, null);
            case 6 -> send(BILLING, "finance", "GET", "/api/billing/entries?tenant_id=" + tenant.id(), null, null);
            case 7 -> send(AUDIT, "auditor", "GET", "/api/audit/records?tenant_id=" + tenant.id(), null, null);
            default -> award();
        }
    }

    private String member() {
        return "/api/members/" + tenant.employees().get(0);
    }

    private void allocate() {
        var body = Map.of("tenant_id", tenant.id(), "amount", 10, "currency", "INR", "reference_note", "Pressure");
        send(ALLOCATION, "admin", "POST", "/api/platform/allocations/allocate", body, null);
    }

    private void award() {
        var order = Awards.orders(1, List.of(tenant)).get(0);
        var body = Map.of("to_user_id", order.employee(), "amount", order.amount(), "description", Awards.DESCRIPTION);
        send(DISTRIBUTION, tenant.manager(), "POST", "/api/allocations/award-points", body, order);
    }

    private void send(Service service, String user, String method, String path, Object body, Awards.Order order) {
        var request = HttpRequest.newBuilder(URI.create(stack.service(service).url() + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + tokens.get(user))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json(body)));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (order != null) {
            request.header("Idempotency-Key", order.key());
        }
        long sentAt = System.nanoTime();
        running.incrementAndGet();
        http.sendAsync(request.build(), BodyHandlers.discarding()).whenComplete((answer, fault) -> {
            seen.add(new Seen(
                    method + " " + path,
                    sentAt,
                    System.nanoTime(),
                    fault == null ? answer.statusCode() : 0,
                    fault == null && answer.headers().firstValue("Retry-After").isPresent(),
                    String.valueOf(fault),
                    order));
            running.decrementAndGet();
        });
    }

    private static String json(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
