package io.points.allocation.alert;

import io.points.allocation.alert.Alerts.Finding;
import io.points.allocation.alert.PoolThresholds.Usual;
import io.points.contract.Envelope;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Looks at pools, by the daily sums that are there anyway, and at exceeded budgets that no longer are; some tenants at a time. */
@ApplicationScoped
class LowPoolCheck {

    static final int SLICE = 500;

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private static final String POOLS = """
            select t.id, t.status, t.points_allocation_balance, t.created_at,
                   (select greatest(0, coalesce(sum(d.debited - d.credited), 0))::bigint from pool_days d
                    where d.tenant_id = t.id and d.day > $2::date) as distributed,
                   (select a.id from business_alerts a
                    where a.kind = 'pool_low' and a.tenant_id = t.id and a.cause = 'pool' and a.over_at is null) as alert_id,
                   coalesce(p.usual, 0) as usual, coalesce(p.own, 0) as own
            from tenants t left join pool_thresholds p on p.tenant_id = t.id where t.id > $1 order by t.id limit $3
            """;

    private static final String EXCEEDED = """
            select a.id, a.cause,
                   (select b.monthly_budget from budget_logs b where b.tenant_id = a.tenant_id
                    order by b.revision desc limit 1) as monthly_budget,
                   (select coalesce(sum(d.allocated), 0)::bigint from pool_days d
                    where d.tenant_id = a.tenant_id and d.day >= $1::date) as allocated_in_month
            from business_alerts a where a.kind = 'budget_exceeded' and a.over_at is null and a.tenant_id = any($2)
            """;

    private final Alerts alerts;
    private final PoolThresholds thresholds;
    private final AlertsConfig.PoolLow config;

    LowPoolCheck(Alerts alerts, PoolThresholds thresholds, AlertsConfig config) {
        this.alerts = alerts;
        this.thresholds = thresholds;
        this.config = config.poolLow();
    }

    /**
     * Looks at the next tenants, in the order of their ids.
     *
     * @param after the last one that was looked at; null for none
     * @return the last one now; empty if there are no more
     */
    Uni<Optional<UUID>> check(Tx tx, @Nullable UUID after, Instant now) {
        var before = LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(config.days());
        return tx.query(POOLS, after == null ? BEFORE_ALL : after, before, SLICE)
                .chain(rows -> {
                    var low = new ArrayList<Finding>();
                    var over = new ArrayList<UUID>();
                    var usual = new ArrayList<Usual>();
                    var last = judge(rows, now, low, over, usual);
                    return thresholds
                            .keep(tx, usual)
                            .chain(() -> alerts.raise(tx, low, now, Envelope.Actor.SYSTEM))
                            .chain(() -> alerts.end(tx, over, now))
                            .chain(() -> budgets(tx, rows, now))
                            .replaceWith(rows.rowCount() < SLICE ? Optional.empty() : Optional.of(last));
                });
    }

    /** @return the last tenant */
    private UUID judge(RowSet<Row> rows, Instant now, List<Finding> low, List<UUID> over, List<Usual> changed) {
        var last = BEFORE_ALL;
        for (var row : rows) {
            last = row.getUUID("id");
            long balance = row.getLong("points_allocation_balance");
            int days = AlertRules.days(row.getOffsetDateTime("created_at").toInstant(), now, config.days());
            long average = AlertRules.monthlyAverage(row.getLong("distributed"), days);
            var alert = row.getUUID("alert_id");
            long usual = AlertRules.lowAt(average, config.percent());
            if (usual != row.getLong("usual")) {
                changed.add(new Usual(last, usual));
            }
            long lowAt = Math.max(usual, row.getLong("own"));
            boolean isActive = row.getString("status").equals("active");
            if (isActive && AlertRules.poolIsLow(balance, lowAt) && alert == null) {
                low.add(low(last, balance, lowAt, average, days));
            } else if ((!isActive || AlertRules.poolIsHighAgain(balance, lowAt)) && alert != null) {
                over.add(alert);
            }
        }
        return last;
    }

    private Finding low(UUID tenantId, long balance, long lowAt, long average, int days) {
        var figures = new LinkedHashMap<String, Long>();
        figures.put("balance", balance);
        figures.put("low_at", lowAt);
        figures.put("monthly_average_distribution", average);
        figures.put("average_over_days", (long) days);
        figures.put("threshold_percent", (long) config.percent());
        return new Finding(tenantId, AlertKind.POOL_LOW, PoolAlerts.POOL, figures);
    }

    private Uni<Void> budgets(Tx tx, RowSet<Row> tenants, Instant now) {
        var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        var ids = new ArrayList<UUID>(tenants.rowCount());
        tenants.forEach(row -> ids.add(row.getUUID("id")));
        return tx.query(EXCEEDED, today.withDayOfMonth(1), ids.toArray(UUID[]::new))
                .chain(rows -> {
                    var over = new ArrayList<UUID>();
                    for (var row : rows) {
                        var budget = row.getLong("monthly_budget");
                        boolean stands =
                                row.getString("cause").equals(AlertRules.budgetCause(YearMonth.from(today), budget))
                                        && AlertRules.exceedsBudget(row.getLong("allocated_in_month"), budget);
                        if (!stands) {
                            over.add(row.getUUID("id"));
                        }
                    }
                    return alerts.end(tx, over, now);
                });
    }
}
