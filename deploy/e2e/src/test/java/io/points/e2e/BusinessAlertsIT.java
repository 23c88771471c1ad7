package io.points.e2e;

import static io.points.contract.Topic.ALLOCATION_ALERTS;
import static io.points.local.Service.ALLOCATION;
import static io.points.local.Service.AUDIT;
import static io.points.local.Service.DISTRIBUTION;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.points.local.Stack;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The four business alerts, from what raises them to the topic and the audit log. */
@ExtendWith(SharedStack.class)
class BusinessAlertsIT {

    private static final String TENANT = Tenant.BOREALIS;
    private static final String MANAGER = "borealis-manager";
    private static final Set<String> ALL = Set.of("pool_low", "budget_exceeded", "large_clawback", "refused_calls");

    /** Longer than the time from one look at the pools to the next. */
    private static final Duration LONGEST = Duration.ofSeconds(90);

    @Test
    void eachIsSeenByWhomItConcernsAndOnTheTopic(Stack stack) throws Exception {
        var client = new Client(stack);
        var tenant = Tenant.ready(client, TENANT, MANAGER, 1, 5_000);

        var proposed = client.post(
                ALLOCATION,
                "admin",
                "/api/platform/allocations/clawback",
                UUID.randomUUID().toString(),
                Map.of("tenant_id", TENANT, "all", true, "reason", "Too much"));
        assertEquals(202, proposed.status(), proposed::toString);
        var approve =
                "/api/platform/proposals/" + proposed.body().path("proposal_id").asText() + "/approve";
        assertEquals(200, client.post(ALLOCATION, "admin-b", approve).status());
        budget(client, 1);
        allocate(client, 1_000);
        var award = client.post(
                DISTRIBUTION,
                MANAGER,
                "/api/allocations/award-points",
                UUID.randomUUID().toString(),
                Map.of("to_user_id", tenant.employees().get(0), "amount", 999, "description", "Nearly all there is"));
        assertTrue(award.status() == 201 || award.status() == 202, award::toString);
        for (int i = 0; i < 5; i++) {
            assertEquals(
                    403,
                    client.get(ALLOCATION, "borealis-lead", "/api/platform/tenants")
                            .status());
        }

        var raised = new TreeMap<String, String>();
        Awaitility.await().atMost(LONGEST).untilAsserted(() -> {
            raised.clear();
            items(client, MANAGER, "/api/allocations/alerts?state=open&limit=200")
                    .forEach(alert -> raised.put(
                            alert.path("kind").asText(), alert.path("alert_id").asText()));
            // Another test may have left a pool empty, too.
            assertTrue(raised.keySet().containsAll(ALL), raised::toString);
        });
        theyAreTold(stack, raised);
        nobodyElseSeesThem(client);
        theyAreSettled(client, raised);
        theyAreRecorded(client, raised);

        assertEquals(
                200,
                client.delete(ALLOCATION, "admin", "/api/platform/tenants/" + TENANT + "/budget")
                        .status());
        var promises = new Promises(stack);
        promises.awaitRest();
        promises.check();
    }

    private static void theyAreTold(Stack stack, Map<String, String> raised) {
        var topics = new Topics(stack.kafka().bootstrap());
        Awaitility.await().atMost(LONGEST).untilAsserted(() -> {
            var told = new HashMap<String, String>();
            topics.each(ALLOCATION_ALERTS, record -> {
                if ("BusinessAlertRaised".equals(Topics.header(record, "ce_type")) && TENANT.equals(record.key())) {
                    told.put(String.valueOf(Topics.header(record, "ce_subject")), new String(record.value(), UTF_8));
                }
            });
            raised.forEach((kind, id) ->
                    assertTrue(told.getOrDefault(id, "").contains("\"kind\":\"" + kind + "\""), kind + " in " + told));
        });
    }

    private static void nobodyElseSeesThem(Client client) throws IOException, InterruptedException {
        for (var alert : items(client, "triton-manager", "/api/allocations/alerts?limit=200")) {
            assertEquals(Tenant.TRITON, alert.path("tenant_id").asText());
        }
        assertEquals(
                403,
                client.get(ALLOCATION, "borealis-employee", "/api/allocations/alerts")
                        .status());
    }

    private static void theyAreSettled(Client client, Map<String, String> raised)
            throws IOException, InterruptedException {
        var alerts = "/api/platform/alerts/";
        assertEquals(
                "acknowledged",
                client.post(ALLOCATION, "admin", alerts + raised.get("large_clawback") + "/acknowledge")
                        .body()
                        .path("state")
                        .asText());
        assertEquals(
                "snoozed",
                client.post(
                                ALLOCATION,
                                "admin",
                                alerts + raised.get("refused_calls") + "/snooze",
                                UUID.randomUUID().toString(),
                                Map.of("until", "2999-01-01T00:00:00Z"))
                        .body()
                        .path("state")
                        .asText());
        var settled = new TreeMap<String, String>();
        items(client, "admin", "/api/platform/alerts?limit=200&tenant_id=" + TENANT)
                .forEach(alert -> settled.put(
                        alert.path("alert_id").asText(), alert.path("state").asText()));
        assertEquals("acknowledged", settled.get(raised.get("large_clawback")));
        assertEquals("snoozed", settled.get(raised.get("refused_calls")));
    }

    private static void theyAreRecorded(Client client, Map<String, String> raised) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            var recorded = new HashSet<String>();
            for (var type : Set.of("BusinessAlertRaised", "BusinessAlertChanged")) {
                var path = "/api/audit/records?limit=200&tenant_id=" + TENANT + "&type=" + type;
                var answer = client.get(AUDIT, "auditor", path);
                answer.body()
                        .path("items")
                        .forEach(record ->
                                recorded.add(type + " " + record.path("subject").asText()));
            }
            for (var id : raised.values()) {
                assertTrue(recorded.contains("BusinessAlertRaised " + id), recorded::toString);
            }
            for (var kind : Set.of("large_clawback", "refused_calls")) {
                assertTrue(recorded.contains("BusinessAlertChanged " + raised.get(kind)), recorded::toString);
            }
        });
    }

    private static Iterable<JsonNode> items(Client client, String user, String path)
            throws IOException, InterruptedException {
        var answer = client.get(ALLOCATION, user, path);
        assertEquals(200, answer.status(), answer::toString);
        return answer.body().path("items");
    }

    private static void budget(Client client, long points) throws IOException, InterruptedException {
        var answer = client.put(
                ALLOCATION, "admin", "/api/platform/tenants/" + TENANT + "/budget", Map.of("monthly_budget", points));
        assertEquals(points, answer.body().path("monthly_budget").asLong(), answer::toString);
    }

    private static void allocate(Client client, long amount) throws IOException, InterruptedException {
        move(
                client,
                "allocate",
                Map.of("tenant_id", TENANT, "amount", amount, "currency", "INR", "reference_note", "Alerts"));
    }

    private static void move(Client client, String what, Map<String, Object> body)
            throws IOException, InterruptedException {
        var answer = client.post(
                ALLOCATION,
                "admin",
                "/api/platform/allocations/" + what,
                UUID.randomUUID().toString(),
                body);
        assertEquals(201, answer.status(), answer::toString);
    }
}
