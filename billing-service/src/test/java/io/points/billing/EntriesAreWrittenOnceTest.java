package io.points.billing;

import static io.points.billing.Movements.allocated;
import static io.points.billing.Movements.clawedBack;
import static io.points.billing.Movements.newId;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.points.contract.BillingEvent.BillingEntryRecorded;
import io.points.contract.PoolEvent.TenantRegistered;
import io.points.contract.Topic;
import io.points.testing.TestKafka;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class EntriesAreWrittenOnceTest extends BillingServiceTest {

    @Test
    void anAllocationBecomesOnePricedEntryAndOneAnnouncement() {
        var event = newId();
        kafka.send(event, allocated(tenant, 50_000, "1.00", "INR", "PO-4711", 1));
        awaitEntry(1);

        var entry = entries();
        assertEquals(event.toString(), entry.getString("items[0].event_id"));
        assertEquals(tenant.toString(), entry.getString("items[0].tenant_id"));
        assertEquals("allocation", entry.getString("items[0].kind"));
        assertEquals(50_000, entry.getLong("items[0].points"));
        assertEquals("1.00", entry.getString("items[0].unit_price"));
        assertEquals("INR", entry.getString("items[0].currency"));
        assertEquals(5_000_000, entry.getLong("items[0].amount_minor"));
        assertEquals("50000.00", entry.getString("items[0].amount"));
        assertEquals("PO-4711", entry.getString("items[0].reference"));
        assertNull(entry.getString("items[0].reason"));
        assertEquals("00000000-0000-4000-8000-00000000000a", entry.getString("items[0].created_by"));
        assertNotNull(entry.getString("items[0].occurred_at"));
        assertNotNull(entry.getString("items[0].recorded_at"));
        assertEquals(1, entry.getInt("items[0].line"));
        assertEquals("Purchase", entry.getString("items[0].charge_category"));
        assertNull(entry.getString("items[0].charge_class"));
        assertEquals("PO-4711", entry.getString("items[0].invoice_id"));
        assertEquals(
                entry.getString("items[0].occurred_at").substring(0, 7), entry.getString("items[0].billing_period"));

        var announced = awaitAnnouncements(1).get(0);
        assertEquals(entry.getUUID("items[0].entry_id"), announced.entryId());
        assertEquals(event, announced.sourceEventId());
        assertEquals(5_000_000, announced.amountMinor());
    }

    @Test
    void theAnnouncementCarriesWhoCausedItAndTheirTrace() {
        kafka.send(allocated(tenant, 1, 1));
        awaitAnnouncements(1);

        var record = kafka.read(Topic.BILLING_ENTRIES).stream()
                .filter(it -> tenant.toString().equals(it.key()))
                .findFirst()
                .orElseThrow();
        assertEquals(entries().getString("items[0].entry_id"), TestKafka.header(record, "ce_id"));
        assertEquals("billing-service", TestKafka.header(record, "ce_source"));
        assertEquals("00000000-0000-4000-8000-00000000000a", TestKafka.header(record, "ce_actorid"));
        assertEquals(
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", TestKafka.header(record, "traceparent"));
    }

    @Test
    void aClawbackIsANegativeEntryWithItsReason() {
        kafka.send(allocated(tenant, 5_000, 1));
        kafka.send(clawedBack(tenant, 5_000, 2));
        awaitEntry(2);

        var entry = entries();
        assertEquals("clawback", entry.getString("items[0].kind"));
        assertEquals(-5_000, entry.getLong("items[0].points"));
        assertEquals(-500_000, entry.getLong("items[0].amount_minor"));
        assertEquals("-5000.00", entry.getString("items[0].amount"));
        assertEquals("unused", entry.getString("items[0].reason"));
        assertNull(entry.getString("items[0].reference"));
        assertEquals("Credit", entry.getString("items[0].charge_category"));
        assertEquals(entry.getString("items[1].entry_id"), entry.getString("items[0].credited_entry_id"));
        assertEquals("PO-1", entry.getString("items[0].invoice_id"));
        assertEquals(
                "/api/audit/proofs/inclusion?event_id=" + entry.getString("items[0].entry_id"),
                entry.getString("items[0].proof"));
    }

    @Test
    void repeatedAndReorderedEventsLeaveOneEntryAndOneAnnouncementEach() {
        var ids = List.of(newId(), newId(), newId(), newId());
        var movements = List.of(
                allocated(tenant, 100, 1),
                clawedBack(tenant, 30, 2),
                allocated(tenant, 7, 3),
                clawedBack(tenant, 1, 4));
        for (int i : new int[] {2, 0, 2, 2, 1, 0, 3, 1, 0, 3, 2}) {
            kafka.send(ids.get(i), movements.get(i));
        }
        kafka.send(allocated(tenant, 1, 5));
        awaitEntry(5);
        // The same again, alone and after all was committed.
        kafka.send(ids.get(0), movements.get(0));
        kafka.send(ids.get(1), movements.get(1));
        kafka.send(allocated(tenant, 1, 6));
        awaitEntry(6);

        var entries = entries();
        assertEquals(
                List.of(1L, 2L, 3L, 4L, 5L, 6L),
                entries.getList("items.pool_version", Long.class).stream()
                        .sorted()
                        .toList());
        assertEquals(100 - 30 + 7 - 1 + 1 + 1, sum(entries.getList("items.points", Long.class)));
        assertEquals(7_800, sum(entries.getList("items.amount_minor", Long.class)));
        var announced = awaitAnnouncements(6).stream()
                .map(BillingEntryRecorded::entryId)
                .map(UUID::toString)
                .sorted()
                .toList();
        assertEquals(
                entries.getList("items.entry_id", String.class).stream()
                        .sorted()
                        .toList(),
                announced);
    }

    @Test
    void anEventBeforeItsTenantIsBilled() {
        kafka.send(allocated(tenant, 10, 1));
        kafka.send(new TenantRegistered(tenant, "INR", "1.00", 1));
        kafka.send(allocated(tenant, 20, 2));
        awaitEntry(2);

        assertEquals(30, sum(entries().getList("items.points", Long.class)));
    }

    @Test
    void aBatchOfManyIsBilledOnceEach() {
        for (int version = 1; version <= 80; version++) {
            var event = newId();
            kafka.send(event, allocated(tenant, version, version));
            kafka.send(event, allocated(tenant, version, version));
        }
        awaitEntry(80);

        assertEquals(80, entries().getList("items").size());
        assertEquals(80, awaitAnnouncements(80).size());
    }

    private List<BillingEntryRecorded> awaitAnnouncements(int count) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> kafka.messages(Topic.BILLING_ENTRIES, BillingEntryRecorded.class, tenant),
                        announced -> announced.size() >= count);
    }

    private static long sum(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).sum();
    }
}
