package io.points.distribution.saga;

import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The awards of distributions that debit the pool for a whole batch. */
public interface AwardsOfBatches {

    /** Locks the batches and returns their awards, in the order of the lines. A batch without lines is not in the map. */
    Uni<Map<UUID, List<Distribution>>> lock(Tx tx, Collection<UUID> batches);
}
