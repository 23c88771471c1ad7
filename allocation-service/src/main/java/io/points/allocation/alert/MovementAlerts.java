package io.points.allocation.alert;

import io.points.allocation.alert.Alerts.Finding;
import io.points.allocation.tenant.OnExceed;
import io.points.contract.Envelope;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Looks at what the platform admin moves, in the transaction that moves it and holds the pool's lock; or says what it would find. */
@ApplicationScoped
public class MovementAlerts {

    private static final String BUDGET = """
            select b.monthly_budget, b.on_exceed,
                   (select coalesce(sum(d.allocated), 0)::bigint from pool_days d
                    where d.tenant_id = $1 and d.day >= $2::date) as allocated_in_month
            from budget_logs b where b.tenant_id = $1 order by b.revision desc limit 1
            """;

    private static final String RAISED = """
            select from business_alerts where kind = $1 and tenant_id = $2 and cause = $3 and over_at is null
            """;

    private final Alerts alerts;
    private final AlertsConfig config;

    MovementAlerts(Alerts alerts, AlertsConfig config) {
        this.alerts = alerts;
        this.config = config;
    }

    /** Called once the allocation is written. */
    public Uni<Void> allocated(Tx tx, UUID tenantId, long amount, Instant now, Envelope.Actor by) {
        return budget(tx, tenantId, 0, now)
                .chain(budget -> alerts.raise(
                        tx, exceeded(tenantId, amount, budget, now).stream().toList(), now, by))
                .chain(() -> alerts.end(tx, AlertKind.POOL_EMPTY, tenantId, PoolAlerts.POOL, now));
    }

    /**
     * @param clawbackId each is a cause of its own
     * @param balanceAfter what the pool holds after it
     */
    public Uni<Void> clawedBack(
            Tx tx, UUID tenantId, UUID clawbackId, long amount, long balanceAfter, Instant now, Envelope.Actor by) {
        var large = large(tenantId, clawbackId, amount, balanceAfter + amount);
        return alerts.raise(tx, large.stream().toList(), now, by);
    }

    /**
     * Where the month stands against the budget.
     *
     * @param more points that are to be allocated and are not written yet
     * @return empty if there is no budget
     */
    public Uni<Optional<BudgetStanding>> budget(Tx tx, UUID tenantId, long more, Instant now) {
        return tx.query(BUDGET, tenantId, today(now).withDayOfMonth(1)).map(rows -> {
            for (var row : rows) {
                long allocated = row.getLong("allocated_in_month") + more;
                var budget = row.getLong("monthly_budget");
                if (budget != null) {
                    return Optional.of(new BudgetStanding(
                            budget,
                            allocated,
                            AlertRules.exceedsBudget(allocated, budget),
                            OnExceed.of(row.getString("on_exceed"))));
                }
            }
            return Optional.empty();
        });
    }

    /** What {@link #allocated} would raise: nothing if the month's alert has been raised, and is not over. */
    public Uni<List<ExpectedAlert>> ofAllocation(
            Tx tx, UUID tenantId, long amount, Optional<BudgetStanding> budget, Instant now) {
        var found = exceeded(tenantId, amount, budget, now);
        if (found.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        var finding = found.get();
        return tx.query(RAISED, finding.kind().word(), tenantId, finding.cause())
                .map(rows -> rows.rowCount() > 0 ? List.of() : List.of(expected(finding)));
    }

    /** What {@link #clawedBack} would raise. */
    public List<ExpectedAlert> ofClawback(UUID tenantId, UUID clawbackId, long amount, long balanceBefore) {
        return large(tenantId, clawbackId, amount, balanceBefore).stream()
                .map(MovementAlerts::expected)
                .toList();
    }

    private static Optional<Finding> exceeded(
            UUID tenantId, long amount, Optional<BudgetStanding> budget, Instant now) {
        return budget.filter(BudgetStanding::exceeded)
                .map(it -> new Finding(
                        tenantId,
                        AlertKind.BUDGET_EXCEEDED,
                        AlertRules.budgetCause(YearMonth.from(today(now)), it.monthlyBudget()),
                        figures(
                                "amount",
                                amount,
                                "allocated_in_month",
                                it.allocatedInMonth(),
                                "monthly_budget",
                                it.monthlyBudget())));
    }

    private Optional<Finding> large(UUID tenantId, UUID clawbackId, long amount, long balanceBefore) {
        int percent = config.largeClawback().percent();
        if (!AlertRules.isLargeClawback(amount, balanceBefore, percent)) {
            return Optional.empty();
        }
        var figures = figures("amount", amount, "balance_before", balanceBefore, "threshold_percent", (long) percent);
        return Optional.of(new Finding(tenantId, AlertKind.LARGE_CLAWBACK, clawbackId.toString(), figures));
    }

    private static ExpectedAlert expected(Finding finding) {
        return new ExpectedAlert(finding.kind().word(), finding.figures());
    }

    private static LocalDate today(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC);
    }

    private static Map<String, Long> figures(String a, long first, String b, long second, String c, long third) {
        var figures = new LinkedHashMap<String, Long>();
        figures.put(a, first);
        figures.put(b, second);
        figures.put(c, third);
        return figures;
    }
}
