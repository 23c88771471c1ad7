package io.points.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.local.Service;
import io.points.local.Stack;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The first fault: the two services that hold balances are killed, without warning, in the middle of their work. */
@ExtendWith(SharedStack.class)
class KillsIT {

    private static final int AWARDS = 1_000;
    private static final int AT_ONCE = 32;

    @Test
    void noPointIsLostOrMadeTwiceWhenAServiceIsKilled(Stack stack) throws Exception {
        var client = new Client(stack);
        var triton = Tenant.ready(client, Tenant.TRITON, "triton-manager", 20, 100_000);
        // Fewer points than are asked for, so that refusals are in the mix.
        var borealis = Tenant.ready(client, Tenant.BOREALIS, "borealis-manager", 20, 1_500);
        var orders = Awards.orders(AWARDS, List.of(triton, borealis));
        var awards = new Awards(client);

        var running = awards.start(orders, AT_ONCE);
        killAfter(200, awards, stack, Service.DISTRIBUTION);
        killAfter(450, awards, stack, Service.ALLOCATION);
        killAfter(700, awards, stack, Service.DISTRIBUTION);
        Awards.finish(running);

        assertEquals(AWARDS, awards.distributions().size());
        assertEquals(
                AWARDS, new HashSet<>(awards.distributions().values()).size(), "each key has its own distribution");
        assertTrue(awards.repeated() > 0, "no request was hit: the kills came too late to prove anything");
        var promises = new Promises(stack);
        promises.awaitRest();
        promises.check();
        everyAnsweredAwardIsThere(stack, awards);
        everyKeyStillNamesItsDistribution(client, orders, awards);
    }

    private static void killAfter(int answers, Awards awards, Stack stack, Service service) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> awards.answered() >= answers);
        stack.service(service).kill();
        stack.service(service).restart();
    }

    private static void everyAnsweredAwardIsThere(Stack stack, Awards awards) {
        var books = new Books(stack);
        var there = books.texts(Service.DISTRIBUTION, "select id from distributions");
        var missing = awards.distributions().values().stream()
                .filter(id -> !there.contains(id))
                .collect(Collectors.toSet());
        assertEquals(new HashSet<>(), missing, "answered, and lost");
    }

    /** Promise 4. */
    private static void everyKeyStillNamesItsDistribution(Client client, List<Awards.Order> orders, Awards awards)
            throws Exception {
        var again = new Awards(client);
        Awards.finish(again.start(orders.subList(0, 100), 8));
        for (var order : orders.subList(0, 100)) {
            assertEquals(
                    awards.distributions().get(order.key()),
                    again.distributions().get(order.key()));
        }
    }
}
