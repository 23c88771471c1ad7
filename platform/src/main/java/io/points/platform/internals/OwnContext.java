package io.points.platform.internals;

import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Vertx;

/** A Vert.x context that nobody else is on, as a request has one: a session of Hibernate works on no other. */
public final class OwnContext {

    private OwnContext() {}

    /** Begins work on a new one. */
    public static void run(Vertx vertx, Runnable work) {
        var own = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
        VertxContextSafetyToggle.setContextSafe(own, true);
        own.runOnContext(x -> work.run());
    }
}
