package io.points.e2e;

import static io.points.local.Service.ALLOCATION;
import static io.points.local.Service.DISTRIBUTION;

/** The promises about points that can be used until a day. */
final class DatePromises {

    /** Of each wallet, day, and day in the pool: what its entries add up to, with what was moved later, and what it has. */
    private static final String LOTS = """
            select concat_ws(' ', user_id, kind, day, origin, sum(points)) from (
                select tenant_id, user_id, kind, day, origin, points * case when amount > 0 then 1 else -1 end as points
                from wallet_ledger, unnest(lot_dates, lot_points, lot_origins) as lot (day, points, origin)
                union all
                select tenant_id, user_id, kind, day, origin, points
                from date_log, unnest(lot_dates, lot_points, lot_origins) as lot (day, points, origin)
                union all
                select tenant_id, user_id, kind, from_date, origin, -points
                from date_log, unnest(lot_points, lot_origins) as lot (points, origin)
                union all
                select tenant_id, user_id, kind, day, origin, -points
                from wallets, unnest(lot_dates, lot_points, lot_origins) as lot (day, points, origin)) as both_of_them
            group by tenant_id, user_id, kind, day, origin having sum(points) <> 0
            """;

    private static final String MORE_THAN_THERE_IS = """
            select user_id from wallets w where (select coalesce(sum(points), 0) from unnest(w.lot_points) as points) > w.balance
            """;

    /** Only of what is earned must its owner have been told; and once a tenant's closing is over, all goes, whatever its day is. */
    private static final String TOO_EARLY = """
            select l.event_id
            from wallet_ledger l left join policies p on p.tenant_id = l.tenant_id, unnest(l.lot_dates) as day,
                 lateral (select (l.created_at at time zone coalesce(p.time_zone, 'UTC'))::date as today) as local
            where (l.cause = 'expiry' or exists (select from distributions d where d.id = l.distribution_id and d.kind = 'lapse'))
              and not exists (
                    select from tenant_closings c
                    where c.tenant_id = l.tenant_id and c.stage in ('emptying', 'done') and c.earned_until < today)
              and (day >= today or l.kind = 'earned' and not exists (
                    select from expiry_notices n
                    where n.tenant_id = l.tenant_id and n.user_id = l.user_id and n.kind = l.kind and n.expires_on = day
                      and n.told_on + n.days < today))
            """;

    /** Of each pool and day: what its entries add up to, with what was moved later, and what it has, in departments and in none. */
    private static final String LOTS_OF_POOLS = """
            select concat_ws(' ', tenant_id, day, sum(points)) from (
                select tenant_id, day, points * case when amount > 0 then 1 else -1 end as points
                from pool_ledger, unnest(lot_dates, lot_points) as lot (day, points)
                union all
                select tenant_id, to_date, points from date_log
                union all
                select tenant_id, from_date, -points from date_log
                union all
                select id, day, -points from tenants, unnest(lot_dates, lot_points) as lot (day, points)
                union all
                select tenant_id, day, -points
                from department_pools, unnest(lot_dates, lot_points) as lot (day, points)) as both_of_them
            group by tenant_id, day having sum(points) <> 0
            """;

    /** Of each debit and day: what it took less what came back, and what it still says of it. */
    private static final String LOTS_OF_DEBITS = """
            select concat_ws(' ', distribution_id, day, sum(points)) from (
                select cause_id as distribution_id, day, points * case when amount > 0 then -1 else 1 end as points
                from pool_ledger, unnest(lot_dates, lot_points) as lot (day, points) where kind in ('debit', 'cancel', 'refund')
                union all
                select distribution_id, day, -points
                from pool_debits, unnest(lot_dates, lot_points) as lot (day, points) where returned = 0) as both_of_them
            where distribution_id in (select distribution_id from pool_debits where returned = 0)
            group by distribution_id, day having sum(points) <> 0
            """;

    private static final String MORE_THAN_THERE_IS_IN_POOLS = """
            select id from tenants t
            where (select coalesce(sum(points), 0) from unnest(t.lot_points) as points)
                  > t.points_allocation_balance - t.in_departments
            """;

    /** By the time zone that the tenant had at that moment. */
    private static final String TOO_EARLY_IN_POOLS = """
            select l.event_id
            from pool_ledger l, unnest(l.lot_dates) as day,
                 lateral (select coalesce((select time_zone from tenant_settings_logs s
                                           where s.tenant_id = l.tenant_id and s.created_at <= l.created_at
                                           order by revision desc limit 1), 'UTC') as zone) as settings
            where l.kind = 'expiry' and day >= (l.created_at at time zone zone)::date
            """;

    private static final String SUMS_OF_EXPIRED = """
            select id from tenants t
            where expired <> (select coalesce(sum(-amount), 0) from pool_ledger l where l.tenant_id = t.id and l.kind = 'expiry')
            """;

    private final Books books;

    DatePromises(Books books) {
        this.books = books;
    }

    void check(Differences differences) {
        differences.none("days of wallets that are not the sums of their entries", books.texts(DISTRIBUTION, LOTS));
        differences.none("wallets with more dated than there is", books.texts(DISTRIBUTION, MORE_THAN_THERE_IS));
        differences.none(
                "points that lapsed before their day was over, or before their owner was told in time",
                books.texts(DISTRIBUTION, TOO_EARLY));
        differences.none(
                "days of pools that are not the sums of their entries", books.texts(ALLOCATION, LOTS_OF_POOLS));
        differences.none("days of debits that are not what they took", books.texts(ALLOCATION, LOTS_OF_DEBITS));
        differences.none("pools with more dated than there is", books.texts(ALLOCATION, MORE_THAN_THERE_IS_IN_POOLS));
        differences.none(
                "points of pools that lapsed before their day was over", books.texts(ALLOCATION, TOO_EARLY_IN_POOLS));
        differences.none("pools whose expired points are not their entries'", books.texts(ALLOCATION, SUMS_OF_EXPIRED));
    }
}
