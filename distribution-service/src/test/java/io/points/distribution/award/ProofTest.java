package io.points.distribution.award;

import static io.points.testing.TestKafka.header;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.contract.DistributionKind;
import io.points.contract.PoolCommand.CancelPoolDebit;
import io.points.contract.PoolCommand.RefundPool;
import io.points.contract.PoolCommand.ReturnToPool;
import io.points.contract.PoolEvent.PointsReturned;
import io.points.contract.Topic;
import io.points.distribution.DistributionServiceTest;
import io.points.distribution.Given;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Whatever becomes of a distribution, its link names an event that was told of it, and the newest one. */
@DistributionServiceTest
class ProofTest {

    private static final String ROUTE = "/api/audit/proofs/inclusion?event_id=";

    @Test
    void anAwardThatIsAskedForAndCompletes() {
        try (var given = Given.tenant()) {
            var award = given.requestAward(100);
            assertProves(given, award, "DistributionRequested");
            given.poolDebits(award, DistributionKind.AWARD, 100);
            given.awaitState(award, "COMPLETED");
            assertProves(given, award, "PointsAwarded");
        }
    }

    @Test
    void aDelegationAndItsReturn() {
        try (var given = Given.tenant()) {
            var delegation = given.requestDelegation(50);
            given.poolDebits(delegation, DistributionKind.DELEGATION, 50);
            given.awaitState(delegation, "COMPLETED");
            assertProves(given, delegation, "PointsDelegated");
            var returned = UUID.fromString(given.asLead()
                    .header("Prefer", "respond-async")
                    .body("{\"amount\": 20}")
                    .post("/api/allocations/return-to-pool")
                    .then()
                    .statusCode(202)
                    .extract()
                    .path("distribution_id"));
            assertProves(given, returned, "BudgetReturned");
            given.awaitCommand(ReturnToPool.class, returned);
            given.kafka.send(new PointsReturned(returned, given.tenant, 20, 1_000, 3));
            given.awaitState(returned, "COMPLETED");
            assertProves(given, returned, "BudgetReturned");
        }
    }

    @Test
    void aBatch() {
        try (var given = Given.tenant()) {
            var batch = given.requestBatch(5);
            given.poolDebitsBatch(batch, 5);
            given.awaitState(batch, "COMPLETED");
            assertProves(given, batch, "BatchAwarded");
        }
    }

    @Test
    void whatIsRefused() {
        try (var given = Given.tenant()) {
            var award = given.requestAward(100);
            given.poolRefuses(award, 100);
            given.awaitState(award, "REJECTED");
            assertProves(given, award, "DistributionRejected");
        }
    }

    @Test
    void whatIsCancelled() {
        try (var given = Given.tenant()) {
            var award = given.requestAward(100);
            given.timePasses(award);
            given.awaitCommand(CancelPoolDebit.class, award);
            assertProves(given, award, "DistributionCancelling");
            given.poolCancels(award, 0);
            given.awaitState(award, "CANCELLED");
            assertProves(given, award, "DistributionCancelled");
        }
    }

    @Test
    void whatIsCompensated() {
        try (var given = Given.tenant()) {
            var award = given.requestAward(100);
            given.member(given.employee, "employee", false);
            given.poolDebits(award, DistributionKind.AWARD, 100);
            given.awaitCommand(RefundPool.class, award);
            assertProves(given, award, "DistributionCompensating");
            given.poolRefunds(award, 100);
            given.awaitState(award, "COMPENSATED");
            assertProves(given, award, "DistributionCompensated");
        }
    }

    private static void assertProves(Given given, UUID distribution, String type) {
        String link = given.distribution(distribution).extract().path("proof");
        assertEquals(ROUTE, link.substring(0, ROUTE.length()));
        var event = link.substring(ROUTE.length());
        Awaitility.await().until(() -> given.kafka.read(Topic.WALLET_EVENTS).stream()
                .anyMatch(record -> event.equals(header(record, "ce_id"))
                        && type.equals(header(record, "ce_type"))
                        && distribution.toString().equals(header(record, "ce_subject"))));
    }
}
