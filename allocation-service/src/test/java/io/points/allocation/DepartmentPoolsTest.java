package io.points.allocation;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.allocation.expiry.ExpiryRound;
import io.points.contract.BalanceEvent.AttestedBalance;
import io.points.contract.DistributionKind;
import io.points.contract.Message;
import io.points.contract.PoolCommand.CancelPoolDebit;
import io.points.contract.PoolCommand.DebitPool;
import io.points.contract.PoolCommand.MovePoolPoints;
import io.points.contract.PoolCommand.RefundPool;
import io.points.contract.PoolCommand.ReturnToPool;
import io.points.contract.PoolEvent.PointsReturned;
import io.points.contract.PoolEvent.PoolDebitCancelled;
import io.points.contract.PoolEvent.PoolDebitRefused;
import io.points.contract.PoolEvent.PoolDebited;
import io.points.contract.PoolEvent.PoolExpired;
import io.points.contract.PoolEvent.PoolPointsMoved;
import io.points.contract.PoolEvent.PoolRefunded;
import io.points.contract.RefusalReason;
import io.points.contract.Topic;
import io.points.ledger.attestation.Attestor;
import io.points.testing.Attesting;
import io.points.testing.Tables;
import io.points.testing.TestKafka;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Departments' envelopes in the pool, by the saga's commands. */
@AllocationServiceTest
class DepartmentPoolsTest {

