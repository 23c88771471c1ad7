package io.points.distribution.member;

import io.points.messaging.Envelope;
import io.points.messaging.outbox.Tx;
import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** Gives the budget of somebody who is no longer a lead back to the pool, in the transaction that changes the role. */
public interface BudgetReturns {

    Uni<Void> returnAll(Tx tx, UUID tenantId, UUID userId, Envelope.Cause cause);
}
