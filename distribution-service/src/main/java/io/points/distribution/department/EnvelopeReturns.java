package io.points.distribution.department;

import io.points.contract.Envelope;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import java.util.Collection;

/** Takes points out of departments' envelopes back into none that nobody asked for, such as those of closed departments. */
public interface EnvelopeReturns {

    /** What stands with the transfer out of a closed department. */
    String WHY = "The department is closed";

    /**
     * What is to be taken out.
     *
     * @param points all that is in it, as far as is known
     * @param by the manager in whose name it is, as a token has it
     */
    record Emptied(Department.Key department, long points, Envelope.Actor by) {}

    /** Begins a transfer of each in this transaction. */
    Uni<Void> returnAll(Tx tx, Collection<Emptied> envelopes);
}
