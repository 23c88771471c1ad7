package io.points.allocation.closing;

import io.points.contract.Settlement;
import io.points.platform.money.AlsoText;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A closing, and how far it is. Amounts are points.
 *
 * @param closingId that of its proposal, too
 * @param approvedBy the second person; null while there is none
 * @param recalled what budgets gave back
 * @param recalledAt when nothing was under way any more
 * @param emptied what was left of earned points after their day
 * @param emptiedAt when no wallet held anything any more
 * @param drained what was left in the pool, and is credited or has lapsed
 * @param erasureRequestedAt when it was asked for that what is known of people is deleted; null if nobody has
 * @param peopleErasedAt when nothing was known of them any more but their ids
 * @param peopleErased how many members the tenant had
 * @param callOffId a proposal to call it off that waits for a second person; null if there is none
 */
@Schema(name = "TenantClosing")
record ClosingView(
        UUID closingId,
        UUID tenantId,
        ClosingStep step,
        LocalDate earnedUntil,
        Settlement unspent,
        Settlement earnedThen,
        String reason,
        UUID proposedBy,
        Instant proposedAt,
        @Nullable UUID approvedBy,
        @Nullable Instant begunAt,
        @AlsoText long recalled,
        @Nullable Instant recalledAt,
        @AlsoText long emptied,
        @Nullable Instant emptiedAt,
        @AlsoText long drained,
        @Nullable Instant closedAt,
        @Nullable Instant calledOffAt,
        @Nullable Instant erasureRequestedAt,
        @Nullable Instant peopleErasedAt,
        @Nullable Long peopleErased,
        @Nullable UUID callOffId) {

    /** @param row of {@code closings}, with what its proposal says */
    static ClosingView of(Row row) {
        var closing = Closing.of(row);
        var terms = closing.terms();
        return new ClosingView(
                closing.id(),
                closing.tenantId(),
                closing.step("proposed".equals(row.getString("state"))),
                terms.earnedUntil(),
                terms.unspent(),
                terms.earnedThen(),
                row.getString("reason"),
                row.getUUID("proposed_by"),
                row.getOffsetDateTime("proposed_at").toInstant(),
                closing.begunBy(),
                closing.begunAt(),
                closing.recalled(),
                closing.recalledAt(),
                closing.emptied(),
                closing.emptiedAt(),
                closing.drained(),
                closing.closedAt(),
                closing.calledOffAt(),
                closing.erasureRequestedAt(),
                closing.peopleErasedAt(),
                closing.peopleErased(),
                row.getUUID("call_off_id"));
    }
}
