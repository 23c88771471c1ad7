package io.points.billing.period;

import io.points.billing.BilledTenants.BilledTenant;
import io.points.billing.MovementMonths;
import io.points.billing.Period;
import io.points.billing.period.PeriodHistory.Action;
import io.points.billing.period.PeriodHistory.Step;
import io.points.billing.period.Periods.Month;
import io.points.billing.statement.Document;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Months in their tables. */
@ApplicationScoped
class PeriodRows {

    private static final String STEPS = """
            select billing_period, step, reason, created_by, created_at, statement, statement_sha256,
                   case when soft_close_undone then 'soft_close_undone' else coalesce('reopening_' || proposal_ended, action) end as action,
                   coalesce(turns, (select count(*) from period_log turn
                                    where turn.tenant_id = $1 and turn.action in ('closed', 'reopened') and not turn.soft_close_undone
                                      and turn.created_at < period_log.created_at)) as turns
            from period_log where tenant_id = $1 and billing_period = any($2) order by step
            """;

    private static final String TURNS = """
            select count(*) as turns from period_log where tenant_id = $1 and action in ('closed', 'reopened') and not soft_close_undone
            """;

    /**
     * To older versions, a proposal that was withdrawn or has lapsed is one that was rejected, and a month whose soft-close was
     * undone is one that was reopened.
     */
    private static final String INSERT = """
            insert into period_log (tenant_id, billing_period, step, action, proposal_ended, soft_close_undone, reason, created_by, created_at,
                                    statement, statement_sha256, turns)
            values ($1, $2, $3, case when $4::text = 'soft_close_undone' then 'reopened'
                                    else regexp_replace($4::text, '^reopening_(withdrawn|lapsed)$', 'reopening_rejected') end,
                    substring($4::text from '^reopening_(withdrawn|lapsed)$'), $4::text = 'soft_close_undone', $5, $6, $7, $8, $9, $10)
            """;

    /** Each month is looked up in the indexes, however much the tenant has moved. */
    private static final String BUSY = """
            select min(month) as first from unnest($2::date[]) as months (month)
            where exists (select from period_flows
                          where tenant_id = $1 and billing_period = month and points <> 0)
               or exists (select from platform_billing_logs
                          where billing_account_id = $1 and billing_period_start = month::timestamp at time zone 'UTC')
               or exists (select from period_log
                          where tenant_id = $1 and billing_period = month and action = 'closed')
            """;

    private static final String OLDEST_PROPOSAL = """
            select tenant_id, billing_period from period_log proposal
            where action = 'reopening_proposed' and created_at <= $1
              and not exists (select from period_log later
                              where later.tenant_id = proposal.tenant_id and later.billing_period = proposal.billing_period
                                and later.step > proposal.step)
            order by created_at limit 1
            """;

    private static final String FIRST = "select min(billing_period) as first from period_flows where tenant_id = $1";

    /** A version that has not been consumed yet, just before the next month's first one, may belong to this month. */
    private static final String MONTH_END = "with recursive " + MovementMonths.OF_TENANT + """
            select greatest(0, max(highest) filter (where billing_period <= $2),
                            min(lowest) filter (where billing_period > $2) - 1) as month_end
            from months, lateral (select max(pool_version) as highest, min(pool_version) as lowest from movement_log
                                  where tenant_id = $1 and billing_period = months.billing_period) versions
            """;

    private static final String AHEAD =
            "select count(*) as ahead from movements_ahead where tenant_id = $1 and billing_period = $2";

    Uni<PeriodHistory> history(Tx tx, UUID tenant, Period period) {
        return histories(tx, tenant, List.of(period)).map(it -> it.get(period));
    }

    /** Of each of these months. */
    Uni<Map<Period, PeriodHistory>> histories(Tx tx, UUID tenant, List<Period> periods) {
        return tx.query(STEPS, tenant, firstDays(periods)).chain(rows -> {
            var steps = new HashMap<Period, List<Step>>();
            rows.forEach(
                    row -> steps.computeIfAbsent(Period.of(row.getLocalDate("billing_period")), it -> new ArrayList<>())
                            .add(step(row)));
            return tx.query(TURNS, tenant)
                    .map(turns -> turns.iterator().next().getLong("turns"))
                    .map(turns -> periods.stream()
                            .collect(Collectors.toMap(
                                    it -> it, it -> new PeriodHistory(steps.getOrDefault(it, List.of()), turns))));
        });
    }

    /** The first of these months in which something moved or was billed, or that was reopened; null if there is none. */
    Uni<@Nullable Period> firstBusy(Tx tx, UUID tenant, List<Period> periods) {
        return tx.query(BUSY, tenant, firstDays(periods)).map(rows -> {
            var first = rows.iterator().next().getLocalDate("first");
            return first == null ? null : Period.of(first);
        });
    }

    private static LocalDate[] firstDays(List<Period> periods) {
        return periods.stream().map(Period::firstDay).toArray(LocalDate[]::new);
    }

    Uni<Void> append(Tx tx, UUID tenant, Period period, Step step) {
        var document = step.document();
        return tx.query(
                        INSERT,
                        tenant,
                        period.firstDay(),
                        step.number(),
                        step.action().word(),
                        step.reason(),
                        step.by(),
                        step.at().atOffset(ZoneOffset.UTC),
                        document == null ? null : document.json(),
                        document == null ? null : document.sha256(),
                        step.turns())
                .replaceWithVoid();
    }

    /** The month with the oldest proposal that nothing has followed, of those made at {@code until} or before; null if there is none. */
    Uni<@Nullable Month> oldestProposal(Tx tx, Instant until) {
        return tx.query(OLDEST_PROPOSAL, until.atOffset(ZoneOffset.UTC)).map(rows -> {
            for (var row : rows) {
                return new Month(row.getUUID("tenant_id"), Period.of(row.getLocalDate("billing_period")));
            }
            return null;
        });
    }

    /** The tenant's first month: that of its first event or count; null if there is neither. */
    Uni<@Nullable Period> first(Tx tx, BilledTenant tenant) {
        return tx.query(FIRST, tenant.id()).map(rows -> {
            var counted = rows.iterator().next().getLocalDate("first");
            var since = tenant.since();
            if (counted == null) {
                return since;
            }
            return since == null ? Period.of(counted) : since.orEarlier(Period.of(counted));
        });
    }

    Uni<PeriodCompleteness> heard(Tx tx, BilledTenant tenant, Period period) {
        return tx.query(MONTH_END, tenant.id(), period.firstDay())
                .map(rows -> rows.iterator().next().getLong("month_end"))
                .chain(monthEnd -> tx.query(AHEAD, tenant.id(), period.firstDay())
                        .map(rows -> new PeriodCompleteness(
                                tenant.contiguousVersion(),
                                monthEnd,
                                rows.iterator().next().getLong("ahead"))));
    }

    private static Step step(Row row) {
        var json = row.getString("statement");
        return new Step(
                row.getInteger("step"),
                Action.of(row.getString("action")),
                row.getString("reason"),
                row.getUUID("created_by"),
                row.getOffsetDateTime("created_at").toInstant(),
                json == null ? null : new Document(json, row.getString("statement_sha256")),
                row.getLong("turns"));
    }
}
