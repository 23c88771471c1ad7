package io.points.distribution.event;

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

    /** Of one browser all pages share one stream; a person has some browsers. */
    private static final int OF_A_CALLER = 8;

    private static final int OF_A_TENANT = 600;
    private static final int OF_ALL = 1_000;

    private final HintStreams<Viewer> streams;

    Events(HintViews views, EventConfig config, Schedule schedule, Stopping stopping, MeterRegistry metrics) {
        var limits = new HintStreams.Limits(
                new Shares(OF_ALL, OF_A_TENANT, OF_A_CALLER), config.longest(), config.beatEvery());
        streams = new HintStreams<>(views::of, limits, "points.events.look-every", schedule, stopping.begun(), metrics);
    }

    /** With the service, so that its metric is there before the first stream is. */
    void begin(@Observes StartupEvent started) {}

    HintStreams<Viewer> streams() {
        return streams;
    }
}
