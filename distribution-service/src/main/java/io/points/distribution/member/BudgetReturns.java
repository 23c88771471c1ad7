package io.points.distribution.member;

import io.points.contract.Envelope;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.UUID;

/** Gives whole budgets back to the pool that nobody asked for, such as those of members who are no longer leads. */
public interface BudgetReturns {

    /** What stands with the return of a former lead. */
    String WHY = "The member is no longer an active lead";

    /**
     * In this transaction; those that hold nothing are left out.
     *
     * @param why what stands with the returns: the system's words, not a person's
     * @return how many points are on their way to the pool
     */
    Uni<Long> returnAll(Tx tx, UUID tenantId, Collection<UUID> users, String why, Envelope.Actor actor);
}
