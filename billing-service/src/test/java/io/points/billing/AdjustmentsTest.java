package io.points.billing;

import static io.points.billing.Movements.newId;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.billing.movement.EventsReadAgain;
import io.points.contract.DistributionKind;
import io.points.contract.Message;
import io.points.contract.PoolEvent.PointsAllocated;
import io.points.contract.PoolEvent.PointsClawedBack;
import io.points.contract.PoolEvent.PoolAdjusted;
import io.points.contract.PoolEvent.PoolDebitCancelled;
import io.points.contract.PoolEvent.PoolDebited;
import io.points.testing.Attesting;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A pool that was adjusted is billed, closed and reconciled like any other, whatever the adjustment made up for. */
@QuarkusTest
class AdjustmentsTest extends BillingServiceTest {

    private static final String MARCH = "2026-03";
    private static final UUID ADMIN = UUID.randomUUID();

    private final UUID finance = UUID.randomUUID();

    @Inject
    EventsReadAgain readAgain;

    @Test
    void aRowThatWasMendedTakesAVersionAndMovesNothing() {
        sendInMarch(allocated(100, 100, 1), adjusted(0, 100, 2), clawedBack(30, 70, 3));
        awaitEntry(3);

        close();
        var reconciled = reconciliation(tenant);
        assertTrue(reconciled.getBoolean("agrees"), reconciled::prettify);
        assertEquals(3, reconciled.getLong("contiguous_version"));
        assertEquals(1, reconciled.getLong("adjusted.adjustments"));
        assertEquals(0, reconciled.getLong("adjusted.untold_entries"));
        assertEquals(0, reconciled.getLong("adjusted.points"));
        assertEquals(2, entries().getList("items").size(), "an adjustment is not billed");
        statement(tenant, MARCH).then().body("pool.closing", equalTo(70)).body("roll_forward.size()", equalTo(11));
    }

    @Test
    void anEntryThatNobodyToldOfIsMadeUpFor() {
        sendInMarch(allocated(100, 100, 1), clawedBack(30, 70, 4));
        awaitHeard();
        assertEquals("waiting", reconciliation(tenant).getString("differences[0].kind"));

        // Entry 2 was written by SQL: 500 points out of nowhere.
        sendInMarch(adjusted(-500, 100, 3));
        awaitEntry(4);

        close();
        var reconciled = reconciliation(tenant);
        assertTrue(reconciled.getBoolean("agrees"), reconciled::prettify);
        assertEquals(1, reconciled.getLong("adjusted.untold_entries"));
        assertEquals(0, reconciled.getLong("adjusted.points"));
        assertEquals(4, reconciled.getLong("contiguous_version"));
    }

    @Test
    void whatIsOnlyLateIsWaitedForAllTheSame() {
        sendInMarch(allocated(100, 100, 1), adjusted(-500, 90, 4), clawedBack(30, 60, 5));
        awaitHeard();
        assertEquals("waiting", reconciliation(tenant).getString("differences[0].kind"));
        assertEquals(1, reconciliation(tenant).getLong("contiguous_version"));
        step(finance, tenant, MARCH, "soft-close").then().statusCode(200);
        step(finance, tenant, MARCH, "close").then().statusCode(409);

        sendInMarch(new PoolDebited(newId(), tenant, DistributionKind.AWARD, 10, 90, 2));
        awaitEntry(5);

        assertTrue(reconciliation(tenant).getBoolean("agrees"));
        assertEquals(1, reconciliation(tenant).getLong("adjusted.untold_entries"));
    }

    @Test
    void aSecondAdjustmentMendsAWrongOne() {
        sendInMarch(allocated(100, 100, 1), adjusted(-499, 101, 3), clawedBack(30, 71, 4));
        awaitHeard();
        assertFalse(reconciliation(tenant).getBoolean("agrees"));

        sendInMarch(adjusted(-1, 70, 5));
        awaitEntry(4);

        assertTrue(reconciliation(tenant).getBoolean("agrees"));
        assertEquals(2, reconciliation(tenant).getLong("adjusted.adjustments"));
    }

