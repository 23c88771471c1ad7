package io.points.audit.books;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.points.contract.Account;
import io.points.platform.money.AlsoText;
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

/** Reads alerts. The comparison raises them, and the round that reads sealed records again. */
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

    /**
     * A balance that was not what the events add up to, or a record that was not what was sealed. Amounts are points, and null
     * if it is about a record.
     */
    @Schema(name = "AuditAlert")
    record Alert(
            @JsonIgnore @Schema(hidden = true) long sequence,

            UUID alertId,
            UUID tenantId,

            @Schema(enumeration = {"entry-missing", "balance-differs", "record-differs"})
            String kind,

            @Schema(implementation = Account.class) @Nullable
            String account,

            @Schema(description = "The member, or the tenant for a pool") @Nullable
            UUID holderId,

            @Schema(description = "The last ledger entry that the owner attested") @Nullable
            Long entryNumber,

            @Schema(description = "What the events add up to") @Nullable @AlsoText
            Long expectedBalance,

            @Schema(description = "What the balance's own row says") @Nullable @AlsoText
            Long storedBalance,

            @Schema(description = "What its entries add up to") @Nullable @AlsoText
            Long sumOfEntries,

            @Schema(description = "Entries that no event told of") @Nullable
            Long missingEntries,

            @Schema(description = "The event by which the owner attested it") @Nullable
            UUID attestationId,

            @Schema(description = "Of a record: its place in the tenant's tree") @Nullable
            Long leafIndex,

            @Schema(description = "Of a record: what does not fit") @Nullable
            String why,

            Instant raisedAt) {

        static Alert of(Row row) {
            boolean balance = row.getLong("leaf_index") == null;
            return new Alert(
                    row.getLong("sequence"),
                    row.getUUID("alert_id"),
                    row.getUUID("tenant_id"),
                    row.getString("kind"),
                    balance ? row.getString("account") : null,
                    balance ? row.getUUID("holder_id") : null,
                    balance ? row.getLong("entry_number") : null,
                    balance ? row.getLong("expected_balance") : null,
                    balance ? row.getLong("stored_balance") : null,
                    balance ? row.getLong("sum_of_entries") : null,
                    balance ? row.getLong("missing_entries") : null,
                    balance ? row.getUUID("attestation_id") : null,
                    row.getLong("leaf_index"),
                    row.getString("why"),
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
