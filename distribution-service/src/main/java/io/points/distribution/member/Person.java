package io.points.distribution.member;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Who stands behind an id, for everybody in the tenant who sees the id. */
@Schema(name = "Person")
public record Person(@Nullable String displayName, boolean active) {}
