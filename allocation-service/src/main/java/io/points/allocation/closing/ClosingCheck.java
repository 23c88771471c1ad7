package io.points.allocation.closing;

import io.points.contract.Settlement;
import io.points.platform.money.AlsoText;
import io.vertx.mutiny.sqlclient.Row;
import java.time.LocalDate;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What closing a tenant would do, as things are now. Amounts are points; of wallets, as far as their events have been told.
 *
 * @param inPool with what proposals hold
 * @param inBudgets which go back to the pool at once
 * @param inFlight between pool and wallets, which arrive first
 * @param earned which can be used until that day
 * @param credited would be clawed back out of the pool and credited, at most
 * @param expired would lapse, at most
 * @param schedules that would end
 */
@Schema(name = "TenantClosingCheck")
record ClosingCheck(
        UUID tenantId,
        LocalDate earnedUntil,
        @AlsoText long inPool,
        @AlsoText long inBudgets,
        @AlsoText long inFlight,
        @AlsoText long earned,
        @AlsoText long credited,
        @AlsoText long expired,
        int schedules) {

    static ClosingCheck of(Row row, ClosingTerms terms) {
        long inPool = row.getLong("in_pool");
        long inBudgets = Math.max(0, row.getLong("in_budgets"));
        long earned = Math.max(0, row.getLong("earned"));
        long inFlight = Math.max(0, row.getLong("out") - inBudgets - earned);
        long unspent = inPool + inBudgets + inFlight;
        boolean earnedIsCredited = terms.earnedThen() == Settlement.CREDIT;
        boolean unspentIsCredited = terms.unspent() == Settlement.CREDIT;
        return new ClosingCheck(
                row.getUUID("id"),
                terms.earnedUntil(),
                inPool,
                inBudgets,
                inFlight,
                earned,
                (unspentIsCredited ? unspent : 0) + (earnedIsCredited ? earned : 0),
                (unspentIsCredited ? 0 : unspent) + (earnedIsCredited ? 0 : earned),
                Math.toIntExact(row.getLong("schedules")));
    }
}
