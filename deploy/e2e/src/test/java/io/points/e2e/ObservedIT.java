package io.points.e2e;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.points.local.Repository;
import io.points.local.Service;
import io.points.local.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an operator sees of the running system: traces, logs and metrics. */
@ExtendWith(SharedStack.class)
class ObservedIT {

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FIRST = "00f067aa0ba902b7";
    private static final String NAME = "Zebulon Quillfeather";
    private static final String EMAIL = "zq@example.org";
    private static final String MESSAGE = "Thank you for the lighthouse";

    /** Of a service's own metrics in rules and dashboards; what Kafka and others show is not here. */
    private static final Pattern OWN = Pattern.compile("\\b(points_[a-z0-9_]+|http_server_[a-z_]+)\\b");

    private static final Set<String> BEGUN = ConcurrentHashMap.newKeySet();

    /** A trace that somebody has begun, and wants to see. */
    private record Trace(String id) {
        static Trace begin() {
            var trace = new Trace(UUID.randomUUID().toString().replace("-", ""));
            BEGUN.add(trace.id());
            return trace;
        }

        String parent() {
            return "00-" + id + "-" + FIRST + "-01";
        }
    }

    @Test
    void oneAwardIsOneTraceFromTheRequestToTheWalletTheBooksAndTheAuditRecord(Stack stack, Collector collector)
            throws IOException, InterruptedException {
        var client = new Client(stack);
        var tenant = Tenant.ready(client, Tenant.TRITON, "triton-manager", 1, 1_000);
        var trace = Trace.begin();
        var answer = client.postTraced(
                Service.DISTRIBUTION,
                tenant.manager(),
                "/api/recognitions",
                trace.parent(),
                Map.of("to_user_id", tenant.employees().get(0), "amount", 7, "message", MESSAGE));
        assertEquals(201, answer.status(), answer::toString);
        awaitTrace(
                collector,
                trace,
                "distribution-service: POST /api/recognitions",
                "distribution-service: send DebitPool",
                "allocation-service: process DebitPool",
                "allocation-service: send PoolDebited",
                "distribution-service: process PoolDebited",
                "distribution-service: send PointsAwarded",
                "billing-service: process PointsAwarded",
                "audit-service: process PoolDebited",
                "audit-service: process PointsAwarded");
    }

    @Test
    void oneAllocationIsOneTraceToItsBillingEntryAndThatOnesAuditRecord(Stack stack, Collector collector)
            throws IOException, InterruptedException {
        var client = new Client(stack);
        Tenant.ready(client, Tenant.TRITON, "triton-manager", 1, 1_000);
        var trace = Trace.begin();
        var answer = client.postTraced(
                Service.ALLOCATION,
                "admin",
                "/api/platform/allocations/allocate",
                trace.parent(),
                Map.of("tenant_id", Tenant.TRITON, "amount", 5, "currency", "INR", "reference_note", "Traced"));
        assertEquals(201, answer.status(), answer::toString);
        awaitTrace(
                collector,
                trace,
                "allocation-service: POST /api/platform/allocations/allocate",
                "allocation-service: send PointsAllocated",
                "billing-service: process PointsAllocated",
                "billing-service: send BillingEntryRecorded",
                "audit-service: process PointsAllocated",
                "audit-service: process BillingEntryRecorded");
    }

    /** Each record that was read has been sent, and each step follows from another, the first from whoever asked. */
    private static void assertHangsTogether(List<Collector.Span> spans) {
        var byId = spans.stream().collect(toMap(Collector.Span::id, span -> span));
        for (var span : spans) {
            var before = byId.get(span.parentId());
            assertTrue(before != null || FIRST.equals(span.parentId()), () -> span + " follows from nothing");
            if (span.name().startsWith("process ")) {
                assertEquals(
                        span.name().replace("process ", "send "),
                        before == null ? "nothing of ours" : before.name(),
                        span::toString);
            }
        }
    }

    /** The stack records no trace of its own accord, and there were many other requests. */
    private static void assertNothingElseIsTraced(Collector collector) {
        collector.all().forEach(span -> assertTrue(BEGUN.contains(span.traceId()), span::toString));
    }

    private static void awaitTrace(Collector collector, Trace trace, String... expected) {
        var steps = Set.of(expected);
        Awaitility.await().atMost(LONGEST).untilAsserted(() -> {
            var missing = new TreeSet<>(steps);
            collector.trace(trace.id()).forEach(span -> missing.remove(span.step()));
            assertEquals(Set.of(), missing, () -> "of " + collector.trace(trace.id()));
            assertHangsTogether(collector.trace(trace.id()));
        });
        assertNothingElseIsTraced(collector);
    }

