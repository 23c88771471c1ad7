package io.points.allocation.pool;

import io.points.allocation.pool.PoolDebit.Cancelled;
import io.points.allocation.pool.PoolDebit.Debited;
import io.points.allocation.pool.PoolDebit.Refunded;
import io.points.allocation.pool.PoolDebit.Refused;
import io.points.allocation.pool.PoolDebit.Returned;
import io.points.allocation.pool.PoolDebit.SetAside;
import io.points.allocation.tenant.TenantStatus;
import io.points.contract.Cases;
import io.points.contract.DistributionKind;
import io.points.contract.Ids;
import io.points.contract.PoolCommand;
import io.points.contract.PoolCommand.CancelPoolDebit;
import io.points.contract.PoolCommand.DebitPool;
import io.points.contract.PoolCommand.RefundPool;
import io.points.contract.PoolCommand.ReturnToPool;
import io.points.contract.RefusalReason;
import io.points.contract.ReturnOrigin;
import io.points.contract.Topic;
import io.points.ledger.dates.Lots;
import io.points.ledger.dates.Lots.Taken;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A pool's replies to the saga's commands. Plain decisions: no clock, no randomness, no I/O.
 *
 * <pre>
 *            DebitPool            CancelPoolDebit          RefundPool
 * none       DEBITED or REFUSED   CANCELLED (tombstone)    REFUNDED (tombstone)
 * DEBITED    same reply           CANCELLED, pool credited REFUNDED, pool credited
 * REFUSED    same reply           CANCELLED, nothing moves REFUNDED, nothing moves
 * CANCELLED  same reply           same reply               same reply
 * REFUNDED   same reply           same reply               same reply
 * </pre>
 *
 * ReturnToPool is RETURNED once, with the pool credited; if it exceeds the outstanding points, or what is left of the debit that it names,
 * it is SET_ASIDE (quarantined), and decided afresh when it is retried.
 *
 * <p>A debit takes those points first that lapse first; whatever gives it back gives back the days, too. So does a returned budget,
 * which was told them.
 */
final class PoolRules {

    private static final long LARGEST_AMOUNT = 1_000_000_000_000L;

    private static final List<Rule> DEBIT_RULES = List.of(
            new Rule(RefusalReason.INVALID_AMOUNT, (pool, amount) -> isAmount(amount)),
            new Rule(RefusalReason.TENANT_UNKNOWN, (pool, amount) -> pool != null),
            mayDistribute(TenantStatus.SUSPENDED),
            mayDistribute(TenantStatus.CLOSING),
            mayDistribute(TenantStatus.CLOSED),
            new Rule(RefusalReason.INSUFFICIENT_POOL_BALANCE, (pool, amount) -> pool.balance() >= amount));

    private static Rule mayDistribute(TenantStatus not) {
        return new Rule(Objects.requireNonNull(not.refusal()), (pool, amount) -> pool.status() != not);
    }

    /** A debit passes if every rule holds; the first that does not is the reason. */
    private record Rule(RefusalReason otherwise, BiPredicate<@Nullable Pool, Long> holds) {}

    /**
     * @param pool the pool afterwards; null for an unknown tenant
     * @param debit the state of the distribution afterwards; its reply is published
     * @param entry the ledger entry, if points moved
     */
    record Decision(@Nullable Pool pool, PoolDebit debit, Optional<PoolEntry> entry) {

        UUID answerId() {
            return PoolRules.answerId(debit);
        }
    }

    private PoolRules() {}

    /** Of a command that names no other distribution's debit. */
    static Decision decide(@Nullable Pool pool, @Nullable PoolDebit known, PoolCommand command) {
        return decide(pool, known, null, command);
    }

    /**
     * The debit that a return names.
     *
     * @param takenBack what of it has come back already
     */
    record Named(PoolDebit debit, long takenBack) {

        /** Once so many points more have come back. */
        Named after(long points) {
            var debited = (Debited) debit;
            return new Named(debited.with(back(points).left()), takenBack + points);
        }

        /** Of so many points that come back, those that were dated: the debit is as if it had been for less from the first. */
        private Taken back(long points) {
            var debited = (Debited) debit;
            return debited.lots().takeLatest(points, debited.amount() - takenBack, null);
        }

        /** What may come back to this tenant; nothing of a delegation, which comes back as budget. */
        private long left(UUID tenantId) {
            return debit instanceof Debited debited && debited.tenantId().equals(tenantId) && !debited.delegation()
                    ? debited.amount() - takenBack
                    : 0;
        }
    }

    /**
     * @param pool the tenant's pool; null if there is no such tenant
     * @param known the previous state of this distribution in the pool; null if there is none
     * @param named the debit that a return names; null if it names none, or one that the pool does not know
     * @throws IllegalArgumentException if the distribution is known to belong to another tenant
     */
    static Decision decide(@Nullable Pool pool, @Nullable PoolDebit known, @Nullable Named named, PoolCommand command) {
        if (known != null && !known.tenantId().equals(command.tenantId())) {
            throw new IllegalArgumentException("distribution " + known.distributionId() + " belongs to another tenant");
        }
        return DECISIONS.of(command).decide(pool, known, named);
    }

    @FunctionalInterface
    private interface Rules {
        Decision decide(@Nullable Pool pool, @Nullable PoolDebit known, @Nullable Named named);
    }

    private static final Cases<Rules> DECISIONS = Cases.<Rules>ofTopic(Topic.POOL_COMMANDS)
            .on(
                    DebitPool.class,
                    debit -> (pool, known, named) -> known == null ? debit(pool, debit) : unchanged(pool, known))
            .on(CancelPoolDebit.class, cancel -> (pool, known, named) -> cancel(pool, known, cancel))
            .on(RefundPool.class, refund -> (pool, known, named) -> refund(pool, known, refund))
            .on(ReturnToPool.class, giveBack -> (pool, known, named) -> giveBack(pool, known, named, giveBack))
            .complete();

