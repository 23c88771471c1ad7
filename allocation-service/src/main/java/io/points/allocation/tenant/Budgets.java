package io.points.allocation.tenant;

import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.contract.PoolEvent.MonthlyBudgetChanged;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.points.platform.web.problem.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes monthly budgets, which are immutable: a new one is another row, and is published. */
@ApplicationScoped
class Budgets {

    private static final String NEWEST =
            "select revision, monthly_budget from budget_logs where tenant_id = $1 order by revision desc limit 1";

    private static final String INSERT = """
            insert into budget_logs (tenant_id, revision, monthly_budget, event_id, created_by, created_at)
            values ($1, $2, $3, $4, $5, $6)
            """;

    private final Transactions transactions;

    Budgets(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Gives the tenant another budget. The one that it has changes nothing.
     *
     * @param budget points per calendar month, UTC; null for none
     * @return fails with a 404 problem if there is no such tenant
     */
    Uni<Void> change(UUID tenantId, @Nullable Long budget, Envelope.Actor actor) {
        return transactions.write(tx -> tx.query("select id from tenants where id = $1 for update", tenantId)
                .chain(found -> {
                    if (found.rowCount() == 0) {
                        throw Problem.notFound("tenant").exception();
                    }
                    return tx.query(NEWEST, tenantId);
                })
                .chain(rows -> {
                    var newest = rows.rowCount() == 0 ? null : rows.iterator().next();
                    if (Objects.equals(newest == null ? null : newest.getLong("monthly_budget"), budget)) {
                        return Uni.createFrom().voidItem();
                    }
                    return append(tx, tenantId, newest == null ? 1 : newest.getLong("revision") + 1, budget, actor);
                }));
    }

    private static Uni<Void> append(Tx tx, UUID tenantId, long revision, @Nullable Long budget, Envelope.Actor actor) {
        var now = BusinessTime.now();
        var eventId = Ids.next(now);
        tx.send(eventId, new MonthlyBudgetChanged(tenantId, revision, budget), now, actor);
        return tx.query(
                        INSERT,
                        tenantId,
                        revision,
                        budget,
                        eventId,
                        UUID.fromString(actor.id()),
                        now.atOffset(ZoneOffset.UTC))
                .replaceWithVoid();
    }
}
