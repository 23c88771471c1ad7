package io.points.billing;

import static io.points.billing.Movements.allocated;
import static io.points.billing.Movements.clawedBack;
import static io.points.billing.Movements.newId;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.points.contract.BillingEvent.BillingEntryRecorded;
import io.points.contract.DistributionKind;
import io.points.contract.PoolEvent.ContractChanged;
import io.points.contract.PoolEvent.PlatformMovementDecided;
import io.points.contract.PoolEvent.PlatformMovementProposed;
import io.points.contract.PoolEvent.PoolDebited;
import io.points.contract.PoolEvent.PoolReleased;
import io.points.contract.PoolEvent.PoolReserved;
import io.points.contract.ProposalOutcome;
import io.points.contract.Topic;
import io.points.testing.Attesting;
import io.points.testing.TestKafka;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A clawback gives back what the points were bought for. */
@QuarkusTest
class CreditsTest extends BillingServiceTest {

    @Test
    void aClawbackAcrossPurchasesHasALineForEachAtItsOwnPrice() {
        kafka.send(allocated(tenant, 100, "1.00", "INR", "Invoice 1", 1));
        kafka.send(new ContractChanged(tenant, 2, "INR", "2.00", null, null, Instant.now()));
        kafka.send(allocated(tenant, 30, "2.00", "INR", "Invoice 2", 2));
        var clawback = newId();
        kafka.send(clawback, clawedBack(tenant, 50, 3));
        awaitEntry(3);

        var lines = entries();
        assertEquals(4, lines.getList("items").size());
        var credits = lines.getList(
                "items.findAll { it.event_id == '" + clawback + "' }.sort { it.line }.points", Long.class);
        assertEquals(List.of(-30L, -20L), credits);
        assertEquals(
                List.of("-60.00", "-20.00"),
                lines.getList("items.findAll { it.event_id == '" + clawback + "' }.sort { it.line }.amount"));
        assertEquals(
                List.of("Invoice 2", "Invoice 1"),
                lines.getList("items.findAll { it.event_id == '" + clawback + "' }.sort { it.line }.invoice_id"));
        var told = await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> kafka.messages(Topic.BILLING_ENTRIES, BillingEntryRecorded.class, tenant),
                        all -> all.size() == 4);
        assertEquals(
                lines.getList("items.entry_id", String.class).stream().sorted().toList(),
                told.stream().map(it -> it.entryId().toString()).sorted().toList());
        assertEquals(List.of(), reconciliation(tenant).getList("differences.findAll { it.event_id != null }"));
    }

    /** As when a second person had to agree to it. */
    @Test
    void aClawbackOfPointsThatWereReservedCreditsLikeAnyOther() {
        kafka.send(allocated(tenant, 100, "1.00", "INR", "Invoice 1", 1));
        kafka.send(allocated(tenant, 30, "2.00", "INR", "Invoice 2", 2));
        var proposal = newId();
        kafka.send(new PlatformMovementProposed(proposal, tenant, "clawback", 50L, null));
        kafka.send(new PoolReserved(proposal, tenant, 50, 80, 3, null));
        kafka.send(new PoolReleased(proposal, tenant, 50, 130, 4, null));
        var clawback = newId();
        kafka.send(clawback, clawedBack(tenant, 50, 5));
        kafka.send(new PlatformMovementDecided(proposal, tenant, "clawback", ProposalOutcome.APPROVED, newId()));
        awaitEntry(5);

        var lines = "items.findAll { it.event_id == '" + clawback + "' }.sort { it.line }";
        assertEquals(List.of(-30L, -20L), entries().getList(lines + ".points", Long.class));
        assertEquals(List.of("-60.00", "-20.00"), entries().getList(lines + ".amount"));
        assertEquals(4, entries().getList("items").size());
        assertEquals(5, reconciliation(tenant).getLong("contiguous_version"));
    }

    @Test
    void aClawbackWaitsForWhatThePoolDidBeforeIt() {
        kafka.send(allocated(tenant, 100, "1.00", "INR", "Invoice 1", 1));
        var clawback = newId();
        kafka.send(clawback, clawedBack(tenant, 5, 4));
        kafka.send(new PoolDebited(newId(), tenant, DistributionKind.AWARD, 5, 125, 3));
        kafka.send(allocated(tenant, 1, "9.00", "INR", "Invoice 5", 5));
        awaitEntry(5);
        assertFalse(entries().getList("items.pool_version", Long.class).contains(4L));
        var waiting = reconciliation(tenant);
        assertFalse(waiting.getBoolean("agrees"));
        assertEquals("waiting", waiting.getString("differences[0].kind"));
        assertEquals(clawback.toString(), waiting.getString("differences[0].event_id"));

        kafka.send(allocated(tenant, 30, "2.00", "INR", "Invoice 2", 2));
        awaitEntry(4);

        assertEquals(
                List.of("Invoice 2"),
                entries().getList("items.findAll { it.pool_version == 4 }.invoice_id"),
                "the newest before it, not the newest of all");
        assertEquals(List.of("-10.00"), entries().getList("items.findAll { it.pool_version == 4 }.amount"));
        assertEquals(5, reconciliation(tenant).getLong("contiguous_version"));
    }

    @Test
    void whatIsToldOfAClawbackThatWaitedNamesWhoCausedIt() {
        kafka.send(clawedBack(tenant, 5, 2));
        kafka.send(allocated(tenant, 100, 1));
        awaitEntry(2);

        var record = await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> kafka.read(Topic.BILLING_ENTRIES).stream()
                                .filter(it -> tenant.toString().equals(it.key())
                                        && new String(it.value(), java.nio.charset.StandardCharsets.UTF_8)
                                                .contains("clawback"))
                                .findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow();
        assertEquals("00000000-0000-4000-8000-00000000000a", TestKafka.header(record, "ce_actorid"));
        assertEquals(
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", TestKafka.header(record, "traceparent"));
    }

    @Test
    void whatNoPurchaseStandsAgainstIsAnAdjustment() {
        kafka.send(allocated(tenant, 10, 1));
        kafka.send(clawedBack(tenant, 15, 2));
        awaitEntry(2);

        var adjustment = "items.find { it.charge_category == 'Adjustment' }.";
        assertEquals(-5, entries().getLong(adjustment + "points"));
        assertNull(entries().getString(adjustment + "credited_entry_id"));
    }

    /** More purchases than are read at once; what is credited is found no more. */
    @Test
    void aClawbackTakesFromAsManyPurchasesAsItNeeds() {
        for (int version = 1; version <= 510; version++) {
            kafka.send(allocated(tenant, 1, version));
        }
        kafka.send(clawedBack(tenant, 505, 511));
        kafka.send(clawedBack(tenant, 7, 512));
        awaitEntry(512);

        assertEquals("505 505 6", credits(511), "the newest 505");
        assertEquals("5 5 1", credits(512), "what is left of them");
        assertEquals(
                "-2",
                Attesting.text("select sum(pricing_quantity)::text from platform_billing_logs"
                        + " where charge_category = 'Adjustment' and billing_account_id = '" + tenant + "'"));
        assertEquals(
                "0", Attesting.text("select count(*)::text from open_purchases where tenant_id = '" + tenant + "'"));
    }

    private String credits(long version) {
        return Attesting.text(
                "select concat_ws(' ', count(*), count(distinct c.x_credited_entry_id), min(p.x_pool_version))"
                        + " from platform_billing_logs c join platform_billing_logs p on p.x_entry_id = c.x_credited_entry_id"
                        + " where c.x_pool_version = " + version + " and c.billing_account_id = '" + tenant + "'");
    }
}
