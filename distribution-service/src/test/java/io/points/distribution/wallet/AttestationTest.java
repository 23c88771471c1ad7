package io.points.distribution.wallet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.contract.BalanceEvent.AttestedBalance;
import io.points.contract.Topic;
import io.points.distribution.DistributionServiceTest;
import io.points.distribution.Given;
import io.points.ledger.attestation.Attestor;
import io.points.testing.Attesting;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@DistributionServiceTest
class AttestationTest {

    @Inject
    Attestor attestor;

    /** A balance's entries lie all over a big table; side by side they lie in its key alone. */
    @Test
    void entriesAreAddedUpWithoutTheirTable() {
        try (var given = Given.tenant()) {
            given.budget(70);
            var plan = Attesting.planOfSums("budget");
            assertTrue(plan.contains("Index Only Scan using wallet_ledger_pkey"), plan);
        }
    }

    @Test
    void eachWalletIsAttestedWithItsLastEntryAndTheSumOfAll() {
        try (var given = Given.lastTenant()) {
            given.budget(70);
            given.budget(30);
            given.asLead()
                    .body(Given.award(given.employee, 25))
                    .post("/api/allocations/award-points")
                    .then()
                    .statusCode(201);
            assertEquals(
                    Set.of(new AttestedBalance(given.lead, 3, 75, 75), new AttestedBalance(given.employee, 1, 25, 25)),
                    Set.copyOf(attested(given)));
        }
    }

    @Test
    void whatWasChangedBehindTheServicesBackIsAttestedAsItStands() {
        try (var given = Given.lastTenant()) {
            given.budget(70);
            Attesting.asSuperuser(
                    "distribution", "update wallets set balance = 570 where tenant_id = '" + given.tenant + "'");
            assertEquals(List.of(new AttestedBalance(given.lead, 1, 570, 70)), attested(given));
            Attesting.asSuperuser("distribution", """
                    insert into wallet_ledger (tenant_id, user_id, kind, entry_number, amount, balance_after,
                           distribution_id, event_id, created_at)
                    values ('%s', '%s', 'budget', 2, 500, 570, gen_random_uuid(), gen_random_uuid(), now())""".formatted(given.tenant, given.lead));
            assertEquals(
                    new AttestedBalance(given.lead, 2, 570, 570),
                    attested(given).get(1));
        }
    }

    /** More than fit into a slice, and into an event. */
    @Test
    void eachOfManyWalletsIsAttestedOnce() {
        try (var given = Given.tenant()) {
            var members =
                    IntStream.range(0, 450).mapToObj(i -> UUID.randomUUID()).collect(Collectors.toSet());
            var ids = members.stream().map(UUID::toString).collect(Collectors.joining(","));
            Attesting.asSuperuser(
                    "distribution",
                    "insert into wallets (tenant_id, user_id, kind, balance, entry_number)"
                            + " select '%s', id, 'earned', 7, 1 from unnest('{%s}'::uuid[]) as id"
                                    .formatted(given.tenant, ids));
            Attesting.demand("distribution");
            attestor.attest().await().indefinitely();
            var attested = Attesting.told(given.kafka, Topic.WALLET_EVENTS, given.tenant);
            assertEquals(members.size(), attested.size());
            assertEquals(
                    members, attested.stream().map(AttestedBalance::holderId).collect(Collectors.toSet()));
            assertEquals(
                    Set.of(List.of(1L, 7L, 0L)),
                    attested.stream()
                            .map(it -> List.of(it.entryNumber(), it.storedBalance(), it.sumOfEntries()))
                            .collect(Collectors.toSet()));
        }
    }

    private List<AttestedBalance> attested(Given given) {
        Attesting.demand("distribution", given.tenant);
        attestor.attest().await().indefinitely();
        return Attesting.told(given.kafka, Topic.WALLET_EVENTS, given.tenant);
    }
}
