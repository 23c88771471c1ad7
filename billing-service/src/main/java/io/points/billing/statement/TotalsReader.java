package io.points.billing.statement;

import io.points.billing.BilledTenants.BilledTenant;
import io.points.billing.Flow;
import io.points.billing.MovementMonths;
import io.points.billing.Period;
import io.points.billing.Place;
import io.points.platform.background.Loop;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;

/** Adds up a tenant's movements month by month, and reads what statements count of them. */
final class TotalsReader {

    private static final String MONTHS =
            "with recursive " + MovementMonths.OF_TENANT + "select billing_period from months";

    /** The index has all of it. */
    private static final String MONTH = """
            select flow, sum(points)::bigint as points,
                   coalesce(sum(points) filter (where pool_version <= $3), 0)::bigint as known,
                   coalesce(sum(points) filter (where pool_version <= $4), 0)::bigint as adjusted,
                   count(pool_version) filter (where pool_version <= $3) as versions
            from movement_log where tenant_id = $1 and billing_period = $2 group by flow
            """;

    private static final String BALANCE = """
            select coalesce(max(balance_after), 0) as balance from movement_log where tenant_id = $1 and pool_version = $2
            """;

    private static final String ADJUSTMENTS = """
            select pool_version, balance_after, count(*) over () as adjustments from movement_log
            where tenant_id = $1 and flow = 'adjusted' and pool_version <= $2 order by pool_version desc limit 1
            """;

    /** Late entries that were moved out of a month or into it, with their points. */
    private static final String MOVED = """
            select (billing_period_start at time zone 'UTC')::date as billing_period, x_kind,
                   sum(pricing_quantity)::bigint as points
            from platform_billing_logs where billing_account_id = $1 and x_move_reason is not null
            group by billing_period_start, x_kind
            """;

    /** Months whose sums of money are not those of their entries. */
    private static final String AMOUNTS = """
            select coalesce(e.billing_period, a.billing_period) as billing_period, coalesce(e.currency, a.currency) as currency,
                   coalesce(e.amount, 0) as booked, coalesce(a.amount_minor, 0) as summed
            from (select (billing_period_start at time zone 'UTC')::date as billing_period, billing_currency as currency,
                         sum(x_amount_minor) as amount
                  from platform_billing_logs where billing_account_id = $1 group by billing_period_start, billing_currency) e
            full join (select billing_period, currency, amount_minor from period_amounts where tenant_id = $1) a
                 on a.billing_period = e.billing_period and a.currency = e.currency
            where coalesce(e.amount, 0) <> coalesce(a.amount_minor, 0) order by 1, 2
            """;

    private static final String SUMMED = "select billing_period, flow, points from period_flows where tenant_id = $1";

    private final Tx tx;
    private final BilledTenant tenant;
    private final SortedMap<Period, Map<Flow, Long>> logged = new TreeMap<>();
    private final Map<Period, Map<Flow, Long>> summed = new HashMap<>();
    private final List<Reconciliation.AmountTotals> amounts = new ArrayList<>();
    private final Queue<LocalDate> months = new ArrayDeque<>();
    private long moved;
    private long versions;
    private Adjustments adjustments = new Adjustments(0, 0, 0);
    private long movedUntilAdjusted;

    /**
     * The pool's adjustments: how many there are, and what the newest one told. From it on, the balance that it told is what
     * the movements after it add to.
     */
    private record Adjustments(long number, long version, long balance) {
        static Adjustments of(Row row) {
            return new Adjustments(
                    row.getLong("adjustments"), row.getLong("pool_version"), row.getLong("balance_after"));
        }
    }

    /** For one reading, within a snapshot. */
    TotalsReader(Tx tx, BilledTenant tenant) {
        this.tx = tx;
        this.tenant = tenant;
    }

    Uni<Reconciliation.Totals> read() {
        return tx.query(MONTHS, tenant.id())
                .invoke(rows -> rows.forEach(row -> months.add(row.getLocalDate("billing_period"))))
                .chain(() -> tx.query(ADJUSTMENTS, tenant.id(), tenant.contiguousVersion()))
                .invoke(rows -> rows.forEach(row -> adjustments = Adjustments.of(row)))
                .chain(() -> Loop.run(this::nextMonth))
                .chain(() -> tx.query(BALANCE, tenant.id(), tenant.contiguousVersion()))
                .map(rows -> rows.iterator().next().getLong("balance"))
                .call(() -> tx.query(MOVED, tenant.id()).invoke(rows -> rows.forEach(this::moved)))
                .call(() -> tx.query(SUMMED, tenant.id()).invoke(rows -> rows.forEach(row -> count(summed, row))))
                .call(() -> tx.query(AMOUNTS, tenant.id()).invoke(rows -> rows.forEach(this::amount)))
                .map(this::totals);
    }

    private Reconciliation.Totals totals(long balance) {
        summed.keySet().forEach(month -> logged.putIfAbsent(month, Map.of()));
        long contiguous = tenant.contiguousVersion();
        long points = adjustments.balance() - movedUntilAdjusted;
        return new Reconciliation.Totals(
                contiguous,
                moved + points,
                balance,
                logged.entrySet().stream()
                        .map(month -> new Reconciliation.MonthTotals(
                                month.getKey(), month.getValue(), summed.getOrDefault(month.getKey(), Map.of())))
                        .toList(),
                List.copyOf(amounts),
                new Reconciliation.Adjusted(adjustments.number(), contiguous - versions, points));
    }

    private void amount(Row row) {
        amounts.add(new Reconciliation.AmountTotals(
                Period.of(row.getLocalDate("billing_period")),
                row.getString("currency"),
                row.getBigDecimal("booked").toBigIntegerExact(),
                row.getBigDecimal("summed").toBigIntegerExact()));
    }

    private void moved(Row row) {
        var flow = row.getString("x_kind").equals("allocation") ? Flow.ALLOCATED : Flow.CLAWED_BACK;
        add(
                logged,
                Period.of(row.getLocalDate("billing_period")),
                flow,
                flow.at(Place.PLATFORM) * row.getLong("points"));
    }

    private static void count(Map<Period, Map<Flow, Long>> months, Row row) {
        add(
                months,
                Period.of(row.getLocalDate("billing_period")),
                Flow.of(row.getString("flow")),
                row.getLong("points"));
    }

    private static void add(Map<Period, Map<Flow, Long>> months, Period month, Flow flow, long points) {
        months.computeIfAbsent(month, period -> new EnumMap<>(Flow.class)).merge(flow, points, Math::addExact);
    }

    private Uni<Boolean> nextMonth() {
        var month = months.poll();
        if (month == null) {
            return Uni.createFrom().item(false);
        }
        return tx.query(MONTH, tenant.id(), month, tenant.contiguousVersion(), adjustments.version())
                .map(rows -> {
                    for (var row : rows) {
                        var flow = Flow.of(row.getString("flow"));
                        add(logged, Period.of(month), flow, row.getLong("points"));
                        moved += flow.pool() * row.getLong("known");
                        movedUntilAdjusted += flow.pool() * row.getLong("adjusted");
                        versions += row.getLong("versions");
                    }
                    return true;
                });
    }
}
