package io.points.billing.statement;

import io.points.billing.Period;
import io.points.billing.entry.EntryView;
import io.points.billing.statement.Journal.Accounts;
import io.points.billing.statement.Journal.Booking;
import io.points.platform.background.Loop;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** Reads entries as they are journalised: those with an amount. */
@ApplicationScoped
class JournalBookings {

    private static final int PAGE = 2_000;

    /** A line that is in a batch stands in the accounts that the batch has. */
    private static final String BOOKINGS = "select " + EntryView.COLUMNS + """
            , j.batch, b.receivable_account, b.prepayments_account,
                   case when j.billing_period <= t.closed_through then 'closed'
                        when (select p.action from period_log p
                              where p.tenant_id = j.tenant_id and p.billing_period = j.billing_period
                              order by p.step desc limit 1) = 'soft_closed' then 'soft_closed'
                        else 'open' end as period_state
            from journal_entries j
            join platform_billing_logs e on e.x_entry_id = j.entry_id
            join billing_tenants t on t.tenant_id = j.tenant_id
            left join journal_batch_log b on b.number = j.batch
            """;

    private static final String CLOSED_ONLY = " and (not $%s or j.billing_period <= t.closed_through)";

    private static final String OF_MONTH = BOOKINGS
            + " where e.billing_period_start = $1 and (e.billing_account_id, e.x_pool_version, e.x_line) > ($2, $3, $4)"
            + CLOSED_ONLY.formatted(6)
            + " order by e.billing_account_id, e.x_pool_version, e.x_line limit $5";

    /** By the index of what has no batch. */
    private static final String DUE = BOOKINGS + " where j.batch is null" + CLOSED_ONLY.formatted(2)
            + " order by j.billing_period, j.tenant_id, j.pool_version, j.line limit $1";

    private final Accounts accounts;

    JournalBookings(JournalConfig config) {
        accounts =
                new Accounts(config.accounts().receivable(), config.accounts().prepayments());
    }

    /** The codes of the accounts now. */
    Accounts accounts() {
        return accounts;
    }

    /** A month's entries, page by page, by tenant and in the order of its pool. */
    Uni<List<Booking>> ofMonth(Tx tx, Period month, boolean closedOnly) {
        var bookings = new ArrayList<Booking>();
        var last = new AtomicReference<Object[]>(new Object[] {new UUID(0, 0), 0L, 0});
        return Loop.run(() -> {
                    var after = last.get();
                    return tx.query(
                                    OF_MONTH,
                                    month.start().atOffset(ZoneOffset.UTC),
                                    after[0],
                                    after[1],
                                    after[2],
                                    PAGE,
                                    closedOnly)
                            .map(rows -> {
                                for (var booking : bookings(rows)) {
                                    var entry = booking.entry();
                                    bookings.add(booking);
                                    last.set(new Object[] {entry.tenantId(), entry.poolVersion(), entry.line()});
                                }
                                return rows.rowCount() == PAGE;
                            });
                })
                .replaceWith(bookings);
    }

    /** The first entries that have no batch: by month, tenant, and in the order of its pool. */
    Uni<List<Booking>> due(Tx tx, int atMost, boolean closedOnly) {
        return tx.query(DUE, atMost, closedOnly).map(this::bookings);
    }

    private List<Booking> bookings(RowSet<Row> rows) {
        var bookings = new ArrayList<Booking>(rows.rowCount());
        rows.forEach(row -> bookings.add(
                new Booking(EntryView.of(row), accounts(row), row.getString("period_state"), row.getLong("batch"))));
        return bookings;
    }

    private Accounts accounts(Row row) {
        return row.getLong("batch") == null
                ? accounts
                : new Accounts(row.getString("receivable_account"), row.getString("prepayments_account"));
    }
}
