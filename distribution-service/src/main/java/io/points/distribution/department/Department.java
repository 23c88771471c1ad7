package io.points.distribution.department;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A part of a tenant, with an envelope within its pool.
 *
 * @param parentId the department that it is part of; null if of none
 * @param revision counts its changes from 1
 * @param closed whether nothing can be put into its envelope, or given from it, any more
 */
public record Department(Key key, String name, @Nullable UUID parentId, long revision, boolean closed) {

    /** Which one. Ids are chosen by clients, so two tenants may have the same. */
    public record Key(UUID tenantId, UUID departmentId) {}

    UUID id() {
        return key.departmentId();
    }
}
