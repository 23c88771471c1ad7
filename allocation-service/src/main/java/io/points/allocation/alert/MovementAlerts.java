package io.points.allocation.alert;

import io.points.allocation.alert.Alerts.Finding;
import io.points.contract.Envelope;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Looks at what the platform admin moves, in the transaction that moves it and holds the pool's lock. */
@ApplicationScoped
public class MovementAlerts {

    private static final String BUDGET = """
            select b.monthly_budget,
                   (select coalesce(sum(d.allocated), 0)::bigint from pool_days d
                    where d.tenant_id = $1 and d.day >= $2::date) as allocated_in_month
            from budget_logs b where b.tenant_id = $1 order by b.revision desc limit 1
            """;

    private final Alerts alerts;
    private final AlertsConfig config;

    MovementAlerts(Alerts alerts, AlertsConfig config) {
        this.alerts = alerts;
        this.config = config;
    }

    /** Called once the allocation is written. */
    public Uni<Void> allocated(Tx tx, UUID tenantId, long amount, Instant now, Envelope.Actor by) {
        var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return tx.query(BUDGET, tenantId, today.withDayOfMonth(1)).chain(rows -> {
            for (Row row : rows) {
                long allocated = row.getLong("allocated_in_month");
                var budget = row.getLong("monthly_budget");
                if (AlertRules.exceedsBudget(allocated, budget)) {
                    var cause = AlertRules.budgetCause(YearMonth.from(today), budget);
                    var figures = figures("amount", amount, "allocated_in_month", allocated, "monthly_budget", budget);
                    return alerts.raise(
                            tx, List.of(new Finding(tenantId, AlertKind.BUDGET_EXCEEDED, cause, figures)), now, by);
                }
            }
            return Uni.createFrom().voidItem();
        });
    }

    /**
     * @param clawbackId each is a cause of its own
     * @param balanceAfter what the pool holds after it
     */
    public Uni<Void> clawedBack(
            Tx tx, UUID tenantId, UUID clawbackId, long amount, long balanceAfter, Instant now, Envelope.Actor by) {
        long before = balanceAfter + amount;
        int percent = config.largeClawback().percent();
        if (!AlertRules.isLargeClawback(amount, before, percent)) {
            return Uni.createFrom().voidItem();
        }
        var figures = figures("amount", amount, "balance_before", before, "threshold_percent", (long) percent);
        return alerts.raise(
                tx, List.of(new Finding(tenantId, AlertKind.LARGE_CLAWBACK, clawbackId.toString(), figures)), now, by);
    }

    private static Map<String, Long> figures(String a, long first, String b, long second, String c, long third) {
        var figures = new LinkedHashMap<String, Long>();
        figures.put(a, first);
        figures.put(b, second);
        figures.put(c, third);
        return figures;
    }
}
