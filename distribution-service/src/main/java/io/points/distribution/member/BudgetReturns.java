package io.points.distribution.member;

import io.points.contract.Envelope;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.UUID;

/** Gives the budgets of those who are no longer leads back to the pool, in the transaction that changes their roles. */
public interface BudgetReturns {

    /** What stands with such a return. */
    String WHY = "The member is no longer an active lead";

    Uni<Void> returnAll(Tx tx, UUID tenantId, Collection<UUID> users, Envelope.Actor actor);
}
