package io.points.allocation.stats;

import io.points.contract.ClosingEvent;
import io.points.platform.inbox.Received;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Whom the wallet events tell how far the closings of tenants are. */
public interface ClosingNews {

    /** In their order, in the transaction that has received them. */
    Uni<Void> hear(Tx tx, List<Received<ClosingEvent>> events);
}
