package io.points.background;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/**
 * Work whose length is that of its data, such as the writing of a large document: on an event loop, every other request would
 * wait for it.
 */
public final class Offload {

    private Offload() {}

    /** Does the work on a worker thread; what it gives, or throws, comes back on the caller's context. */
    public static <T> Uni<T> call(Supplier<T> work) {
        return Uni.createFrom().completionStage(() -> {
            var context = Vertx.currentContext();
            if (context == null) {
                throw new IllegalStateException("Only what runs on a Vert.x context holds up an event loop");
            }
            return context.executeBlocking(work::get, false).toCompletionStage();
        });
    }
}
