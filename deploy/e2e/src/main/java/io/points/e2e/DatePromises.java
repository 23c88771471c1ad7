package io.points.e2e;

import static io.points.local.Service.DISTRIBUTION;

/** The promises about points that can be used until a day. */
final class DatePromises {

    /** Of each wallet, day, and day in the pool: what its entries add up to, and what it has. */
    private static final String LOTS = """
            select concat_ws(' ', user_id, kind, day, origin, sum(points)) from (
                select tenant_id, user_id, kind, day, origin, points * case when amount > 0 then 1 else -1 end as points
                from wallet_ledger, unnest(lot_dates, lot_points, lot_origins) as lot (day, points, origin)
                union all
                select tenant_id, user_id, kind, day, origin, -points
                from wallets, unnest(lot_dates, lot_points, lot_origins) as lot (day, points, origin)) as both_of_them
            group by tenant_id, user_id, kind, day, origin having sum(points) <> 0
            """;

    private static final String MORE_THAN_THERE_IS = """
            select user_id from wallets w where (select coalesce(sum(points), 0) from unnest(w.lot_points) as points) > w.balance
            """;

    private static final String TOO_EARLY = """
            select l.event_id
            from wallet_ledger l left join policies p on p.tenant_id = l.tenant_id, unnest(l.lot_dates) as day,
                 lateral (select (l.created_at at time zone coalesce(p.time_zone, 'UTC'))::date as today) as local
            where l.cause = 'expiry'
              and (day >= today or not exists (
                    select from expiry_notices n
                    where n.tenant_id = l.tenant_id and n.user_id = l.user_id and n.kind = l.kind and n.expires_on = day
                      and n.told_on + n.days < today))
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
    }
}
