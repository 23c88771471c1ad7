package io.points.distribution.adjustment;

import io.points.contract.BalanceEvent.WalletAdjusted;
import io.points.contract.Message;
import io.points.ledger.adjustment.AdjustableLedger;
import io.points.ledger.adjustment.Adjustment;
import io.points.ledger.adjustment.AdjustmentRules.Adjusted;
import io.points.ledger.adjustment.EntrySums;
import io.points.ledger.dates.LotColumns;
import io.points.ledger.dates.Lots;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The wallets' ledger, as far as adjustments need it. */
final class WalletAdjustments implements AdjustableLedger {

    private static final String LOCK =
            "select entry_number from wallets where tenant_id = $1 and user_id = $2 and kind = $3 for update";

    private static final String SUMS = """
            select count(*) as entries, coalesce(max(entry_number), 0) as last_entry,
                   coalesce(sum(amount), 0)::bigint as total
            from (select entry_number, amount from wallet_ledger
                  where tenant_id = $1 and user_id = $2 and kind = $3 and entry_number > $4
                  order by entry_number limit $5) e
            """;

    private static final String ENTRY = """
            insert into wallet_ledger (tenant_id, user_id, kind, entry_number, amount, balance_after, distribution_id,
                                       event_id, created_at, adjustment,
                                       lot_dates, lot_points, lot_origins)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, true, $10::text::date[], $11::text::bigint[], $12::text::date[])
            """;

    private static final String LOTS = """
            select lot_dates, lot_points, lot_origins from wallets where tenant_id = $1 and user_id = $2 and kind = $3
            """;

    private static final String BALANCE = """
            update wallets set balance = $4, entry_number = $5, lot_dates = $6::text::date[], lot_points = $7::text::bigint[],
                   lot_origins = $8::text::date[], next_expiry = ($6::text::date[])[1]
            where tenant_id = $1 and user_id = $2 and kind = $3
            """;

    @Override
    public Uni<Optional<LedgerState>> lock(Tx tx, Adjustment adjustment) {
        var key = key(adjustment);
        var sums = new EntrySums(tx, SUMS, List.of(key), List.of());
        return sums.addUp()
                .chain(() -> tx.query(LOCK, key))
                .chain(rows -> rows.rowCount() == 0
                        ? Uni.createFrom().item(Optional.empty())
                        : sums.ledgerState(rows.iterator().next().getLong("entry_number"), 0)
                                .map(Optional::of));
    }

    private static Object[] key(Adjustment adjustment) {
        return new Object[] {
            adjustment.tenantId(), adjustment.holderId(), adjustment.account().word()
        };
    }

    @Override
    public Uni<Void> write(
            Tx tx, Adjustment adjustment, LedgerState ledgerState, Adjusted adjusted, UUID eventId, Instant now) {
        return tx.query(LOTS, key(adjustment))
                .map(rows -> LotColumns.read(rows.iterator().next()))
                .chain(lots -> write(tx, adjustment, adjusted, lots.within(adjusted.balanceAfter()), eventId, now));
    }

    private static Uni<Void> write(
            Tx tx, Adjustment adjustment, Adjusted adjusted, Lots.Taken lots, UUID eventId, Instant now) {
        var kind = adjustment.account().word();
        return Tx.together(
                tx.query(
                        ENTRY,
                        adjustment.tenantId(),
                        adjustment.holderId(),
                        kind,
                        adjusted.entryNumber(),
                        adjustment.amount(),
                        adjusted.balanceAfter(),
                        adjustment.adjustmentId(),
                        eventId,
                        now.atOffset(ZoneOffset.UTC),
                        LotColumns.dates(lots.taken()),
                        LotColumns.points(lots.taken()),
                        LotColumns.origins(lots.taken())),
                tx.query(
                        BALANCE,
                        adjustment.tenantId(),
                        adjustment.holderId(),
                        kind,
                        adjusted.balanceAfter(),
                        adjusted.entryNumber(),
                        LotColumns.dates(lots.left()),
                        LotColumns.points(lots.left()),
                        LotColumns.origins(lots.left())));
    }

    @Override
    public Message event(Adjustment adjustment, Adjusted adjusted, UUID approvedBy) {
        return new WalletAdjusted(
                adjustment.adjustmentId(),
                adjustment.tenantId(),
                adjustment.holderId(),
                adjustment.account(),
                adjustment.amount(),
                adjustment.reason(),
                adjustment.proposedBy(),
                approvedBy,
                adjusted.entryNumber(),
                adjusted.balanceAfter());
    }
}
