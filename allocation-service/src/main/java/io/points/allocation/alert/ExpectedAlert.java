package io.points.allocation.alert;

import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An alert that a movement would raise at once. Whether the pool is low is looked at later, for all tenants. */
@Schema(name = "ExpectedAlert")
public record ExpectedAlert(
        @Schema(implementation = AlertKind.class) String kind,

        @Schema(description = "The numbers that would raise it, by name")
        Map<String, Long> figures) {}
