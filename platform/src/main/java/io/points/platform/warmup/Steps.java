package io.points.platform.warmup;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Map;
import org.jboss.logging.Logger;

/** Works that are done at once and of which each may fail or hang: what they are for goes on without them. */
final class Steps {

    private static final Logger LOG = Logger.getLogger(Steps.class);

    private Steps() {}

    /** Completes, and never fails, when each has ended or has had its time. */
    static Uni<Void> all(Map<String, Uni<Void>> works, Duration limit) {
        return Uni.join()
                .all(works.entrySet().stream()
                        .map(work -> bounded(work.getKey(), work.getValue(), limit))
                        .toList())
                .andFailFast()
                .replaceWithVoid();
    }

    private static Uni<Void> bounded(String name, Uni<Void> work, Duration limit) {
        return work.ifNoItem()
                .after(limit)
                .fail()
                .onFailure()
                .invoke(failure -> LOG.infof("Not warmed up (%s): %s", name, failure))
                .onFailure()
                .recoverWithNull();
    }
}
