package io.points.audit.books;

import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;

/** Only one instance works on the books at a time; if it dies, another continues. */
final class Alone {

    private static final String LOCK = "select pg_try_advisory_xact_lock(hashtext('audit_books')) as mine";

    private Alone() {}

    /** Does the work, or gives {@code otherwise} if another instance is at it. */
    static <T> Uni<T> in(Tx tx, T otherwise, Supplier<Uni<T>> work) {
        return tx.query(LOCK)
                .chain(rows -> rows.iterator().next().getBoolean("mine")
                        ? work.get()
                        : Uni.createFrom().item(otherwise));
    }
}
