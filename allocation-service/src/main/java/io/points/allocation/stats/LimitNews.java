package io.points.allocation.stats;

import io.points.contract.PolicyEvent.LimitReached;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Whom the wallet events tell how much was given of what a company's rules allow. */
public interface LimitNews {

    /** In their order, in the transaction that has received them. */
    Uni<Void> hear(Tx tx, List<LimitReached> events);
}
