package io.points.allocation.proposal;

import io.points.allocation.pool.Pool;
import io.points.contract.Envelope;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.UUID;

/** What is done once a proposal of some kind is approved. */
public interface ProposedAction {

    /** The kind that it is done for. */
    ProposalKind kind();

    /**
     * Does it, in the transaction of the approval.
     *
     * @param pool the tenant's pool, locked, in which the points that were reserved are again
     * @param by who has approved it
     * @return what was made; fails with a problem if it cannot be done, and then the proposal stays as it was
     */
    Uni<UUID> carryOut(Tx tx, Proposal proposal, Pool pool, Instant now, Envelope.Actor by);

    /**
     * Whether what a manager asks for takes two platform admins at this moment.
     *
     * @param pool the tenant's pool, locked
     * @return fails with a problem if it could not be done now, whoever approved it
     */
    default Uni<Boolean> takesTwo(Tx tx, Proposal request, Pool pool, Instant now, Envelope.Actor by) {
        throw new IllegalStateException("Nobody can ask for a " + kind().word());
    }
}
