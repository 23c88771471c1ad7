package io.points.billing;

import static io.points.billing.Movements.allocated;
import static io.points.billing.Movements.clawedBack;
import static io.points.billing.Movements.newId;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.contract.AuditEvent.RecordCount;
import io.points.contract.AuditEvent.RecordsCounted;
import io.points.contract.AuditEvent.UnbilledVersion;
import io.points.contract.DistributionKind;
import io.points.contract.PoolEvent.PointsAllocated;
import io.points.contract.PoolEvent.PointsReturned;
import io.points.contract.PoolEvent.PoolDebited;
import io.points.contract.Topic;
import io.points.local.Service;
import io.points.testing.Attesting;
import io.points.testing.Replays;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The reconciliation against what audit-service has counted, whoever has been at the tables. */
@QuarkusTest
class AuditCountsTest extends BillingServiceTest {

    private static final Instant SEALED = Instant.parse("2026-02-01T10:00:00Z");

    private static final String FORGED = """
            insert into platform_billing_logs
            select (jsonb_populate_record(e, jsonb_build_object('x_entry_id', gen_random_uuid(), 'x_line', 2))).*
            from platform_billing_logs e where billing_account_id = '%s' and x_pool_version = 1
            """;

    @BeforeEach
    void bill() {
        kafka.send(allocated(tenant, 100, 1));
        kafka.send(clawedBack(tenant, 30, 2));
        kafka.send(new PoolDebited(newId(), tenant, DistributionKind.AWARD, 10, 60, 3));
        awaitEntry(2);
        awaitHeard();
    }

    @Test
    void beforeItIsHeardOfNothingIsCompared() {
        var sheet = reconciliation(tenant);
        assertTrue(sheet.getBoolean("agrees"));
        assertEquals("unheard", sheet.getString("audit.state"));
        assertNull(sheet.getString("audit.heard_at"));
        assertEquals(List.of(), sheet.getList("audit.topics"));
    }

    @Test
    void whereItHasTheSameItAgrees() {
        send(told(5, 3));

        var sheet = reconciliation(tenant);

        assertTrue(sheet.getBoolean("agrees"), sheet::prettify);
        assertEquals("agrees", sheet.getString("audit.state"));
        assertEquals(3, sheet.getLong("audit.pool_version"));
        assertEquals(SEALED.toString(), sheet.getString("audit.sealed_at"));
        assertTrue(sheet.getLong("audit.age_seconds") > 0);
        assertNotNull(sheet.getString("audit.heard_at"));
        assertEquals(List.of(true, true), sheet.getList("audit.topics.agrees"));
        assertEquals(List.of("allocated", "clawed_back", "distributed"), sheet.getList("audit.topics[0].counts.kind"));
        assertEquals("7000", sheet.getString("audit.topics[1].counts[0].billing.amount_minor"));
    }

    @Test
    void anEntryThatWasPutInIsNamed() {
        send(told(5, 3));
        Attesting.asSuperuser("billing", FORGED.formatted(tenant));

        assertDiffers("billing.entries.v1, INR, up to version 3 of the pool: audit-service has 2 records of 70 points,"
                + " 7000 in minor units, billing-service has 3 records of 170 points, 17000 in minor units");
    }

    @Test
    void anEntryThatWasTakenOutIsNamedThoughItsEventIsTakenOutToo() {
        send(told(5, 3));
        Attesting.asSuperuser(
                "billing",
                "delete from platform_billing_logs where billing_account_id = '" + tenant + "' and x_pool_version = 2",
                "delete from movement_log where tenant_id = '" + tenant + "' and pool_version = 2");

        assertDiffers(
                "allocation.pool.events.v1, clawed_back, up to version 3 of the pool: audit-service has 1 records of 30"
                        + " points, billing-service has 0 records of 0 points");
    }

    @Test
    void anEventThatWasChangedWithItsEntryIsNamed() {
        send(told(5, 3));
        Attesting.asSuperuser(
                "billing",
                "update platform_billing_logs set pricing_quantity = 90, x_amount_minor = 9000, billed_cost = 90"
                        + " where billing_account_id = '" + tenant + "' and x_pool_version = 1",
                "update movement_log set points = 90 where tenant_id = '" + tenant + "' and pool_version = 1");

        assertDiffers(
                "allocation.pool.events.v1, allocated, up to version 3 of the pool: audit-service has 1 records of 100"
                        + " points, billing-service has 1 records of 90 points");
    }

