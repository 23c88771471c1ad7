package io.points.allocation.closing;

import io.points.contract.Settlement;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The closing of a tenant, and how far it is. Amounts are points.
 *
 * @param id that of the proposal, too
 * @param begunAt when it was approved; null if it was not
 * @param begunBy who has approved it
 * @param recalled what budgets gave back
 * @param recalledAt when nothing was under way any more, and the pool had all of it
 * @param emptied what was left of earned points after their day
 * @param emptiedAt when no wallet held anything any more
 * @param drained what was left in the pool
 * @param erasureRequestedAt when it was asked for that what is known of people is deleted
 * @param peopleErased how many members there were
 */
record Closing(
        UUID id,
        UUID tenantId,
        ClosingTerms terms,
        @Nullable Instant begunAt,
        @Nullable UUID begunBy,
        long recalled,
        @Nullable Instant recalledAt,
        long emptied,
        @Nullable Instant emptiedAt,
        long drained,
        @Nullable Instant closedAt,
        @Nullable Instant calledOffAt,
        @Nullable Instant erasureRequestedAt,
        @Nullable Instant peopleErasedAt,
        @Nullable Long peopleErased) {

    static Closing proposed(UUID id, UUID tenantId, ClosingTerms terms) {
        return new Closing(id, tenantId, terms, null, null, 0, null, 0, null, 0, null, null, null, null, null);
    }

    /** @param undecided whether its proposal still waits for somebody */
    ClosingStep step(boolean undecided) {
        if (begunAt == null) {
            return undecided ? ClosingStep.PROPOSED : ClosingStep.NOT_APPROVED;
        }
        if (calledOffAt != null) {
            return ClosingStep.CALLED_OFF;
        }
        if (closedAt != null) {
            return ClosingStep.CLOSED;
        }
        if (emptiedAt != null) {
            return ClosingStep.DRAINING;
        }
        return recalledAt == null ? ClosingStep.RECALLING : ClosingStep.WAITING;
    }

    static Closing of(Row row) {
        return new Closing(
                row.getUUID("id"),
                row.getUUID("tenant_id"),
                new ClosingTerms(
                        row.getLocalDate("earned_until"),
                        Settlement.of(row.getString("unspent")),
                        Settlement.of(row.getString("earned_then"))),
                instant(row, "begun_at"),
                row.getUUID("begun_by"),
                row.getLong("recalled"),
                instant(row, "recalled_at"),
                row.getLong("emptied"),
                instant(row, "emptied_at"),
                row.getLong("drained"),
                instant(row, "closed_at"),
                instant(row, "called_off_at"),
                instant(row, "erasure_requested_at"),
                instant(row, "people_erased_at"),
                row.getLong("people_erased"));
    }

    private static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
