package io.points.allocation.stats;

import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whom the wallet events tell of whom nothing may be known any more beyond their ids. */
public interface ErasureNews {

    /**
     * Somebody who was erased.
     *
     * @param userId null: all people of the tenant
     */
    record Erased(UUID tenantId, @Nullable UUID userId) {}

    /** In their order, in the transaction that has received them. */
    Uni<Void> hear(Tx tx, List<Erased> erased);
}
