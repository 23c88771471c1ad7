package io.points.distribution.event;

import java.util.UUID;

/** Somebody who is shown hints. */
record Viewer(UUID tenant, UUID user, boolean isManager) {}
