package io.points.distribution.approval;

import io.points.contract.DistributionKind;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;

/** How one kind of what was given is taken back once a second person has approved that. */
public interface ProposedUndo {

    /** An award or a batch. */
    DistributionKind of();

    /** Takes it back, or begins to. Fails with the 409 problem of the request itself if that cannot be done any more. */
    Uni<Void> carryOut(Tx tx, UndoProposal proposal);
}
