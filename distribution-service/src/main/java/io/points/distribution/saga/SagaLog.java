package io.points.distribution.saga;

import io.points.platform.telemetry.LogIds;
import java.util.List;
import org.jboss.logging.Logger;

/** A line for each distribution that did not do what was asked for. What went well is counted and not told. */
final class SagaLog {

    private static final Logger LOG = Logger.getLogger(SagaLog.class);

    private SagaLog() {}

    /** @param reached distributions that have come to their states for good */
    static void tell(List<Distribution> reached) {
        for (var distribution : reached) {
            if (distribution.state().isFinal() && distribution.state() != State.COMPLETED) {
                LogIds.of(
                                distribution.actor().traceparent(),
                                distribution.tenantId().toString())
                        .distribution(distribution.id())
                        .around(() -> LOG.infof(
                                "A distribution ended %s because of %s", distribution.state(), distribution.reason()));
            }
        }
    }
}