    private static Decision debit(@Nullable Pool pool, DebitPool command) {
        for (var rule : DEBIT_RULES) {
            if (!rule.holds.test(pool, command.amount())) {
                return unchanged(
                        pool,
                        new Refused(
                                command.distributionId(),
                                command.tenantId(),
                                command.kind(),
                                command.amount(),
                                rule.otherwise,
                                balance(pool),
                                version(pool)));
            }
        }
        var dated = pool.lots().take(command.amount());
        var debit = new Debited(
                command.distributionId(),
                command.tenantId(),
                command.kind(),
                command.amount(),
                pool.balance() - command.amount(),
                pool.version() + 1,
                dated.taken());
        return moved(
                pool.debited(debit.amount(), debit.delegation(), dated),
                debit,
                PoolEntry.Kind.DEBIT,
                -debit.amount(),
                dated.taken());
    }

    private static Decision cancel(@Nullable Pool pool, @Nullable PoolDebit known, CancelPoolDebit command) {
        if (known instanceof Debited debit && pool != null) {
            var dated = pool.lots().fitting(debit.lots());
            var after = pool.credited(debit.amount(), debit.delegation(), dated);
            var cancelled = new Cancelled(
                    debit.distributionId(), debit.tenantId(), debit.amount(), after.balance(), after.version());
            return moved(after, cancelled, PoolEntry.Kind.CANCEL, debit.amount(), dated);
        }
        return known == null || known instanceof Refused
                ? unchanged(
                        pool,
                        new Cancelled(command.distributionId(), command.tenantId(), 0, balance(pool), version(pool)))
                : unchanged(pool, known);
    }

    private static Decision refund(@Nullable Pool pool, @Nullable PoolDebit known, RefundPool command) {
        if (known instanceof Debited debit && pool != null) {
            var dated = pool.lots().fitting(debit.lots());
            var after = pool.credited(debit.amount(), debit.delegation(), dated);
            var refunded = new Refunded(
                    debit.distributionId(), debit.tenantId(), debit.amount(), after.balance(), after.version());
            return moved(after, refunded, PoolEntry.Kind.REFUND, debit.amount(), dated);
        }
        return known == null || known instanceof Refused
                ? unchanged(
                        pool,
                        new Refunded(command.distributionId(), command.tenantId(), 0, balance(pool), version(pool)))
                : unchanged(pool, known);
    }

    /** A quarantined return is decided afresh each time, because the books may have been corrected meanwhile. */
    private static Decision giveBack(
            @Nullable Pool pool, @Nullable PoolDebit known, @Nullable Named named, ReturnToPool command) {
        var kind = kind(command);
        long outstanding = pool == null ? 0 : outstanding(pool, kind, named, command);
        var first = new SetAside(command.distributionId(), command.tenantId(), command.amount(), outstanding);
        var current = known == null ? first : known;
        if (pool == null
                || command.amount() < 1
                || command.amount() > outstanding
                || !(current instanceof SetAside aside)
                || aside.amount() != command.amount()) {
            return unchanged(pool, current);
        }
        var dated = pool.lots()
                .fitting(
                        kind == DistributionKind.REVERSAL
                                ? named.back(command.amount()).taken()
                                : Lots.ofTold(command.lots()));
        var after = kind == DistributionKind.RETURN
                ? pool.returned(command.amount(), dated)
                : pool.takenBack(command.amount(), dated);
        var returned = new Returned(
                command.distributionId(), command.tenantId(), command.amount(), after.balance(), after.version());
        return moved(after, returned, PoolEntry.Kind.RETURN, command.amount(), dated);
    }

    /** By what it is bounded: what comes of a budget is a return, whatever it came to the budget by. */
    static DistributionKind kind(ReturnToPool command) {
        if (command.origin() == ReturnOrigin.LAPSE) {
            return DistributionKind.LAPSE;
        }
        return command.debitId() == null ? DistributionKind.RETURN : DistributionKind.REVERSAL;
    }

    private static long outstanding(Pool pool, DistributionKind kind, @Nullable Named named, ReturnToPool command) {
        return switch (kind) {
            case RETURN -> pool.outstanding();
            case LAPSE -> pool.inWallets();
            case REVERSAL, DELEGATION, AWARD, BATCH -> left(named, command);
        };
    }

    private static long left(@Nullable Named named, ReturnToPool command) {
        return named == null ? 0 : named.left(command.tenantId());
    }

    private static Decision unchanged(@Nullable Pool pool, PoolDebit debit) {
        return new Decision(pool, debit, Optional.empty());
    }

    private static Decision moved(Pool after, PoolDebit debit, PoolEntry.Kind kind, long amount, Lots dated) {
        return new Decision(
                after,
                debit,
                Optional.of(PoolEntry.of(after, kind, amount, dated, debit.distributionId(), answerId(debit))));
    }

    /** The same reply always has the same id, so that a duplicate is recognised. */
    private static UUID answerId(PoolDebit debit) {
        return Ids.derive(debit.distributionId(), debit.answer().type());
    }

    private static boolean isAmount(long amount) {
        return amount >= 1 && amount <= LARGEST_AMOUNT;
    }

    private static long balance(@Nullable Pool pool) {
        return pool == null ? 0 : pool.balance();
    }

    private static long version(@Nullable Pool pool) {
        return pool == null ? 0 : pool.version();
    }
}
