package io.points.distribution.saga;

import io.points.platform.telemetry.LogIds;
import java.util.List;
import org.jboss.logging.Logger;

/** Logs each distribution that was not completed. Completed ones are only counted. */
final class SagaLog {

    private static final Logger LOG = Logger.getLogger(SagaLog.class);

    private SagaLog() {}

    /** @param reached distributions whose new state is committed */
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
