package io.points.audit;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.contract.AuditEvent.RecordCount;
import io.points.contract.AuditEvent.RecordsCounted;
import io.points.contract.AuditEvent.UnbilledVersion;
import io.points.contract.BillingEvent.BillingEntryRecorded;
import io.points.contract.PoolEvent.PointsAllocated;
import io.points.contract.PoolEvent.PointsClawedBack;
import io.points.contract.Topic;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the sealed records come to is told on a topic, as far as it can be compared. */
@QuarkusTest
class CountsTest extends AuditServiceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Story story = new Story(tenant);

    @Test
    void whatIsBilledIsCountedByTopicAndKind() {
        var allocated = story.allocated(100);
        var debited = story.debited(newId(), 30);
        var clawedBack = story.clawedBack(50);
        send(allocated, debited, clawedBack);
        send(entry(allocated, 100, 10_000), entry(clawedBack, -20, -2_000), entry(clawedBack, -30, -3_001));

        var told = awaitCounted(3);

        assertEquals(6, told.treeSize());
        assertEquals(0, told.untoldVersions());
        assertEquals(
                List.of(
                        of("PointsAllocated", 1, "100"),
                        of("PointsClawedBack", 1, "50"),
                        of("PoolDebited", 1, "30"),
                        new RecordCount(Topic.BILLING_ENTRIES, "INR", 3, "50", "4999")),
                told.counts());
    }

    @Test
    void whatIsNotBilledYetIsNotToldYet() {
        var allocated = story.allocated(100);
        send(allocated, story.debited(newId(), 30));
        var told = awaitLeaves(2);
        assertEquals(0, told.poolVersion(), "billing-service has not told of version 1");
        assertEquals(List.of(), told.counts());
        assertEquals(List.of(new UnbilledVersion(1, 100, 0)), told.unbilled());

        send(entry(allocated, 100, 10_000));

        assertEquals(2, awaitCounted(2).poolVersion());
    }

    @Test
    void anEntryThatBillsNothingStopsTheCount() {
        var allocated = story.allocated(100);
        send(allocated, entry(allocated, 100, 10_000));
        awaitCounted(1);

        send(entry(new PointsAllocated(newId(), tenant, 5, "INR", "1.00", "forged", 5, 9), 5, 500));
        awaitLeaves(3);
        send(story.debited(newId(), 30));

        var told = awaitLeaves(4);
        assertEquals(1, told.poolVersion());
        assertEquals(2, told.counts().size(), "as before");
        assertEquals(List.of(new UnbilledVersion(9, 0, 5)), told.unbilled());
    }

    @Test
    void whateverIsCalledAnEntryAndIsNoneIsLeftOut() {
        var allocated = story.allocated(100);
        send(allocated, entry(allocated, 100, 10_000));
        awaitCounted(1);
        for (var json : List.of(
                "{}",
                "{\"points\": \"1\", \"currency\": 5}",
                "{\"points\": 1e300, \"currency\": \"INR\", \"amount_minor\": 1, \"pool_version\": 1}",
                "{\"points\": 1, \"currency\": \"INR\", \"amount_minor\": 0.5, \"pool_version\": 1}",
                "{\"points\": 1, \"currency\": \"rupees\", \"amount_minor\": 5, \"pool_version\": 1}")) {
            AuditTables.record(tenant, Topic.BILLING_ENTRIES, "BillingEntryRecorded", json);
        }
        send(story.debited(newId(), 30));

        var told = awaitCounted(2);

        assertEquals(8, told.treeSize());
        assertEquals(
                1,
                told.counts().stream()
                        .filter(it -> it.topic().equals(Topic.BILLING_ENTRIES))
                        .mapToLong(RecordCount::records)
                        .sum());
    }

    @Test
    void aReplayChangesNoCount() {
        var allocated = story.allocated(100);
        var id = newId();
        var entry = entry(allocated, 100, 10_000);
        send(id, allocated);
        send(entry.entryId(), entry);
        var told = awaitCounted(1);

        send(id, allocated);
        send(entry.entryId(), entry);
        send(story.debited(newId(), 30));

        var later = awaitCounted(2);
        assertEquals(told.treeSize() + 1, later.treeSize());
        assertEquals(told.counts().get(0), later.counts().get(0));
        assertEquals(told.counts().get(1), later.counts().get(2), "the entry");
    }

    @Test
    void eachTenantHasItsOwn() {
        var other = UUID.randomUUID();
        var ofOther = new Story(other).allocated(7);
        var allocated = story.allocated(100);
        send(allocated, entry(allocated, 100, 10_000));
        kafka.send(newId(), ofOther);
        kafka.send(newId(), entry(ofOther, 7, 700));

        assertEquals("100", awaitCounted(1).counts().get(0).points());
        await().atMost(PATIENCE)
                .until(() -> newest(other).filter(it -> it.poolVersion() == 1).isPresent());
        assertEquals("7", newest(other).orElseThrow().counts().get(0).points());
    }

    @Test
    void aTenantThatCannotBeCountedKeepsNobodyWaiting() {
        var allocated = story.allocated(100);
        send(allocated, entry(allocated, 100, 10_000));
        awaitCounted(1);
        // A stand-in for whatever cannot be added up.
        AuditTables.asSuperuser("insert into audit_unbilled values ('" + tenant + "', 2, 9223372036854775807, 0)");
        send(story.allocated(50));
        awaitSealed();

        var other = UUID.randomUUID();
        var ofOther = new Story(other).allocated(7);
        kafka.send(newId(), ofOther);
        kafka.send(newId(), entry(ofOther, 7, 700));
        await().atMost(PATIENCE).until(() -> newest(other).isPresent());

        assertEquals(List.of("2"), column("tree_size"));
        AuditTables.asSuperuser("delete from audit_unbilled where tenant_id = '" + tenant + "'");
        awaitLeaves(3);
    }

    @Test
    void whatComesInManySlicesIsCountedOnce() {
        var allocated = story.allocated(1_000_000);
        send(allocated, entry(allocated, 1_000_000, 100_000_000));
        awaitCounted(1);
        // As if nothing had been counted before, such as after an upgrade.
        for (int i = 0; i < 30; i++) {
            send(story.debited(newId(), 1));
        }
        var before = awaitCounted(31);
        AuditTables.asSuperuser(
                "delete from audit_counts where tenant_id = '" + tenant + "'",
                "delete from audit_unbilled where tenant_id = '" + tenant + "'",
                "delete from audit_counted where tenant_id = '" + tenant + "'");
        await().atMost(PATIENCE).until(() -> column("tree_size").equals(List.of("32")));

        assertEquals(before, newest(tenant).orElseThrow());
        assertEquals(List.of("31"), column("told"));
    }

    private RecordCount of(String type, long records, String points) {
        return new RecordCount(Topic.POOL_EVENTS, type, records, points, null);
    }

    private BillingEntryRecorded entry(PointsAllocated allocated, long points, long amount) {
        return entry(
                allocated.tenantId(), allocated.allocationId(), "allocation", points, amount, allocated.poolVersion());
    }

    private BillingEntryRecorded entry(PointsClawedBack clawedBack, long points, long amount) {
        return entry(
                clawedBack.tenantId(), clawedBack.allocationId(), "clawback", points, amount, clawedBack.poolVersion());
    }

    private static BillingEntryRecorded entry(
            UUID tenant, UUID event, String kind, long points, long amount, long poolVersion) {
        return new BillingEntryRecorded(
                newId(), tenant, event, kind, points, "1.00", "INR", amount, poolVersion, Instant.now());
    }

    private RecordsCounted awaitCounted(long poolVersion) {
        await().atMost(PATIENCE).until(() -> newest(tenant)
                .filter(it -> it.poolVersion() == poolVersion)
                .isPresent());
        return newest(tenant).orElseThrow();
    }

    private RecordsCounted awaitLeaves(long counted) {
        await().atMost(PATIENCE).until(() -> newest(tenant)
                .filter(it -> it.countedLeaves() == counted)
                .isPresent());
        return newest(tenant).orElseThrow();
    }

    private List<String> column(String name) {
        return AuditTables.column("select " + name + " from audit_counted where tenant_id = '" + tenant + "'");
    }

    private static Optional<RecordsCounted> newest(UUID tenant) {
        return kafka.messages(Topic.AUDIT_COUNTS, RecordsCounted.class, tenant).stream()
                .max(Comparator.comparingLong(RecordsCounted::countedLeaves));
    }
}
