package io.points.allocation.closing;

import io.points.platform.outbox.Tx;
import io.points.platform.web.problem.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** What is shown of closings. */
@ApplicationScoped
class ClosingViews {

    private static final String NEWEST = """
            select c.*, p.state, p.reason, p.proposed_by, p.proposed_at,
                   (select o.id from proposals o where o.tenant_id = c.tenant_id and o.kind = 'calling_off' and o.state = 'proposed'
                    limit 1) as call_off_id
            from closings c join proposals p on p.id = c.id where c.tenant_id = $1 order by c.id desc limit 1
            """;

    /** {@code out} has left the pool and has neither come back nor lapsed. */
    private static final String CHECK = """
            select t.id, t.points_allocation_balance + t.reserved as in_pool,
                   t.debited - t.credited - t.returned - t.taken_back
                       - coalesce(w.earned_expired + w.budget_expired, 0) as out,
                   coalesce(w.delegated - w.budget_returned - w.awarded_from_budget + w.reversed_to_budget - w.budget_expired
                       - w.held_from_budget + w.released_to_budget, 0) as in_budgets,
                   coalesce(w.awarded_from_pool + w.awarded_from_budget - w.reversed - w.reversed_to_budget - w.earned_returned
                       - w.earned_expired, 0) as earned,
                   (select count(*) from schedules s where s.tenant_id = t.id and s.state <> 'ended') as schedules
            from tenants t left join wallet_totals w on w.tenant_id = t.id where t.id = $1
            """;

    /** @return fails with a 404 problem if none was ever proposed */
    Uni<ClosingView> newest(Tx tx, UUID tenantId) {
        return tx.query(NEWEST, tenantId).map(rows -> {
            if (rows.rowCount() == 0) {
                throw Problem.notFound("closing").exception();
            }
            return ClosingView.of(rows.iterator().next());
        });
    }

    /** Of a tenant that there is. */
    Uni<ClosingCheck> check(Tx tx, UUID tenantId, ClosingTerms terms) {
        return tx.query(CHECK, tenantId)
                .map(rows -> ClosingCheck.of(rows.iterator().next(), terms));
    }
}