    @Test
    void whatIsOnItsWayIsNoDifference() {
        send(told(8, 4, of("PointsReturned", 1, "5")));
        var sheet = reconciliation(tenant);
        assertTrue(sheet.getBoolean("agrees"), sheet::prettify);
        assertEquals("behind", sheet.getString("audit.state"));

        kafka.send(new PointsReturned(newId(), tenant, 5, 65, 4));
        awaitHeard();

        assertEquals("agrees", reconciliation(tenant).getString("audit.state"));
    }

    @Test
    void anEntryThatNobodyWroteIsNamed() {
        send(told(6, 3, new UnbilledVersion(9, 0, 500)));

        assertDiffers(
                "version 9 of the pool: audit-service has an event of 0 points and entries of 500, billing-service of 0"
                        + " and 0");
    }

    @Test
    void anEventWhoseEntryIsOnItsWayIsNone() {
        kafka.send(new PointsAllocated(newId(), tenant, 7, "INR", "1.00", "PO-1", 67, 4));
        awaitEntry(4);
        send(told(6, 3, new UnbilledVersion(4, 7, 0)));

        var sheet = reconciliation(tenant);
        assertTrue(sheet.getBoolean("agrees"), sheet::prettify);
        assertEquals("behind", sheet.getString("audit.state"));
        assertEquals(7, sheet.getLong("audit.unmatched[0].billing.entry_points"));
    }

    @Test
    void anOlderCountAndOneThatComesAgainChangeNothing() {
        var id = newId();
        kafka.send(id, told(5, 3));
        awaitHeard();
        var before = row();

        kafka.send(told(4, 2));
        kafka.send(id, told(5, 3));
        awaitHeard();
        assertEquals(before, row());

        send(told(6, 3));
        assertEquals(6, reconciliation(tenant).getLong("audit.counted_leaves"));
    }

    @Test
    void eachTenantIsComparedWithItsOwn() {
        var other = UUID.randomUUID();
        kafka.send(allocated(other, 5, 1));
        send(
                told(5, 3),
                new RecordsCounted(
                        other,
                        2,
                        SEALED,
                        2,
                        1,
                        0,
                        List.of(of("PointsAllocated", 1, "6"), billed(1, "5", "500")),
                        List.of()));

        assertEquals("agrees", reconciliation(tenant).getString("audit.state"));
        assertEquals("differs", reconciliation(other).getString("audit.state"));
        assertEquals("audit", reconciliation(other).getString("differences[0].kind"));
    }

    @Test
    void aBadOneComesBack() {
        new Replays(kafka, Service.BILLING, told(5, 3)).aBadOneComesBack();
    }

    private void assertDiffers(String detail) {
        var sheet = reconciliation(tenant);
        assertFalse(sheet.getBoolean("agrees"));
        assertEquals("differs", sheet.getString("audit.state"));
        assertTrue(
                sheet.getList("differences.findAll { it.kind == 'audit' }.detail")
                        .contains(detail),
                sheet::prettify);
    }

    private void send(RecordsCounted... told) {
        for (var one : told) {
            kafka.send(one);
        }
        awaitHeard();
    }

    /** As audit-service counts what was billed, and whatever came after it. */
    private RecordsCounted told(long leaves, long poolVersion, RecordCount... more) {
        var counts = new ArrayList<>(List.of(
                of("PointsAllocated", 1, "100"),
                of("PointsClawedBack", 1, "30"),
                of("PoolDebited", 1, "10"),
                billed(2, "70", "7000")));
        counts.addAll(List.of(more));
        return new RecordsCounted(tenant, leaves, SEALED, leaves, poolVersion, 0, counts, List.of());
    }

    private RecordsCounted told(long leaves, long poolVersion, UnbilledVersion unbilled) {
        var told = told(leaves, poolVersion);
        return new RecordsCounted(tenant, leaves, SEALED, 5, poolVersion, 0, told.counts(), List.of(unbilled));
    }

    private static RecordCount of(String type, long records, String points) {
        return new RecordCount(Topic.POOL_EVENTS, type, records, points, null);
    }

    private static RecordCount billed(long records, String points, String amount) {
        return new RecordCount(Topic.BILLING_ENTRIES, "INR", records, points, amount);
    }

    private String row() {
        return Attesting.text("select c::text from audit_counts c where tenant_id = '" + tenant + "'");
    }
}
