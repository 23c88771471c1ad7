package io.points.audit.verify;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which records are to be verified. Others only count with the leaf hashes that their lines state, which the roots bind.
 *
 * @param tenant null for all
 * @param from index of the first
 * @param to index after the last; null if the export is to reach as far as every saved checkpoint
 */
public record Scope(
        @Nullable UUID tenant, long from, @Nullable Long to) {

    /** Everything. */
    public static final Scope ALL = new Scope(null, 0, null);

    boolean has(UUID other) {
        return tenant == null || tenant.equals(other);
    }

    boolean has(long index) {
        return index >= from && (to == null || index < to);
    }

    /** Whether an export may end after so many leaves although somebody has seen more. */
    boolean mayEndAt(long size) {
        return to != null && to <= size;
    }
}
