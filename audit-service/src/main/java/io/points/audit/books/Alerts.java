package io.points.audit.books;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Reads alerts. {@link Comparison} raises them. */
@ApplicationScoped
class Alerts {

    private static final String ALL =
            "select * from audit_alert_log where sequence < $1 order by sequence desc limit $2";
    private static final String OF_TENANT =
            "select * from audit_alert_log where sequence < $1 and tenant_id = $3 order by sequence desc limit $2";

    private final Pool database;

    Alerts(Pool database) {
        this.database = database;
    }

    /** A balance that was not what the events add up to. All amounts are points. */
    record Alert(
            @JsonIgnore @Schema(hidden = true) long sequence,

            UUID alertId,
            UUID tenantId,

            @Schema(description = "entry-missing or balance-differs")
            String kind,

            @Schema(description = "pool, budget or earned") String account,

            @Schema(description = "The member, or the tenant for a pool")
            UUID holderId,

            @Schema(description = "The last ledger entry that the owner attested")
            long entryNumber,

            @Schema(description = "What the events add up to")
            long expectedBalance,

            @Schema(description = "What the balance's own row says")
            long storedBalance,

            @Schema(description = "What its entries add up to")
            long sumOfEntries,

            @Schema(description = "Entries that no event told of")
            long missingEntries,

            @Schema(description = "The event by which the owner attested it")
            UUID attestationId,

            Instant raisedAt) {

        static Alert of(Row row) {
            return new Alert(
                    row.getLong("sequence"),
                    row.getUUID("alert_id"),
                    row.getUUID("tenant_id"),
                    row.getString("kind"),
                    row.getString("account"),
                    row.getUUID("holder_id"),
                    row.getLong("entry_number"),
                    row.getLong("expected_balance"),
                    row.getLong("stored_balance"),
                    row.getLong("sum_of_entries"),
                    row.getLong("missing_entries"),
                    row.getUUID("attestation_id"),
                    row.getOffsetDateTime("raised_at").toInstant());
        }
    }

    /** Newest first, those with a sequence below {@code after}. */
    Uni<List<Alert>> newestFirst(@Nullable UUID tenantId, @Nullable Long after, int rows) {
        long below = after == null ? Long.MAX_VALUE : after;
        var found = tenantId == null
                ? database.preparedQuery(ALL).execute(Tuple.of(below, rows))
                : database.preparedQuery(OF_TENANT).execute(Tuple.of(below, rows, tenantId));
        return found.map(all -> {
            var alerts = new ArrayList<Alert>(all.rowCount());
            all.forEach(row -> alerts.add(Alert.of(row)));
            return alerts;
        });
    }
}
