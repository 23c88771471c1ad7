package io.points.allocation.tenant;

import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.contract.PoolEvent.MonthlyBudgetChanged;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.points.platform.web.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes monthly budgets, which are immutable: a new one is another row, and is published. */
@ApplicationScoped
class Budgets {

    private static final String NEWEST =
            "select revision, monthly_budget, on_exceed from budget_logs where tenant_id = $1 order by revision desc limit 1";

    private static final String INSERT = """
            insert into budget_logs (tenant_id, revision, monthly_budget, on_exceed, event_id, created_by, created_at)
            values ($1, $2, $3, $4, $5, $6, $7)
            """;

    private final Transactions transactions;

    /**
     * What a tenant is to be allocated in a calendar month, UTC.
     *
     * @param points 1 … 10^12
     */
    record Budget(long points, OnExceed onExceed) {

        private static @Nullable Budget of(Row row) {
            var points = row.getLong("monthly_budget");
            return points == null ? null : new Budget(points, OnExceed.of(row.getString("on_exceed")));
        }
    }

    Budgets(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Gives the tenant another budget. The one that it has changes nothing.
     *
     * @param budget null for none
     * @return fails with a 404 problem if there is no such tenant
     */
    Uni<Void> change(UUID tenantId, @Nullable Budget budget, Envelope.Actor actor) {
        return transactions.write(tx -> tx.query("select id from tenants where id = $1 for update", tenantId)
                .chain(found -> {
                    if (found.rowCount() == 0) {
                        throw Problem.notFound("tenant").exception();
                    }
                    return tx.query(NEWEST, tenantId);
                })
                .chain(rows -> {
                    var newest = rows.rowCount() == 0 ? null : rows.iterator().next();
                    if (Objects.equals(newest == null ? null : Budget.of(newest), budget)) {
                        return Uni.createFrom().voidItem();
                    }
                    return append(tx, tenantId, newest == null ? 1 : newest.getLong("revision") + 1, budget, actor);
                }));
    }

    private static Uni<Void> append(
            Tx tx, UUID tenantId, long revision, @Nullable Budget budget, Envelope.Actor actor) {
        var now = BusinessTime.now();
        var eventId = Ids.next(now);
        var points = budget == null ? null : budget.points();
        var onExceed = budget == null ? null : budget.onExceed().word();
        tx.send(eventId, new MonthlyBudgetChanged(tenantId, revision, points, onExceed), now, actor);
        return tx.query(
                        INSERT,
                        tenantId,
                        revision,
                        points,
                        onExceed,
                        eventId,
                        UUID.fromString(actor.id()),
                        now.atOffset(ZoneOffset.UTC))
                .replaceWithVoid();
    }
}
