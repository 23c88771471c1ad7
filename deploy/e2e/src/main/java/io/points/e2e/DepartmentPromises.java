package io.points.e2e;

import static io.points.local.Service.ALLOCATION;
import static io.points.local.Service.DISTRIBUTION;

/** Promise 2 of departments: an envelope is the sum of its entries, and all envelopes of a tenant fit into its pool. */
final class DepartmentPromises {

    private static final String MORE_THAN_THE_POOL = """
            select t.id from tenants t
            left join (select tenant_id, sum(balance) as points from department_pools group by 1) d on d.tenant_id = t.id
            where coalesce(d.points, 0) <> t.in_departments or t.in_departments > t.points_allocation_balance
            """;

    private static final String NOT_THE_SUM = """
            select p.department_id from department_pools p
            left join department_ledger l on l.tenant_id = p.tenant_id and l.department_id = p.department_id
            group by p.tenant_id, p.department_id, p.balance, p.entry_number
            having coalesce(sum(l.amount), 0) <> p.balance or count(l.entry_number) <> p.entry_number
                   or coalesce(max(l.entry_number), 0) <> p.entry_number
            """;

    private static final String NOT_THE_RUNNING_SUM = """
            select event_id from (
                select event_id, balance_after,
                       sum(amount) over (partition by tenant_id, department_id order by entry_number) as running
                from department_ledger) l
            where balance_after <> running or running < 0
            """;

    /** What a debit took out of an envelope is what it was asked to take, and what came back is in that envelope again. */
    private static final String NOT_THE_DEBIT = """
            select d.distribution_id from pool_debits d
            left join (select cause_id, department_id, sum(amount) as points from department_ledger
                       where kind in ('debit', 'cancel', 'refund') group by 1, 2) l on l.cause_id = d.distribution_id
            where d.state in ('DEBITED', 'CANCELLED', 'REFUNDED')
              and (d.department_id is distinct from l.department_id
                   or l.points is not null and l.points <> case d.state when 'DEBITED' then -d.amount else 0 end)
            """;

    private static final String LOTS = """
            select concat_ws(' ', tenant_id, department_id, day, sum(points)) from (
                select tenant_id, department_id, day, points * sign(amount) as points
                from department_ledger, unnest(lot_dates, lot_points) as lot (day, points)
                union all
                select tenant_id, department_id, day, -points
                from department_pools, unnest(lot_dates, lot_points) as lot (day, points)) as both_of_them
            group by tenant_id, department_id, day having sum(points) <> 0
            """;

    private final Books books;

    DepartmentPromises(Books books) {
        this.books = books;
    }

    void check(Differences differences) {
        differences.none(
                "pools whose departments hold something else than they say, or more than the pool",
                books.texts(ALLOCATION, MORE_THAN_THE_POOL));
        differences.none("envelopes that are not the sums of their entries", books.texts(ALLOCATION, NOT_THE_SUM));
        differences.none(
                "entries of envelopes whose balance is negative or not the running sum",
                books.texts(ALLOCATION, NOT_THE_RUNNING_SUM));
        differences.none("debits that took from another envelope than theirs", books.texts(ALLOCATION, NOT_THE_DEBIT));
        differences.none("days of envelopes that are not the sums of their entries", books.texts(ALLOCATION, LOTS));
        differences.same(
                "transfers completed = points moved within pools",
                books.sums(
                        DISTRIBUTION,
                        "select id, amount from distributions where kind = 'transfer' and state = 'COMPLETED'"),
                books.sums(ALLOCATION, "select distribution_id, amount from pool_debits where state = 'MOVED'"));
        differences.same(
                "what distributions name = the envelopes that were debited",
                books.texts(
                        DISTRIBUTION,
                        "select concat_ws(' ', id, department_id) from distributions where department_id is not null"
                                + " and kind <> 'transfer' and state = 'COMPLETED'"),
                books.texts(
                        ALLOCATION,
                        "select concat_ws(' ', distribution_id, department_id) from pool_debits"
                                + " where department_id is not null and state = 'DEBITED'"));
    }
}
