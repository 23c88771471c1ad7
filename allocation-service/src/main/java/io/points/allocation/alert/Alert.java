package io.points.allocation.alert;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An alert over HTTP.
 *
 * @param tenantId null if it is about the platform itself
 */
@Schema(name = "BusinessAlert")
record Alert(
        UUID alertId,

        @Nullable UUID tenantId,

        @Schema(implementation = AlertKind.class) String kind,

        @Schema(
                description =
                        "pool; the month and its budget; the clawback's id; the schedule's; the caller:"
                                + " the token's subject, the address, or others; or the rule, whom it counts, the window and the percent")
        String cause,

        @Schema(description = "The numbers that raised it, by name")
        Map<String, Long> figures,

        @Schema(implementation = AlertState.class) String state,

        Instant raisedAt,

        @Nullable Instant snoozedUntil,

        @Nullable UUID acknowledgedBy,

        @Nullable Instant acknowledgedAt,

        @Schema(description = "Since when the cause is over") @Nullable
        Instant overAt) {

    static Alert of(Row row) {
        var figures = new LinkedHashMap<String, Long>();
        row.getJsonObject("figures")
                .forEach(figure -> figures.put(figure.getKey(), ((Number) figure.getValue()).longValue()));
        return new Alert(
                row.getUUID("id"),
                row.getUUID("tenant_id"),
                row.getString("kind"),
                row.getString("cause"),
                figures,
                row.getString("state"),
                row.getOffsetDateTime("raised_at").toInstant(),
                instant(row.getOffsetDateTime("snoozed_until")),
                row.getUUID("acknowledged_by"),
                instant(row.getOffsetDateTime("acknowledged_at")),
                instant(row.getOffsetDateTime("over_at")));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
