package io.points.distribution.award;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.contract.DistributionKind;
import io.points.contract.Ids;
import io.points.distribution.saga.State;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which event each distribution's link names; that this event is on the topic is what {@link ProofTest} looks at. */
class ProofLinkTest {

    private static final UUID ID = UUID.fromString("0d6e1f0a-4a39-4f3b-9f49-3f3a5d6f2c11");

    @ParameterizedTest
    @CsvSource({
        "AWARD, REQUESTED, DistributionRequested",
        "AWARD, CANCELLING, DistributionCancelling",
        "AWARD, CANCELLED, DistributionCancelled",
        "AWARD, REJECTED, DistributionRejected",
        "AWARD, COMPENSATING, DistributionCompensating",
        "AWARD, COMPENSATED, DistributionCompensated",
        "AWARD, COMPLETED, PointsAwarded",
        "DELEGATION, COMPLETED, PointsDelegated",
        "BATCH, COMPLETED, BatchAwarded",
        "RETURN, RETURNING, BudgetReturned",
        "RETURN, SET_ASIDE, BudgetReturned",
        "RETURN, COMPLETED, BudgetReturned",
        "REVERSAL, RETURNING, AwardReversed",
        "REVERSAL, SET_ASIDE, AwardReversed",
        "REVERSAL, COMPLETED, AwardReversed",
    })
    void itsLinkNamesItsNewestEvent(DistributionKind kind, State state, String event) {
        assertEquals("/api/audit/proofs/inclusion?event_id=" + Ids.derive(ID, event), Proof.of(ID, kind, state));
    }
}
