package io.points.allocation.adjustment;

import io.points.adjustment.AdjustableLedger;
import io.points.adjustment.Adjustment;
import io.points.adjustment.AdjustmentRules.Adjusted;
import io.points.messaging.contract.Message;
import io.points.messaging.contract.PoolEvent.PoolAdjusted;
import io.points.messaging.outbox.Tx;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/** The pools' ledger, as far as adjustments need it. */
final class PoolAdjustments implements AdjustableLedger {

    private static final String LOCK = "select pool_version from tenants where id = $1 for update";

    private static final String STANDING = """
            select coalesce(sum(amount), 0)::bigint as total, coalesce(max(entry_number), 0) as last_entry
            from pool_ledger where tenant_id = $1
            """;

    private static final String ENTRY = """
            insert into pool_ledger (tenant_id, entry_number, kind, amount, balance_after, cause_id, event_id, created_at)
            values ($1, $2, 'adjustment', $3, $4, $5, $6, $7)
            """;

    private static final String BALANCE = """
            update tenants set points_allocation_balance = $2, pool_version = $3,
                   adjusted = $2 - (allocated - clawed_back - debited + credited + returned)
            where id = $1
            """;

    @Override
    public Uni<Optional<Standing>> lock(Tx tx, Adjustment adjustment) {
        return tx.query(LOCK, adjustment.tenantId()).chain(rows -> {
            if (rows.rowCount() == 0) {
                return Uni.createFrom().item(Optional.empty());
            }
            long version = rows.iterator().next().getLong("pool_version");
            return tx.query(STANDING, adjustment.tenantId())
                    .map(sums -> sums.iterator().next())
                    .map(sums -> Optional.of(
                            new Standing(sums.getLong("total"), Math.max(version, sums.getLong("last_entry")))));
        });
    }

    @Override
    public Uni<Void> write(Tx tx, Adjustment adjustment, Adjusted adjusted, UUID eventId, Instant now) {
        return Tx.together(
                tx.query(
                        ENTRY,
                        adjustment.tenantId(),
                        adjusted.entryNumber(),
                        adjustment.amount(),
                        adjusted.balanceAfter(),
                        adjustment.adjustmentId(),
                        eventId,
                        now.atOffset(ZoneOffset.UTC)),
                tx.query(BALANCE, adjustment.tenantId(), adjusted.balanceAfter(), adjusted.entryNumber()));
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
