package io.points.distribution.award;

import io.points.contract.DistributionKind;
import io.points.contract.Ids;
import io.points.distribution.saga.State;
import java.util.UUID;

/** Where audit-service proves that a distribution is in the audit log. Plain Java. */
final class Proof {

    private static final String ROUTE = "/api/audit/proofs/inclusion?event_id=";

    private Proof() {}

    /** The route, relative to audit-service, for the newest event that distribution-service has published about it. */
    static String of(UUID distributionId, DistributionKind kind, State state) {
        return ROUTE + Ids.derive(distributionId, newestEvent(kind, state));
    }

    private static String newestEvent(DistributionKind kind, State state) {
        return switch (state) {
            case REQUESTED -> "DistributionRequested";
            case CANCELLING -> "DistributionCancelling";
            case HELD -> "DistributionHeld";
            case COMPENSATING -> "DistributionCompensating";
            case REJECTED -> "DistributionRejected";
            case CANCELLED -> "DistributionCancelled";
            case COMPENSATED -> "DistributionCompensated";
            case RETURNING, SET_ASIDE -> wentBack(kind);
            case COMPLETED ->
                switch (kind) {
                    case DELEGATION -> "PointsDelegated";
                    case AWARD -> "PointsAwarded";
                    case BATCH -> "BatchAwarded";
                    case RETURN, REVERSAL, LAPSE -> wentBack(kind);
                    case TRANSFER -> "PoolPointsMoved";
                };
        };
    }

    private static String wentBack(DistributionKind kind) {
        return switch (kind) {
            case REVERSAL -> "AwardReversed";
            case LAPSE -> "EarnedReturned";
            case RETURN, DELEGATION, AWARD, BATCH, TRANSFER -> "BudgetReturned";
        };
    }
}
