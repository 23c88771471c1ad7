package io.points.audit.reread;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;

/**
 * Leaves in the order of tenants and indexes, from one place to another, with none of a tenant among them that is left out: such
 * a tenant's leaves, millions maybe, are jumped over and never looked at. Plain Java.
 *
 * @param after the last leaf before them
 * @param leftOut the tenant at which they end; empty if they go on to the last of all leaves
 */
record RereadStretch(Cursor after, Optional<UUID> leftOut) {

    /** As the database has it: without signs. */
    private static final Comparator<UUID> BY_BYTES = Comparator.comparing(
                    UUID::getMostSignificantBits, Long::compareUnsigned)
            .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

    /**
     * How far it has come.
     *
     * @param leafIndex the last leaf of the tenant that was read; -1 if none was
     */
    record Cursor(UUID tenantId, long leafIndex) {

        /** Before all leaves. */
        static final Cursor START = new Cursor(new UUID(0, 0), -1);

        private static final Cursor END = new Cursor(new UUID(-1, -1), Long.MAX_VALUE);

        /** Behind all leaves of a tenant. */
        static Cursor behind(UUID tenant) {
            return new Cursor(tenant, Long.MAX_VALUE);
        }

        /** Where a tenant's leaves begin of those that come after this place: none of another tenant's was read. */
        Cursor of(UUID tenant) {
            return tenant.equals(tenantId) ? this : new Cursor(tenant, -1);
        }
    }

    /**
     * What comes next.
     *
     * @param leftOut the tenants of which nothing is wanted
     */
    static RereadStretch next(Cursor after, Collection<UUID> leftOut) {
        var from = leftOut.contains(after.tenantId()) ? Cursor.behind(after.tenantId()) : after;
        return new RereadStretch(
                from,
                leftOut.stream()
                        .filter(tenant -> BY_BYTES.compare(tenant, from.tenantId()) > 0)
                        .min(BY_BYTES));
    }

    /** The first place that is not in it any more. */
    Cursor before() {
        return leftOut.map(tenant -> new Cursor(tenant, -1)).orElse(Cursor.END);
    }

    /** Where to go on when all of it was read: at the start again if it was the last. */
    Cursor behind() {
        return leftOut.map(Cursor::behind).orElse(Cursor.START);
    }
}
