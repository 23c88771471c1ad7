package io.points.allocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.contract.BalanceEvent.AttestedBalance;
import io.points.contract.Topic;
import io.points.ledger.attestation.Attestor;
import io.points.testing.Attesting;
import io.points.testing.TestKafka;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@AllocationServiceTest
class AttestationTest {

    @Inject
    Attestor attestor;

    private UUID tenant;

    @BeforeEach
    void register() {
        tenant = AllocationTest.register();
    }

    /** A balance's entries lie all over a big table; side by side they lie in its key alone. */
    @Test
    void entriesAreAddedUpWithoutTheirTable() {
        AllocationTest.allocate(tenant, 100).statusCode(201);
        var plan = Attesting.planOfSums("pool");
        assertTrue(plan.contains("Index Only Scan using pool_ledger_pkey"), plan);
    }

    @Test
    void aPoolThatNothingHasMovedIsAttestedToo() {
        assertEquals(List.of(new AttestedBalance(tenant, 0, 0, 0)), attested());
    }

    @Test
    void aPoolIsAttestedWithItsLastEntryAndTheSumOfAll() {
        AllocationTest.allocate(tenant, 100).statusCode(201);
        AllocationTest.clawBack(tenant, 30).statusCode(201);
        assertEquals(List.of(new AttestedBalance(tenant, 2, 70, 70)), attested());
    }

    @Test
    void aBalanceThatWasChangedBehindTheServicesBackIsAttestedAsItStands() {
        AllocationTest.allocate(tenant, 100).statusCode(201);
        Attesting.asSuperuser(
                "allocation",
                "update tenants set points_allocation_balance = 600, allocated = 600 where id = '" + tenant + "'");
        assertEquals(List.of(new AttestedBalance(tenant, 1, 600, 100)), attested());
    }

    @Test
    void aStrayEntryIsAttestedWhetherThePoolKnowsOfItOrNot() {
        AllocationTest.allocate(tenant, 100).statusCode(201);
        var stray = """
                insert into pool_ledger (tenant_id, entry_number, kind, amount, balance_after, cause_id, event_id, created_at)
                values ('%s', 2, 'allocation', 500, 600, gen_random_uuid(), gen_random_uuid(), now())""".formatted(tenant);
        Attesting.asSuperuser("allocation", stray);
        assertEquals(List.of(new AttestedBalance(tenant, 2, 100, 600)), attested());
        Attesting.asSuperuser(
                "allocation",
                "update tenants set points_allocation_balance = 600, allocated = 600, pool_version = 2 where id = '"
                        + tenant + "'");
        assertEquals(new AttestedBalance(tenant, 2, 600, 600), attested().get(1));
    }

    @Test
    void aDeletedEntryIsMissedInTheSum() {
        AllocationTest.allocate(tenant, 100).statusCode(201);
        AllocationTest.allocate(tenant, 11).statusCode(201);
        Attesting.asSuperuser(
                "allocation", "delete from pool_ledger where entry_number = 1 and tenant_id = '" + tenant + "'");
        assertEquals(List.of(new AttestedBalance(tenant, 2, 111, 11)), attested());
    }

    @Test
    void twoAtOnceAttestEachPoolOnce() {
        AllocationTest.allocate(tenant, 100).statusCode(201);
        Attesting.demand("allocation");
        Attesting.together(List.of(attestor::attest, attestor::attest));
        assertEquals(List.of(new AttestedBalance(tenant, 1, 100, 100)), told());
    }

    @Test
    void nothingIsAttestedBeforeItIsDue() {
        attested();
        attestor.attest().await().indefinitely();
        assertEquals(1, told().size());
    }

    private List<AttestedBalance> attested() {
        Attesting.demand("allocation");
        attestor.attest().await().indefinitely();
        return told();
    }

    private List<AttestedBalance> told() {
        try (var kafka = new TestKafka()) {
            return Attesting.told(kafka, Topic.POOL_EVENTS, tenant);
        }
    }
}