    private static final LocalDate TODAY = LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC);

    @Inject
    ExpiryRound expiry;

    @Inject
    Attestor attestor;

    private final TestKafka kafka = new TestKafka();
    private final UUID sales = UUID.randomUUID();
    private final UUID support = UUID.randomUUID();
    private UUID tenant;

    @BeforeEach
    void register() {
        tenant = AllocationTest.register();
        AllocationTest.allocate(tenant, 1_000).statusCode(201);
        fund(sales, 300);
    }

    @AfterEach
    void close() {
        assertEnvelopesAreTheSumsOfTheirEntries();
        kafka.close();
    }

    @Test
    void anEnvelopeIsFilledAndThePoolStaysWhatItWas() {
        assertEquals(
                new PoolPointsMoved(
                        told(PoolPointsMoved.class, 1).get(0).distributionId(),
                        tenant,
                        300,
                        null,
                        null,
                        null,
                        sales,
                        1L,
                        300L),
                told(PoolPointsMoved.class, 1).get(0));
        assertEquals("1000 300", pool());
        assertEquals(List.of("1"), column("select pool_version from tenants where id = '%s'"));
    }

    @Test
    void whatADebitTakesOutOfAnEnvelopeIsThereAgainOnceItIsUndone() {
        var refunded = debit(sales, 100);
        var cancelled = debit(sales, 50);
        assertEquals("850 150", pool());
        kafka.send(new RefundPool(refunded, tenant));
        kafka.send(new CancelPoolDebit(cancelled, tenant));
        // Told again, it moves nothing again.
        kafka.send(new CancelPoolDebit(cancelled, tenant));
        var refund = told(PoolRefunded.class, 1).get(0);
        assertEquals(new PoolRefunded(refunded, tenant, 100, 950, 4, sales, 4L, 250L), refund);
        var answer = told(PoolDebitCancelled.class, 1).get(0);
        assertEquals(new PoolDebitCancelled(cancelled, tenant, 50, 1_000, 5, sales, 5L, 300L), answer);
        debit(sales, 1);
        assertEquals("999 299", pool());
    }

    @Test
    void whatIsCancelledBeforeItCameTakesNothingOutOfTheEnvelope() {
        var debit = UUID.randomUUID();
        kafka.send(new CancelPoolDebit(debit, tenant));
        kafka.send(new DebitPool(debit, tenant, DistributionKind.AWARD, 100, sales));
        // What comes after it has been decided after it.
        debit(sales, 1);
        assertEquals(0, told(PoolDebitCancelled.class, 1).get(0).refunded());
        assertEquals("999 299", pool());
    }

    @Test
    void anEmptyEnvelopeRefusesHoweverMuchThePoolHolds() {
        kafka.send(new DebitPool(UUID.randomUUID(), tenant, DistributionKind.AWARD, 301, sales));
        kafka.send(new DebitPool(UUID.randomUUID(), tenant, DistributionKind.AWARD, 1, support));
        kafka.send(new DebitPool(UUID.randomUUID(), tenant, DistributionKind.AWARD, 701));
        kafka.send(new MovePoolPoints(UUID.randomUUID(), tenant, sales, support, 301));
        assertEquals(
                List.of(
                        RefusalReason.INSUFFICIENT_DEPARTMENT_BALANCE + " 300",
                        RefusalReason.INSUFFICIENT_DEPARTMENT_BALANCE + " 0",
                        RefusalReason.INSUFFICIENT_POOL_BALANCE + " 700",
                        RefusalReason.INSUFFICIENT_DEPARTMENT_BALANCE + " 300"),
                told(PoolDebitRefused.class, 4).stream()
                        .map(it -> it.reason() + " " + it.balance())
                        .toList());
        assertEquals("1000 300", pool());
    }

    @Test
    void aReturnedBudgetGoesIntoAnEnvelopeIfItIsToGoThere() {
        kafka.send(new DebitPool(UUID.randomUUID(), tenant, DistributionKind.DELEGATION, 200, sales));
        told(PoolDebited.class, 1);
        kafka.send(new ReturnToPool(UUID.randomUUID(), tenant, UUID.randomUUID(), 150, null, null, null, support));
        var returned = told(PointsReturned.class, 1).get(0);
        assertEquals(support, returned.departmentId());
        assertEquals(150L, returned.departmentBalance());
        assertEquals("950 250", pool());
    }

    @Test
    void transfersThatCrossAllHappen() {
        fund(support, 300);
        for (int i = 0; i < 20; i++) {
            kafka.send(new MovePoolPoints(UUID.randomUUID(), tenant, sales, support, 10));
            kafka.send(new MovePoolPoints(UUID.randomUUID(), tenant, support, sales, 7));
        }
        told(PoolPointsMoved.class, 42);
        assertEquals("1000 600", pool());
        assertEquals(
                Set.of(sales + " 240", support + " 360"),
                Set.copyOf(
                        column("select department_id || ' ' || balance from department_pools where tenant_id = '%s'")));
    }

    @Test
    void aClawbackLeavesThemAloneAndSaysSo() {
        AllocationTest.clawBack(tenant, 701)
                .statusCode(409)
                .body("type", equalTo("urn:points:problem:insufficient-pool-balance"))
                .body("balance", equalTo(700))
                .body("detail", containsString("departments, which hold 300 more"));
        AllocationTest.clawBack(tenant, 10).statusCode(201);
        assertEquals("990 300", pool());
    }

    @Test
    void anAdjustmentLeavesThemAloneAndSaysSo() {
        AdjustmentTest.approve(AdjustmentTest.SECOND_ADMIN, AdjustmentTest.propose(tenant, -701))
                .statusCode(409)
                .body("type", equalTo("urn:points:problem:adjustment-out-of-range"))
                .body("sum_of_entries", equalTo(1_000))
                .body("in_departments", equalTo(300))
                .body("detail", containsString("between 300, which departments hold, and"));
        assertEquals("1000 300", pool());
        AdjustmentTest.approve(AdjustmentTest.SECOND_ADMIN, AdjustmentTest.propose(tenant, -700))
                .statusCode(200);
        assertEquals("300 300", pool());
    }

    @Test
    void whatIsInThemLapsesByItself() {
        var day = TODAY.plusDays(40);
        AllocationTest.admin()
                .body("""
                        {"tenant_id": "%s", "amount": 50, "currency": "INR", "reference_note": "Invoice", "expires": {"on": "%s"}}""".formatted(tenant, day))
                .post("/api/platform/allocations/allocate")
                .then()
                .statusCode(201);
        fund(support, 80);
        expiry.look(() -> day.atTime(23, 59).toInstant(ZoneOffset.UTC)).await().indefinitely();
        assertEquals("1050 380", pool());
        expiry.look(() -> day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC))
                .await()
                .indefinitely();
        var lapsed = told(PoolExpired.class, 1).get(0);
        assertEquals(new PoolExpired(lapsed.expiryId(), tenant, day, 50, 1_000, 3, support, 2L, 30L), lapsed);
        assertEquals("1000 330", pool());
    }

    @Test
    void theyAreAttestedAsEveryBalance() {
        debit(sales, 100);
        Attesting.demand("allocation", tenant);
        attestor.attest().await().indefinitely();
        var attested = Attesting.told(kafka, Topic.POOL_EVENTS, tenant).stream()
                .sorted(Comparator.comparing(it -> it.holderId().equals(sales)))
                .collect(Collectors.toList());
        assertEquals(
                List.of(new AttestedBalance(tenant, 2, 900, 900), new AttestedBalance(sales, 2, 200, 200)), attested);
    }

    private void fund(UUID department, long points) {
        int before =
                kafka.messages(Topic.POOL_EVENTS, PoolPointsMoved.class, tenant).size();
        kafka.send(new MovePoolPoints(UUID.randomUUID(), tenant, null, department, points));
        told(PoolPointsMoved.class, before + 1);
    }

    private UUID debit(UUID department, long points) {
        int before =
                kafka.messages(Topic.POOL_EVENTS, PoolDebited.class, tenant).size();
        var id = UUID.randomUUID();
        kafka.send(new DebitPool(id, tenant, DistributionKind.AWARD, points, department));
        told(PoolDebited.class, before + 1);
        return id;
    }

    /** Those that there are once there are so many. */
    private <M extends Message> List<M> told(Class<M> type, int atLeast) {
        return Awaitility.await()
                .until(() -> kafka.messages(Topic.POOL_EVENTS, type, tenant), told -> told.size() >= atLeast);
    }

    private String pool() {
        return column("select points_allocation_balance || ' ' || in_departments from tenants where id = '%s'")
                .get(0);
    }

    private void assertEnvelopesAreTheSumsOfTheirEntries() {
        assertEquals(List.of(), column("""
                        select p.department_id from department_pools p
                        left join department_ledger l on l.tenant_id = p.tenant_id and l.department_id = p.department_id
                        where p.tenant_id = '%s'
                        group by p.department_id, p.balance, p.entry_number
                        having coalesce(sum(l.amount), 0) <> p.balance or count(l.*) <> p.entry_number"""));
        assertEquals(List.of(), column("""
                        select t.id from tenants t where t.id = '%s' and t.in_departments <>
                               (select coalesce(sum(balance), 0) from department_pools p where p.tenant_id = t.id)"""));
    }

    private List<String> column(String sql) {
        return Tables.asApp(connection -> Tables.column(connection, sql.formatted(tenant)));
    }
}
