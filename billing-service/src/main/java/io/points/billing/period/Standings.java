package io.points.billing.period;

import io.points.billing.MovementMonths;
import io.points.billing.Period;
import io.points.billing.period.PeriodHistory.State;
import io.points.billing.period.Standing.Total;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where all tenants stand with a month: a page of them is one statement, in which each tenant is a few steps in the indexes. Without
 * locks; who closes a month looks at all of it again under the tenant's lock.
 */
@ApplicationScoped
class Standings {

    /** Of the tenants that existed in the month. Up to a closed month all is known, so completeness is looked at from there on. */
    private static final String PAGE =
            """
            with page as (
                select t.tenant_id, t.name, t.contiguous_version, t.closed_through, first.since, coalesce(newest.state, 'open') as state,
                       newest.created_by
                from billing_tenants t
                cross join lateral (
                    select least(t.since, (select min(billing_period) from period_flows f where f.tenant_id = t.tenant_id)) as since
                ) first
                left join lateral (
                    select case action when 'soft_closed' then 'soft_closed' when 'reopened' then 'open' else 'closed' end as state,
                           created_by
                    from period_log l where l.tenant_id = t.tenant_id and l.billing_period = $1
                    order by step desc limit 1
                ) newest on true
                where ($2::uuid is null or t.tenant_id > $2) and first.since <= $1
                  and ($3::text is null or coalesce(newest.state, 'open') = $3)
                order by t.tenant_id limit $4)
            select page.*, versions.month_end, busy.month as busy, totals.*,
                   (select count(*) from movements_ahead a
                    where a.tenant_id = page.tenant_id and a.billing_period = $1) as ahead,
                   (select coalesce(sum(case flow when 'allocated' then points when 'clawed_back' then -points end), 0)::bigint
                    from period_flows f where f.tenant_id = page.tenant_id and f.billing_period = $1) as counted
            from page
            cross join lateral (with recursive\s""" + MovementMonths.from("page.tenant_id", "coalesce(page.closed_through, '-infinity')") + """
                select greatest(0, max(highest) filter (where billing_period <= $1),
                                min(lowest) filter (where billing_period > $1) - 1) as month_end
                from months, lateral (select max(pool_version) as highest, min(pool_version) as lowest from movement_log
                                      where tenant_id = page.tenant_id and billing_period = months.billing_period) ends
            ) versions
            cross join lateral (
                select min(month) as month from (
                    select month::date
                    from (select greatest(page.since, (page.closed_through + interval '1 month')::date) as first) open,
                         generate_series(first, least($1::date - 1, first + make_interval(months => $5 - 1)), interval '1 month') month
                ) open (month)
                where exists (select from period_flows f
                              where f.tenant_id = page.tenant_id and f.billing_period = open.month and f.points <> 0)
                   or exists (select from period_amounts a
                              where a.tenant_id = page.tenant_id and a.billing_period = open.month)
                   or exists (select from period_log l
                              where l.tenant_id = page.tenant_id and l.billing_period = open.month and l.action = 'closed')
            ) busy
            cross join lateral (
                select coalesce(array_agg(currency::text order by currency), '{}') as currencies,
                       coalesce(array_agg(amount_minor::text order by currency), '{}') as amounts,
                       coalesce(array_agg(points order by currency), '{}') as points
                from period_amounts a where a.tenant_id = page.tenant_id and a.billing_period = $1
            ) totals
            order by page.tenant_id
            """;

    /**
     * Those of the tenants that existed in the month, in the order of their ids.
     *
     * @param state of the month; null for all
     * @param after the id after which they begin; null from the first on
     */
    Uni<List<Standing>> page(
            Tx tx, Period period, @Nullable State state, @Nullable UUID after, int atMost, Instant now) {
        return tx.query(PAGE, period.firstDay(), after, state == null ? null : state.word(), atMost, EarlierMonths.MOST)
                .map(rows -> {
                    var standings = new ArrayList<Standing>(rows.rowCount());
                    rows.forEach(row -> standings.add(standing(row, period, now)));
                    return standings;
                });
    }

    private static Standing standing(Row row, Period period, Instant now) {
        var since = month(row.getLocalDate("since"));
        var closedThrough = month(row.getLocalDate("closed_through"));
        var state = State.valueOf(row.getString("state").toUpperCase(Locale.ROOT));
        return new Standing(
                row.getUUID("tenant_id"),
                row.getString("name"),
                state,
                state == State.SOFT_CLOSED ? row.getUUID("created_by") : null,
                Surroundings.of(period, since, closedThrough, now),
                new PeriodCompleteness(
                        row.getLong("contiguous_version"), row.getLong("month_end"), row.getLong("ahead")),
                new EarlierMonths(EarlierMonths.open(period, since, closedThrough), month(row.getLocalDate("busy"))),
                totals(row),
                row.getLong("counted"));
    }

    private static List<Total> totals(Row row) {
        var currencies = row.getArrayOfStrings("currencies");
        var amounts = row.getArrayOfStrings("amounts");
        var points = row.getArrayOfLongs("points");
        var totals = new ArrayList<Total>(currencies.length);
        for (int i = 0; i < currencies.length; i++) {
            totals.add(new Total(currencies[i], new BigInteger(amounts[i]), points[i]));
        }
        return totals;
    }

    private static @Nullable Period month(@Nullable LocalDate firstDay) {
        return firstDay == null ? null : Period.of(firstDay);
    }
}
