package io.points.e2e;

import static io.points.local.Service.ALLOCATION;
import static io.points.local.Service.DISTRIBUTION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.local.ServiceProcess;
import io.points.local.Stack;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A service is asked to stop under load: what it has accepted it answers, and then it goes. */
@ExtendWith(SharedStack.class)
class GracefulStopIT {

    private static final int CALLERS = 16;
    private static final int LOAD_BEFORE = 300;
    private static final double LONGEST_STOP_SECONDS = 10;

    @Test
    void distributionServiceAnswersWhatItAccepted(Stack stack) throws Exception {
        var client = new Client(stack);
        var tenant = Tenant.ready(client, Tenant.TRITON, "triton-manager", 10, 1_000_000);
        var token = stack.keycloak().token(tenant.manager());
        var service = stack.service(DISTRIBUTION);
        var callers = new Callers(service, CALLERS, () -> award(token, tenant, null));
        stopUnderLoad(service, callers, () -> callers.sent() >= LOAD_BEFORE);
        booksBalance(stack);
    }

    @Test
    void allocationServiceAnswersWhatItAccepted(Stack stack) throws Exception {
        var client = new Client(stack);
        var tenant = Tenant.ready(client, Tenant.TRITON, "triton-manager", 1, 1_000);
        var token = stack.keycloak().token("admin");
        var service = stack.service(ALLOCATION);
        var callers = new Callers(service, CALLERS, () -> allocation(token, tenant));
        stopUnderLoad(service, callers, () -> callers.sent() >= LOAD_BEFORE);
        booksBalance(stack);
    }

    /** They would wait 30 s; they are answered with what is known. */
    @Test
    void whoWaitsForAnEndIsAnsweredEarly(Stack stack) throws Exception {
        var client = new Client(stack);
        var tenant = Tenant.ready(client, Tenant.TRITON, "triton-manager", 10, 1_000);
        var token = stack.keycloak().token(tenant.manager());
        var books = new Books(stack);
        var service = stack.service(DISTRIBUTION);
        stack.service(ALLOCATION).suspend();
        try {
            var callers = new Callers(service, CALLERS, () -> award(token, tenant, "wait=30"));
            var calls = stopUnderLoad(
                    service,
                    callers,
                    () -> CALLERS
                            == books.number(
                                    DISTRIBUTION, "select count(*) from distributions where state = 'REQUESTED'"));
            assertEquals(
                    CALLERS, calls.stream().filter(call -> call.status() == 202).count(), calls::toString);
        } finally {
            stack.service(ALLOCATION).resume();
        }
        booksBalance(stack);
    }

    private static Callers.Wish allocation(String token, Tenant tenant) {
        return new Callers.Wish(
                token,
                "/api/platform/allocations/allocate",
                UUID.randomUUID().toString(),
                null,
                Map.of("tenant_id", tenant.id(), "amount", 5, "currency", "INR", "reference_note", "Stop"));
    }

    private static Callers.Wish award(String token, Tenant tenant, String prefer) {
        var order = Awards.orders(1, List.of(tenant)).get(0);
        return new Callers.Wish(
                token,
                "/api/allocations/award-points",
                order.key(),
                prefer,
                Map.of("to_user_id", order.employee(), "amount", order.amount(), "description", Awards.DESCRIPTION));
    }

    /** @param loaded when the signal may come */
    private static List<Callers.Call> stopUnderLoad(ServiceProcess service, Callers callers, Callable<Boolean> loaded)
            throws InterruptedException {
        long signalled;
        double took;
        try {
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(loaded);
            callers.leaveWhenTurnedAway();
            signalled = System.nanoTime();
            service.close();
            took = (System.nanoTime() - signalled) / 1e9;
        } finally {
            callers.finish();
            service.start();
        }
        var calls = callers.calls();
        report(service, calls, signalled, took);
        assertTrue(took < LONGEST_STOP_SECONDS, () -> service.name() + " had to be killed");
        assertTrue(
                calls.stream()
                        .anyMatch(call ->
                                call.sentAt() < signalled && call.endedAt() > signalled && call.status() / 100 == 2),
                "nothing was in flight: this proves nothing");
        assertEquals(
                List.of(),
                calls.stream()
                        .filter(call -> call.status() / 100 != 2 && call.status() != 503 && !call.wasRefused())
                        .toList(),
                "neither done, nor turned away, nor refused");
        return calls;
    }

    private static void booksBalance(Stack stack) {
        var promises = new Promises(stack);
        promises.awaitRest();
        promises.check();
    }

    private static void report(ServiceProcess service, List<Callers.Call> calls, long signalled, double took) {
        System.out.printf(
                Locale.ROOT,
                "%s stopped within %.2f s; answers by status: %s; in flight at the signal: %d, the last one answered after %.2f s%n",
                service.name(),
                took,
                calls.stream().collect(Collectors.groupingBy(Callers.Call::status, Collectors.counting())),
                calls.stream()
                        .filter(call -> call.sentAt() < signalled && call.endedAt() > signalled)
                        .count(),
                calls.stream()
                        .filter(call -> call.sentAt() < signalled)
                        .mapToDouble(call -> (call.endedAt() - signalled) / 1e9)
                        .max()
                        .orElse(0));
    }
}
