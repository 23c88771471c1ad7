package io.points.audit;

import static io.points.testing.TestKafka.bytes;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.contract.BillingEvent.BillingEntryRecorded;
import io.points.contract.Envelope;
import io.points.contract.Headers;
import io.points.contract.MemberEvent.MemberChanged;
import io.points.contract.MessageJson;
import io.points.contract.PoolEvent.TenantRegistered;
import io.points.contract.Topic;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RecordsAreWrittenOnceTest extends AuditServiceTest {

    private final Story story = new Story(tenant);

    @Test
    void anEventBecomesOneRecordThatSaysWhoWhatWhenAndFromWhere() throws NoSuchAlgorithmException {
        var event = newId();
        var message = story.allocated(50_000);
        send(event, message);
        awaitRecords();

        var record = records();
        assertEquals(1, record.getList("items").size());
        assertEquals(event.toString(), record.getString("items[0].event_id"));
        assertEquals("PointsAllocated", record.getString("items[0].type"));
        assertEquals("test", record.getString("items[0].source"));
        assertEquals(message.allocationId().toString(), record.getString("items[0].subject"));
        assertEquals(tenant.toString(), record.getString("items[0].tenant_id"));
        assertEquals("00000000-0000-4000-8000-00000000000a", record.getString("items[0].actor_id"));
        assertEquals("platform-admin", record.getString("items[0].actor_role"));
        assertEquals("4bf92f3577b34da6a3ce929d0e0e4736", record.getString("items[0].trace_id"));
        assertEquals(Topic.POOL_EVENTS, record.getString("items[0].topic"));
        assertNotNull(record.getString("items[0].occurred_at"));
        assertNotNull(record.getString("items[0].recorded_at"));
        assertEquals(sha256(bytes(MessageJson.write(message))), record.getString("items[0].data_digest"));
        assertEquals(50_000, record.getLong("items[0].data.amount"));
        assertEquals(tenant.toString(), record.getString("items[0].data.tenant_id"));
    }

    @Test
    void allThreeTopicsAreRecorded() {
        send(
                new TenantRegistered(tenant, "INR", "1.00", 1),
                new MemberChanged(tenant, UUID.randomUUID(), "lead", true, 1),
                new BillingEntryRecorded(
                        UUID.randomUUID(),
                        tenant,
                        UUID.randomUUID(),
                        "allocation",
                        1,
                        "1.00",
                        "INR",
                        100,
                        1,
                        Instant.now()));
        awaitRecords();

        assertEquals(
                List.of("BillingEntryRecorded", "MemberChanged", "TenantRegistered"),
                records().getList("items.type", String.class).stream().sorted().toList());
    }

    @Test
    void repeatedAndReorderedEventsLeaveOneRecordEach() {
        var ids = IntStream.range(0, 20).mapToObj(i -> newId()).toList();
        var messages = IntStream.rangeClosed(1, 20)
                .mapToObj(amount -> story.allocated(amount))
                .toList();
        var order = new ArrayList<>(IntStream.range(0, 60).mapToObj(i -> i % 20).toList());
        Collections.shuffle(order, new Random(7));
        order.forEach(i -> send(ids.get(i), messages.get(i)));
        awaitRecords();
        // The same again, alone and after all was committed; the last one tells that those before it are handled.
        send(ids.get(3), messages.get(3));
        var last = newId();
        send(last, story.allocated(1));
        awaitRecords();

        var expected = new ArrayList<>(ids.stream().map(UUID::toString).toList());
        expected.add(last.toString());
        assertEquals(
                expected.stream().sorted().toList(),
                records().getList("items.event_id", String.class).stream()
                        .sorted()
                        .toList());
    }

    @Test
    void anyTypeIsRecordedWithWhateverItHolds() {
        var content = "{\"n\": 12345678901234567890.10, \"deep\": {\"list\": [1, \"two\", null]}}";
        var envelope =
                new Envelope(newId(), "PoolPainted", "elsewhere", "a subject", Instant.now(), tenant, null, null, null);
        kafka.send(Topic.BILLING_ENTRIES, tenant.toString(), Headers.write(envelope), bytes(content));
        send(story.allocated(1));
        awaitRecords();
        await().until(() -> records().getList("items").size() == 2);

        var body = as("auditor")
                .queryParam("tenant_id", tenant)
                .queryParam("type", "PoolPainted")
                .get("/api/audit/records")
                .asString();
        assertTrue(body.contains("12345678901234567890.10"), body);
        var record = JsonPath.from(body);
        assertEquals(Map.of("list", Arrays.asList(1, "two", null)), record.getMap("items[0].data.deep"));
        assertNull(record.getString("items[0].actor_id"));
        assertNull(record.getString("items[0].actor_role"));
        assertNull(record.getString("items[0].trace_id"));
    }

    @Test
    void recordsOfOneTenantAndTopicKeepTheirOrder() {
        var ids = IntStream.range(0, 30).mapToObj(i -> newId()).toList();
        ids.forEach(id -> send(id, story.allocated(1)));
        awaitRecords();

        var newestFirst = new ArrayList<>(records().getList("items.event_id", String.class));
        Collections.reverse(newestFirst);
        assertEquals(ids.stream().map(UUID::toString).toList(), newestFirst);
    }

    private static String sha256(byte[] value) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
    }
}
