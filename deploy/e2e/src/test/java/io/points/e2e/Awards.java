package io.points.e2e;

import io.points.local.Service;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * Many concurrent awards. A request that gets no answer, or a 5xx, is repeated with the same Idempotency-Key until it is
 * answered: that is all a careful caller can do.
 */
final class Awards {

    /** A repeat must say the same as the first request. */
    static final String DESCRIPTION = "Whole-system test";

    private static final Duration LONGEST = Duration.ofSeconds(120);

    private final Client client;
    private final Map<String, String> distributions = new ConcurrentHashMap<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger repeated = new AtomicInteger();

    Awards(Client client) {
        this.client = client;
    }

    /** One award to be made. */
    record Order(String key, Tenant tenant, String employee, long amount) {}

    /** How many have been answered so far. */
    int answered() {
        return answered.get();
    }

    /** How many requests had to be repeated. */
    int repeated() {
        return repeated.get();
    }

    /** Key to distribution, of all that have been answered. */
    Map<String, String> distributions() {
        return distributions;
    }

    /** Spread over the tenants and their employees, with amounts of 1 to 9 points. */
    static List<Order> orders(int count, List<Tenant> tenants) {
        var orders = new ArrayList<Order>(count);
        for (int i = 0; i < count; i++) {
            var tenant = tenants.get(i % tenants.size());
            var employee = tenant.employees()
                    .get(i / tenants.size() % tenant.employees().size());
            orders.add(new Order(UUID.randomUUID().toString(), tenant, employee, 1 + i % 9));
        }
        return orders;
    }

    /** Begins to make them with that many at once; the futures end when all have been answered. */
    List<Future<?>> start(List<Order> orders, int atOnce) {
        var threads = Executors.newFixedThreadPool(atOnce);
        var futures = new ArrayList<Future<?>>();
        for (var order : orders) {
            futures.add(threads.submit(() -> {
                make(order);
                return null;
            }));
        }
        threads.shutdown();
        return futures;
    }

    static void finish(List<Future<?>> futures) throws InterruptedException, ExecutionException {
        for (var future : futures) {
            future.get();
        }
    }

    private void make(Order order) throws InterruptedException {
        var giveUp = Instant.now().plus(LONGEST);
        var body = Map.of("to_user_id", order.employee(), "amount", order.amount(), "description", DESCRIPTION);
        while (true) {
            var fault = "";
            try {
                var answer = client.post(
                        Service.DISTRIBUTION,
                        order.tenant().manager(),
                        "/api/allocations/award-points",
                        order.key(),
                        body);
                if (answer.status() < 500) {
                    var id = answer.body().path("distribution_id").asText();
                    if (id.isEmpty()) {
                        throw new AssertionError("Answered without a distribution: " + answer);
                    }
                    distributions.put(order.key(), id);
                    answered.incrementAndGet();
                    return;
                }
                fault = answer.toString();
            } catch (IOException e) {
                fault = e.toString();
            }
            if (Instant.now().isAfter(giveUp)) {
                throw new AssertionError("No answer within " + LONGEST + ": " + fault);
            }
            repeated.incrementAndGet();
            Awaitility.await().atMost(LONGEST).ignoreExceptions().until(() -> client.isLive(Service.DISTRIBUTION));
        }
    }
}
