package io.points.platform.web;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.CompletableFuture;

/** Whether the service was asked to stop. From then on it answers what it has accepted, and accepts nothing more. */
@ApplicationScoped
public class Stopping {

    private final CompletableFuture<Void> begun = new CompletableFuture<>();

    void begin(@Observes ShutdownDelayInitiatedEvent event) {
        begun.complete(null);
    }

    /** True from the signal on. */
    public boolean hasBegun() {
        return begun.isDone();
    }

    /** Completes when the signal comes. */
    public CompletableFuture<Void> begun() {
        return begun.copy();
    }
}
