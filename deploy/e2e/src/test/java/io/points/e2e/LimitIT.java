package io.points.e2e;

import static io.points.local.Service.DISTRIBUTION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.points.local.ServiceProcess;
import io.points.local.Stack;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** However many callers one giver has, and whichever instance they ask: what is given is the limit, and not a point more. */
@ExtendWith(SharedStack.class)
class LimitIT {

    private static final int CALLERS = 200;
    private static final int EACH = 10;
    private static final int LIMIT = 1_000;
    private static final String GIVER = "limit-manager";
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @Test
    void ofManyCallersThroughTwoInstancesAsManyPassAsTheLimitSays(Stack stack) throws Exception {
        var id = UUID.randomUUID();
        new Users(stack.keycloak()).add(List.of(new Users.User(GIVER, UUID.randomUUID(), id, "manager")));
        var client = new Client(stack);
        var tenant = Tenant.ready(client, id.toString(), GIVER, 5, 10 * LIMIT);
        limited(client);
        var second = stack.another(DISTRIBUTION.module() + "-2", DISTRIBUTION, 0);
        second.start();
        try {
            var instances = List.of(stack.service(DISTRIBUTION), second);
            var first = ask(client, tenant, instances);
            assertEquals(LIMIT / EACH, taken(first).size(), first::toString);
            first.stream().filter(call -> !call.isTaken()).forEach(LimitIT::saysWhichRuleWhatIsLeftAndWhenItResets);
            assertEquals(CALLERS, first.stream().map(Call::key).distinct().count());

            awaitArrived(client, tenant);
            assertEquals(0, limits(client).path("left").asInt(-1));
            assertEquals(LIMIT, limits(client).path("used").asInt());

            // Whoever asks the other instance again, under the same key, is told the same.
            for (var call : List.of(taken(first).get(0), refused(first).get(0))) {
                var other = instances.get(0) == call.instance() ? second : instances.get(0);
                var again = award(client, other, call.key(), call.receiver());
                assertEquals(call.isTaken(), again.status() < 300, again::toString);
                var told = call.isTaken() ? "distribution_id" : "detail";
                assertEquals(call.answer().body().path(told), again.body().path(told));
            }
            assertEquals(LIMIT, limits(client).path("used").asInt());
        } finally {
            second.close();
        }
        var promises = new Promises(stack);
        promises.awaitRest();
        promises.check();
    }

    /** What one caller was told at last. */
    private record Call(ServiceProcess instance, String key, String receiver, Client.Answer answer) {
        boolean isTaken() {
            return answer.status() == 201 || answer.status() == 202;
        }
    }

    private static List<Call> taken(List<Call> calls) {
        return calls.stream().filter(Call::isTaken).toList();
    }

    private static List<Call> refused(List<Call> calls) {
        return calls.stream().filter(call -> !call.isTaken()).toList();
    }

    /** All at once, half of them each instance. */
    private static List<Call> ask(Client client, Tenant tenant, List<ServiceProcess> instances) throws Exception {
        client.token(GIVER);
        var threads = Executors.newFixedThreadPool(CALLERS);
        try {
            var start = new CyclicBarrier(CALLERS);
            var asked = new ArrayList<Future<Call>>();
            for (int i = 0; i < CALLERS; i++) {
                var instance = instances.get(i % 2);
                var receiver = tenant.employees().get(i / 2 % tenant.employees().size());
                asked.add(threads.submit(() -> {
                    var key = UUID.randomUUID().toString();
                    start.await();
                    return new Call(instance, key, receiver, untilAnswered(client, instance, key, receiver));
                }));
            }
            var calls = new ArrayList<Call>();
            for (var each : asked) {
                calls.add(each.get());
            }
            return calls;
        } finally {
            threads.shutdownNow();
        }
    }

    /** Whoever gets no answer, or is told to come again, does so under the same key. */
    private static Client.Answer untilAnswered(Client client, ServiceProcess instance, String key, String receiver) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(300))
                .pollDelay(Duration.ZERO)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(
                        () -> award(client, instance, key, receiver),
                        answer -> answer.status() != 429 && answer.status() != 503);
    }

    private static Client.Answer award(Client client, ServiceProcess instance, String key, String receiver)
            throws IOException, InterruptedException {
        return client.post(
                instance,
                GIVER,
                "/api/allocations/award-points",
                key,
                "respond-async",
                Map.of("to_user_id", receiver, "amount", EACH, "description", Awards.DESCRIPTION));
    }

    private static void saysWhichRuleWhatIsLeftAndWhenItResets(Call call) {
        var answer = call.answer();
        var resetsOn =
                LocalDate.now(ZoneOffset.UTC).withDayOfYear(1).plusYears(1).toString();
        assertEquals(409, answer.status(), answer::toString);
        assertEquals("urn:points:problem:limit-exceeded", text(answer, "type"), answer::toString);
        assertEquals("year", text(answer, "rule"), answer::toString);
        assertEquals("points", text(answer, "counts"), answer::toString);
        assertEquals(LIMIT, answer.body().path("limit").asInt(), answer::toString);
        assertEquals(LIMIT, answer.body().path("used").asInt(), answer::toString);
        assertEquals(0, answer.body().path("left").asInt(-1), answer::toString);
        assertEquals(resetsOn, text(answer, "resets_on"), answer::toString);
        assertTrue(text(answer, "detail").contains("Rule year"), answer::toString);
        assertTrue(text(answer, "detail").contains(resetsOn), answer::toString);
    }

    private static String text(Client.Answer answer, String member) {
        return answer.body().path(member).asText();
    }

    private static void limited(Client client) throws IOException, InterruptedException {
        var rule = Map.of("id", "year", "of", "giver", "per", "year", "points", LIMIT, "then", "refuse");
        var answer = client.put(DISTRIBUTION, GIVER, "/api/policy", Map.of("earned", Map.of(), "rules", List.of(rule)));
        assertEquals(200, answer.status(), answer::toString);
    }

    private static JsonNode limits(Client client) throws IOException, InterruptedException {
        return client.get(DISTRIBUTION, GIVER, "/api/policy/limits/me")
                .body()
                .path("items")
                .path(0);
    }

    private static void awaitArrived(Client client, Tenant tenant) {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            long arrived = 0;
            for (var employee : tenant.employees()) {
                arrived += client.get(DISTRIBUTION, GIVER, "/api/wallets/" + employee)
                        .body()
                        .path("earned")
                        .path("balance")
                        .asLong();
            }
            assertEquals(LIMIT, arrived);
        });
    }
}
