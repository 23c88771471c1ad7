package io.points.platform.background;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * When background work comes round: every so often, never twice at once, and no more once the service stops. A turn that
 * takes longer than its period is waited for; the turns that would have fallen into it are left out.
 */
@ApplicationScoped
public class Schedule {

    private static final Logger LOG = Logger.getLogger(Schedule.class);
    private static final String OFF = "off";

    private final Vertx vertx;
    private final Config config;
    private volatile boolean stopped;

    public Schedule(Vertx vertx, Config config) {
        this.vertx = vertx;
        this.config = config;
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    /** Whether the service stops. A turn that may go on for ever asks between its slices. */
    public boolean isStopped() {
        return stopped;
    }

    /**
     * Does the work again and again, for the first time when a period is over, always on the same event loop.
     *
     * @param turn makes the next turn, which knows best what its failures mean and logs them itself; those that it lets pass
     *     are logged as errors, and the next turn comes all the same
     */
    public void every(Duration period, Supplier<? extends Uni<?>> turn) {
        every(period, period, turn);
    }

    /** As {@link #every(Duration, Supplier)}, for the first time after {@code first}, which may be zero. */
    public void every(Duration period, Duration first, Supplier<? extends Uni<?>> turn) {
        var own = vertx.getOrCreateContext();
        var busy = new AtomicBoolean();
        vertx.setPeriodic(Math.max(1, first.toMillis()), period.toMillis(), timer -> {
            if (stopped) {
                vertx.cancelTimer(timer);
            } else if (busy.compareAndSet(false, true)) {
                own.runOnContext(x -> begin(turn, busy));
            }
        });
    }

    /**
     * As {@link #every(Duration, Supplier)}, for the first time at once.
     *
     * @param property the setting that holds the period, or {@code off}: then the work is never done
     */
    public void everyConfigured(String property, Supplier<? extends Uni<?>> turn) {
        if (!config.getValue(property, String.class).equals(OFF)) {
            every(config.getValue(property, Duration.class), Duration.ZERO, turn);
        }
    }

    private static void begin(Supplier<? extends Uni<?>> turn, AtomicBoolean busy) {
        Uni.createFrom()
                .deferred(() -> turn.get().replaceWithVoid())
                .subscribe()
                .with(done -> busy.set(false), failure -> {
                    busy.set(false);
                    LOG.error("A turn of the background's work failed in a way that nobody foresaw", failure);
                });
    }
}