    @Test
    void logsAreJsonWithIdsAndWithoutWhatIsPersonal(Stack stack) throws IOException, InterruptedException {
        var before = logged(stack);
        var client = new Client(stack);
        var tenant = Tenant.ready(client, Tenant.BOREALIS, "borealis-manager", 1, 1_000);
        var employee = tenant.employees().get(0);
        var member = Map.of("role", "employee", "display_name", NAME, "email", EMAIL);
        assertEquals(
                200,
                client.put(Service.DISTRIBUTION, tenant.manager(), "/api/members/" + employee, member)
                        .status());
        var given = Map.of("to_user_id", employee, "amount", 3, "message", MESSAGE);
        assertEquals(
                201,
                client.post(Service.DISTRIBUTION, tenant.manager(), "/api/recognitions", key(), given)
                        .status());
        var trace = Trace.begin();
        var tooMuch = Map.of("to_user_id", employee, "amount", 900_000_000_000L, "message", MESSAGE);
        var refused =
                client.postTraced(Service.DISTRIBUTION, tenant.manager(), "/api/recognitions", trace.parent(), tooMuch);
        assertEquals(409, refused.status(), refused::toString);
        Awaitility.await().atMost(LONGEST).until(() -> lines(stack, before).stream()
                .map(line -> line.path("mdc"))
                .anyMatch(ids -> trace.id().equals(ids.path("trace_id").asText())
                        && tenant.id().equals(ids.path("tenant_id").asText())
                        && refused.body().path("distribution_id").equals(ids.path("distribution_id"))));
        var secrets = new TreeSet<>(Set.of(NAME, EMAIL, MESSAGE, Awards.DESCRIPTION, "Bearer ", "eyJ"));
        List.of("admin", tenant.manager()).forEach(user -> secrets.add(client.token(user)));
        for (var service : Service.values()) {
            var log = Files.readString(stack.service(service).log());
            secrets.forEach(secret -> assertFalse(log.contains(secret), service + " logs " + secret));
        }
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    /** How long each service's log is, in characters. */
    private static Map<Service, Integer> logged(Stack stack) throws IOException {
        var lengths = new EnumMap<Service, Integer>(Service.class);
        for (var service : Service.values()) {
            lengths.put(service, Files.readString(stack.service(service).log()).length());
        }
        return lengths;
    }

    /**
     * All that the services have logged since; fails with the first line that is not JSON. Before, another test may have
     * killed the database, of which the driver prints a bare stack trace.
     */
    private static List<JsonNode> lines(Stack stack, Map<Service, Integer> before) throws IOException {
        var lines = new ArrayList<JsonNode>();
        for (var service : Service.values()) {
            var log = Files.readString(stack.service(service).log()).substring(before.get(service));
            // The last line may be on its way.
            for (var line : log.substring(0, log.lastIndexOf('\n') + 1).lines().toList()) {
                lines.add(JSON.readTree(line));
            }
        }
        return lines;
    }

    @Test
    void everyMetricOfOursInRulesAndDashboardsIsShown(Stack stack) throws IOException, InterruptedException {
        var client = new Client(stack);
        var tenant = Tenant.ready(client, Tenant.TRITON, "triton-manager", 1, 1_000);
        var award = Map.of("to_user_id", tenant.employees().get(0), "amount", 1, "description", Awards.DESCRIPTION);
        assertEquals(
                201,
                client.post(Service.DISTRIBUTION, tenant.manager(), "/api/allocations/award-points", key(), award)
                        .status());
        var folder = Repository.root().resolve("deploy/kubernetes/base/monitoring");
        var named = new TreeSet<String>();
        for (var file : List.of("rules.yaml", "dashboards/operations.json", "dashboards/business.json")) {
            named.addAll(names(folder.resolve(file)));
        }
        assertTrue(named.size() > 20, named::toString);
        // Shown only where Kafka is secured: see SecuredKafkaIT.
        assertTrue(named.remove("points_certificate_expiry_timestamp_seconds"));
        Awaitility.await().atMost(LONGEST).untilAsserted(() -> {
            var missing = new TreeSet<>(named);
            for (var service : Service.values()) {
                client.metrics(service)
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .forEach(line -> missing.remove(line.split("[{ ]", 2)[0]));
            }
            assertEquals(Set.of(), missing, "named, and shown by no service");
        });
    }

    private static Set<String> names(Path file) throws IOException {
        return OWN.matcher(Files.readString(file))
                .results()
                .map(result -> result.group(1))
                .collect(toCollection(TreeSet::new));
    }
}