    @Test
    void whatComesAfterItWasMadeUpForIsBilledAllTheSame() {
        sendInMarch(allocated(100, 100, 1), adjusted(0, 100, 4));
        awaitHeard();
        assertEquals(4, reconciliation(tenant).getLong("contiguous_version"));

        sendInMarch(clawedBack(20, 100, 3), allocated(20, 120, 2));
        awaitEntry(3);
        awaitEntry(2);

        assertTrue(reconciliation(tenant).getBoolean("agrees"));
        assertEquals(0, reconciliation(tenant).getLong("adjusted.untold_entries"));
    }

    @Test
    void whatAdjustmentsMakeOfNothingIsShownAndWaitsForNobody() {
        var debit = newId();
        sendInMarch(
                allocated(100, 100, 1),
                adjusted(5, 105, 2),
                new PoolDebited(debit, tenant, DistributionKind.AWARD, 10, 95, 3),
                new PoolDebitCancelled(debit, tenant, 10, 105, 4),
                clawedBack(30, 75, 5));
        awaitEntry(5);
        assertTrue(reconciliation(tenant).getBoolean("agrees"));
        assertEquals(5, reconciliation(tenant).getLong("adjusted.points"));

        sendInMarch(adjusted(-500, 75, 7), clawedBack(1, 74, 8));
        awaitEntry(8);
        assertTrue(reconciliation(tenant).getBoolean("agrees"));
    }

    /** As after an upgrade: the group is past an event that the release before has skipped. */
    @Test
    void aTenantThatHangsIsFreedByReadingAgain() {
        sendInMarch(allocated(100, 100, 1), adjusted(0, 100, 2));
        awaitHeard();
        Attesting.asSuperuser(
                "billing",
                "delete from movement_log where flow = 'adjusted' and tenant_id = '" + tenant + "'",
                "delete from period_flows where flow = 'adjusted' and tenant_id = '" + tenant + "'",
                "update billing_tenants set contiguous_version = 1 where tenant_id = '" + tenant + "'");
        sendInMarch(clawedBack(30, 70, 3));
        awaitHeard();
        assertEquals("waiting", reconciliation(tenant).getString("differences[0].kind"));

        Attesting.asSuperuser("billing", "insert into events_to_read_again values ('PoolAdjusted')");
        readAgain.read().await().atMost(Duration.ofSeconds(60));

        assertTrue(reconciliation(tenant).getBoolean("agrees"));
        assertEquals(3, reconciliation(tenant).getLong("contiguous_version"));
    }

    @Test
    void aSumThatNoNumberCanHoldIsADeadLetterAndTheStatementStillReadable() {
        sendInMarch(allocated(100, 100, 1));
        awaitEntry(1);
        Attesting.asSuperuser(
                "billing",
                "update billing_tenants set points_moved = (1::bigint << 62) - 5 where tenant_id = '" + tenant + "'");
        sendInMarch(new PoolDebited(newId(), tenant, DistributionKind.AWARD, 6, 94, 2), clawedBack(5, 95, 2));

        awaitEntry(2);
        statement(tenant, MARCH).then().statusCode(200).body("pool.distributed", equalTo(0));
    }

    private void sendInMarch(Message... messages) {
        List.of(messages).forEach(message -> sendAt("2026-03-05T10:00:00Z", message));
    }

    private void close() {
        step(finance, tenant, MARCH, "soft-close").then().statusCode(200);
        step(finance, tenant, MARCH, "close").then().statusCode(200).body("state", equalTo("closed"));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> reconciliation(tenant).getBoolean("agrees"));
    }

    private PointsAllocated allocated(long amount, long balance, long version) {
        return new PointsAllocated(newId(), tenant, amount, "INR", "1.00", "Invoice", balance, version);
    }

    private PointsClawedBack clawedBack(long amount, long balance, long version) {
        return new PointsClawedBack(newId(), tenant, amount, "INR", "1.00", "unused", balance, version);
    }

    private PoolAdjusted adjusted(long amount, long balance, long version) {
        return new PoolAdjusted(newId(), tenant, amount, "alert 7", ADMIN, UUID.randomUUID(), balance, version);
    }
}
