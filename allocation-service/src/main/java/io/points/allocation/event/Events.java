package io.points.allocation.event;

import io.micrometer.core.instrument.MeterRegistry;
import io.points.platform.background.Schedule;
import io.points.platform.web.Stopping;
import io.points.platform.web.admission.Shares;
import io.points.platform.web.events.HintStreams;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** The streams that are open in this instance. */
@ApplicationScoped
class Events {

    /** Each page that is seen has its own, for it says which tenants it shows. */
    private static final int OF_AN_ADMIN = 8;

    /** Of all admins: the platform counts as one tenant. */
    private static final int OF_THE_PLATFORM = 200;

    private static final int OF_ALL = OF_THE_PLATFORM + 1;

    private final HintStreams<Viewer> streams;

    Events(HintViews views, EventConfig config, Schedule schedule, Stopping stopping, MeterRegistry metrics) {
        var limits = new HintStreams.Limits(
                new Shares(OF_ALL, OF_THE_PLATFORM, OF_AN_ADMIN), config.longest(), config.beatEvery());
        streams = new HintStreams<>(views::of, limits, "points.events.look-every", schedule, stopping.begun(), metrics);
    }

    /** With the service, so that its metric is there before the first stream is. */
    void begin(@Observes StartupEvent started) {}

    HintStreams<Viewer> streams() {
        return streams;
    }
}
