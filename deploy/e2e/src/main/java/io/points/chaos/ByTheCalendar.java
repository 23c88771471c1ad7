package io.points.chaos;

import static io.points.local.Service.ALLOCATION;
import static io.points.local.Service.DISTRIBUTION;

import io.points.e2e.Books;
import java.util.Map;

/** What no caller has asked for: what has lapsed, what schedules have allocated, and what an undo of a batch has not found any more. */
final class ByTheCalendar {

    private static final String LAPSED = """
            select concat_ws('/', tenant_id, user_id, kind), sum(amount) from wallet_ledger l
            where cause = 'expiry' or exists (select from distributions d where d.id = l.distribution_id and d.kind = 'lapse')
            group by 1
            """;

    private static final String LAPSED_TO_POOLS =
            "select tenant_id, sum(amount) from distributions where kind = 'lapse' and state = 'COMPLETED' group by 1";

    private static final String LAPSED_OF_POOLS =
            "select tenant_id, sum(amount) from pool_ledger where kind = 'expiry' group by 1";

    private static final String BY_SCHEDULES =
            "select tenant_id, sum(amount) from allocation_logs where schedule_id is not null group by 1";

    /** Of each award of a batch that was undone: what its wallet did not hold any more. */
    private static final String NOT_TAKEN = """
            select %s, sum(a.amount - coalesce(r.amount, 0))
            from batch_undos u join distributions a on a.debit_id = u.batch_id and a.kind = 'award'
                left join distributions r on r.id = a.reversed_by
            where u.state = 'UNDONE' group by 1
            """;

    private final Books books;

    ByTheCalendar(Books books) {
        this.books = books;
    }

    /** Adds it to what the callers were told, zeros left out. */
    void addTo(Map<String, Long> pools, Map<String, Long> wallets) {
        add(wallets, DISTRIBUTION, LAPSED, 1);
        add(wallets, DISTRIBUTION, NOT_TAKEN.formatted("concat_ws('/', a.tenant_id, a.to_user_id, 'earned')"), 1);
        add(pools, DISTRIBUTION, NOT_TAKEN.formatted("a.tenant_id"), -1);
        add(pools, DISTRIBUTION, LAPSED_TO_POOLS, 1);
        add(pools, ALLOCATION, LAPSED_OF_POOLS, 1);
        add(pools, ALLOCATION, BY_SCHEDULES, 1);
    }

    private void add(Map<String, Long> balances, io.points.local.Service service, String query, int sign) {
        books.sums(service, query).forEach((whose, points) -> {
            if (balances.merge(whose, sign * points, Long::sum) == 0) {
                balances.remove(whose);
            }
        });
    }
}
