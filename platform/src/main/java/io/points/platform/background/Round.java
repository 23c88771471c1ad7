package io.points.platform.background;

import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;

/** One kind of background work, which comes round again and again. */
public final class Round {

    private volatile long lastSuccessMillis = System.currentTimeMillis();

    Round() {}

    /**
     * Runs slices one after the other, however many, until one says {@code false}: then the round has succeeded. A slice
     * that fails ends the round with its failure.
     *
     * @param slice makes the next slice, which gives whether there is more to do at once; usually one transaction, with a
     *     time limit of its own
     */
    public Uni<Void> run(Supplier<Uni<Boolean>> slice) {
        return Loop.run(slice).invoke(this::succeeded);
    }

    /** For rounds of another shape than slices, and for those that may go on for ever: what was due is done. */
    public void succeeded() {
        lastSuccessMillis = System.currentTimeMillis();
    }

    /** Seconds since 1970. */
    double lastSuccess() {
        return lastSuccessMillis / 1e3;
    }
}
