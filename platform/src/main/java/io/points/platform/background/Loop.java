package io.points.platform.background;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;

/**
 * Work in slices. However many there are, the stack and the heap are those of one; a {@link Uni} that chains itself would
 * nest a subscriber per slice, until the stack is full and it neither succeeds nor fails.
 */
public final class Loop {

    private Loop() {}

    /**
     * Runs slices one after the other until one says {@code false}, or fails.
     *
     * @param slice makes the next slice, which gives whether there is more to do at once
     */
    public static Uni<Void> run(Supplier<Uni<Boolean>> slice) {
        return Multi.createBy()
                .repeating()
                .<Boolean>uni(slice::get)
                .whilst(more -> more)
                .onItem()
                .ignoreAsUni();
    }
}
