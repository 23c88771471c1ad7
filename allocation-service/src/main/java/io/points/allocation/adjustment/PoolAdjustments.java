package io.points.allocation.adjustment;

import io.points.contract.Message;
import io.points.contract.PoolEvent.PoolAdjusted;
import io.points.ledger.adjustment.AdjustableLedger;
import io.points.ledger.adjustment.Adjustment;
import io.points.ledger.adjustment.AdjustmentRules.Adjusted;
import io.points.ledger.adjustment.EntrySums;
import io.points.ledger.dates.LotColumns;
import io.points.ledger.dates.Lots;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The pools' ledger, as far as adjustments need it. */
final class PoolAdjustments implements AdjustableLedger {

    private static final String LOCK = "select pool_version, in_departments from tenants where id = $1 for update";

    /** The sums that are kept count entries that have a cause; one that somebody has put there has none. */
    private static final String SUMS = """
            select count(*) as entries, coalesce(max(e.entry_number), 0) as last_entry,
                   coalesce(sum(e.amount), 0)::bigint as total,
                   coalesce(sum(e.amount) filter (where e.kind = 'allocation' and a.id is not null), 0)::bigint as allocated,
                   coalesce(sum(-e.amount) filter (where e.kind = 'clawback' and a.id is not null), 0)::bigint as clawed_back,
                   coalesce(sum(-e.amount) filter (where e.kind = 'debit' and d.kind is not null), 0)::bigint as debited,
                   coalesce(sum(e.amount) filter (where e.kind in ('cancel', 'refund') and d.kind is not null), 0)::bigint
                       as credited,
                   coalesce(sum(-e.amount) filter (where e.kind in ('debit', 'cancel', 'refund') and d.kind = 'delegation'),
                            0)::bigint as delegated,
                   coalesce(sum(e.amount) filter (where e.kind = 'return' and d.kind = 'return'), 0)::bigint as returned,
                   coalesce(sum(e.amount) filter (where e.kind = 'return' and d.kind in ('reversal', 'lapse')), 0)::bigint as taken_back,
                   coalesce(sum(-e.amount) filter (where e.kind = 'expiry' and (c.id is not null or sum_of(e.lot_points) = -e.amount)), 0)::bigint as expired,
                   coalesce(sum(-e.amount) filter (where e.kind in ('reserve', 'release') and p.id is not null), 0)::bigint
                       as reserved
            from (select * from pool_ledger where tenant_id = $1 and entry_number > $2 order by entry_number limit $3) e
            left join allocation_logs a on a.id = e.cause_id and a.tenant_id = e.tenant_id and a.kind = e.kind
            left join closings c on c.id = e.cause_id and c.tenant_id = e.tenant_id
            left join pool_debits d on d.distribution_id = e.cause_id and d.tenant_id = e.tenant_id
            left join proposals p on p.id = e.cause_id and p.tenant_id = e.tenant_id
            """;

    private static final List<String> KEPT = List.of(
            "allocated",
            "clawed_back",
            "debited",
            "credited",
            "delegated",
            "returned",
            "taken_back",
            "expired",
            "reserved");

    private static final String ENTRY = """
            insert into pool_ledger (tenant_id, entry_number, kind, amount, balance_after, cause_id, event_id, created_at,
                                     lot_dates, lot_points)
            values ($1, $2, 'adjustment', $3, $4, $5, $6, $7, $8::text::date[], $9::text::bigint[])
            """;

    private static final String LOTS = "select lot_dates, lot_points, in_departments from tenants where id = $1";

    private static final String BALANCE = """
            update tenants set points_allocation_balance = $2, pool_version = $3, allocated = $4, clawed_back = $5,
                   debited = $6, credited = $7, delegated = $8, returned = $9, taken_back = $10, expired = $11, reserved = $12,
                   adjusted = $2::bigint - ($4::bigint - $5::bigint - $6::bigint + $7::bigint + $9::bigint + $10::bigint
                                            - $11::bigint - $12::bigint),
                   lot_dates = $13::text::date[], lot_points = $14::text::bigint[], next_expiry = ($13::text::date[])[1]
            where id = $1
            """;

    @Override
    public Uni<Optional<LedgerState>> lock(Tx tx, Adjustment adjustment) {
        var tenant = adjustment.tenantId();
        var sums = new EntrySums(tx, SUMS, List.of(tenant), KEPT);
        return sums.addUp()
                .chain(() -> tx.query(LOCK, tenant))
                .chain(rows -> rows.rowCount() == 0
                        ? Uni.createFrom().item(Optional.empty())
                        : ledgerState(sums, rows.iterator().next()).map(Optional::of));
    }

    private static Uni<LedgerState> ledgerState(EntrySums sums, Row tenant) {
        return sums.ledgerState(tenant.getLong("pool_version"), tenant.getLong("in_departments"));
    }

    @Override
    public Uni<Void> write(
            Tx tx, Adjustment adjustment, LedgerState ledgerState, Adjusted adjusted, UUID eventId, Instant now) {
        return tx.query(LOTS, adjustment.tenantId())
                .map(rows -> rows.iterator().next())
                .chain(pool -> {
                    // What departments' envelopes hold has days of its own.
                    long free = adjusted.balanceAfter() - pool.getLong("in_departments");
                    var lots = LotColumns.readOfPool(pool).within(free);
                    return write(tx, adjustment, ledgerState, adjusted, lots, eventId, now);
                });
    }

    private static Uni<Void> write(
            Tx tx,
            Adjustment adjustment,
            LedgerState ledgerState,
            Adjusted adjusted,
            Lots.Taken lots,
            UUID eventId,
            Instant now) {
        var balance = new ArrayList<@Nullable Object>(
                List.of(adjustment.tenantId(), adjusted.balanceAfter(), adjusted.entryNumber()));
        KEPT.forEach(name -> balance.add(ledgerState.sums().get(name)));
        balance.add(LotColumns.dates(lots.left()));
        balance.add(LotColumns.points(lots.left()));
        return Tx.together(
                tx.query(
                        ENTRY,
                        adjustment.tenantId(),
                        adjusted.entryNumber(),
                        adjustment.amount(),
                        adjusted.balanceAfter(),
                        adjustment.adjustmentId(),
                        eventId,
                        now.atOffset(ZoneOffset.UTC),
                        LotColumns.dates(lots.taken()),
                        LotColumns.points(lots.taken())),
                tx.query(BALANCE, balance.toArray()));
    }

    @Override
    public Message event(Adjustment adjustment, Adjusted adjusted, UUID approvedBy) {
        return new PoolAdjusted(
                adjustment.adjustmentId(),
                adjustment.tenantId(),
                adjustment.amount(),
                adjustment.reason(),
                adjustment.proposedBy(),
                approvedBy,
                adjusted.balanceAfter(),
                adjusted.entryNumber());
    }
}
