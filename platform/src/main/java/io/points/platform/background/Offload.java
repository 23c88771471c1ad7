package io.points.platform.background;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/**
 * Work whose length is that of its data, such as the writing of a large document: on an event loop, every other request would
 * wait for it.
 */
public final class Offload {

    private Offload() {}

    /** Does the work on a worker thread; what it gives, or throws, comes back on the caller's context, if it has one. */
    public static <T> Uni<T> call(Supplier<T> work) {
        return Uni.createFrom().deferred(() -> {
            var context = Vertx.currentContext();
            return context == null
                    ? Uni.createFrom().item(work).runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                    : Uni.createFrom().completionStage(() -> context.executeBlocking(work::get, false)
                            .toCompletionStage());
        });
    }
}
