package io.points.allocation.event;

import java.util.Set;
import java.util.UUID;

/**
 * A platform admin who is shown hints.
 *
 * @param tenants that a page of theirs shows, whether there are such or not
 */
record Viewer(Set<UUID> tenants) {}
