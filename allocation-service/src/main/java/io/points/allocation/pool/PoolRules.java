package io.points.allocation.pool;

import io.points.allocation.pool.PoolDebit.Cancelled;
import io.points.allocation.pool.PoolDebit.Debited;
import io.points.allocation.pool.PoolDebit.Moved;
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
import io.points.contract.PoolCommand.MovePoolPoints;
import io.points.contract.PoolCommand.RefundPool;
import io.points.contract.PoolCommand.ReturnToPool;
import io.points.contract.RefusalReason;
import io.points.contract.ReturnOrigin;
import io.points.contract.Topic;
import io.points.ledger.dates.Lots;
import io.points.ledger.dates.Lots.Taken;
import java.util.ArrayList;
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
 * MovePoolPoints is MOVED or REFUSED once; it is never undone.
 *
 * <p>A debit that names a department takes from its envelope alone, and never from what else the pool holds; what gives it back gives it
 * back to that envelope.
 *
 * <p>A debit takes those points first that lapse first; whatever gives it back gives back the days, too. So does a returned budget,
 * which was told them.
 */
final class PoolRules {

    private static final long LARGEST_AMOUNT = 1_000_000_000_000L;

    /** Then there must be as many points where they are to be taken from. */
    private static final List<Rule> RULES = List.of(
            new Rule(RefusalReason.INVALID_AMOUNT, (pool, amount) -> isAmount(amount)),
            new Rule(RefusalReason.TENANT_UNKNOWN, (pool, amount) -> pool != null),
            mayDistribute(TenantStatus.SUSPENDED),
            mayDistribute(TenantStatus.CLOSING),
            mayDistribute(TenantStatus.CLOSED));

    private static Rule mayDistribute(TenantStatus not) {
        return new Rule(Objects.requireNonNull(not.refusal()), (pool, amount) -> pool.status() != not);
    }

    /** A debit or a move passes if every rule holds; the first that does not is the reason. */
    private record Rule(RefusalReason otherwise, BiPredicate<@Nullable Pool, Long> holds) {}

    /**
     * @param pool the pool afterwards; null for an unknown tenant
     * @param debit the state of the distribution afterwards; its reply is published
     * @param entry the ledger entry, if points came or went
     * @param departments the entries of departments' envelopes: of a move from one to another, two
     */
    record Decision(
            @Nullable Pool pool, PoolDebit debit, Optional<PoolEntry> entry, List<DepartmentEntry> departments) {

        UUID answerId() {
            return PoolRules.answerId(debit);
        }
    }

    private PoolRules() {}

    /** The envelopes of the tenant's departments; one that was never given anything is empty. */
    interface Departments {
        DepartmentPool of(UUID departmentId);
    }

    /** Of a command that names no other distribution's debit, of a tenant whose departments have nothing. */
    static Decision decide(@Nullable Pool pool, @Nullable PoolDebit known, PoolCommand command) {
        return decide(pool, known, null, command);
    }

    /** Of a tenant whose departments have nothing. */
    static Decision decide(@Nullable Pool pool, @Nullable PoolDebit known, @Nullable Named named, PoolCommand command) {
        return decide(
                pool, id -> DepartmentPool.none(new DepartmentPool.Key(command.tenantId(), id)), known, named, command);
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
     * @param departments the envelopes of the tenant's departments
     * @param known the previous state of this distribution in the pool; null if there is none
     * @param named the debit that a return names; null if it names none, or one that the pool does not know
     * @throws IllegalArgumentException if the distribution is known to belong to another tenant
     */
    static Decision decide(
            @Nullable Pool pool,
            Departments departments,
            @Nullable PoolDebit known,
            @Nullable Named named,
            PoolCommand command) {
        if (known != null && !known.tenantId().equals(command.tenantId())) {
            throw new IllegalArgumentException("distribution " + known.distributionId() + " belongs to another tenant");
        }
        return DECISIONS.of(command).decide(new Funds(pool, departments), known, named);
    }

    @FunctionalInterface
    private interface Rules {
        Decision decide(Funds funds, @Nullable PoolDebit known, @Nullable Named named);
    }

    private static final Cases<Rules> DECISIONS = Cases.<Rules>ofTopic(Topic.POOL_COMMANDS)
            .on(
                    DebitPool.class,
                    debit ->
                            (funds, known, named) -> known == null ? debit(funds, debit) : unchanged(funds.pool, known))
            .on(
                    MovePoolPoints.class,
                    move -> (funds, known, named) -> known == null ? move(funds, move) : unchanged(funds.pool, known))
            .on(CancelPoolDebit.class, cancel -> (funds, known, named) -> cancel(funds, known, cancel))
            .on(RefundPool.class, refund -> (funds, known, named) -> refund(funds, known, refund))
            .on(ReturnToPool.class, giveBack -> (funds, known, named) -> giveBack(funds, known, named, giveBack))
            .complete();

    /** What a tenant has: the pool, null for an unknown tenant, and the envelopes within it. */
    private record Funds(@Nullable Pool pool, Departments departments) {

        /** The envelope, or null if no department is named. */
        private @Nullable DepartmentPool envelope(@Nullable UUID departmentId) {
            return departmentId == null ? null : departments.of(departmentId);
        }

        /** The envelope that a debit took its points out of; null if it was none. */
        private @Nullable DepartmentPool envelope(Debited debit) {
            return debit.department() == null
                    ? null
                    : departments.of(debit.department().departmentId());
        }

        /** The days of what is in that envelope, or in none. */
        private Lots lots(@Nullable DepartmentPool envelope) {
            return envelope == null ? pool.lots() : envelope.lots();
        }

        /** What is in that envelope, or in none. */
        private long balance(@Nullable DepartmentPool envelope) {
            if (envelope != null) {
                return envelope.balance();
            }
            return pool == null ? 0 : pool.free();
        }
    }

    private static @Nullable RefusalReason refusal(Funds funds, @Nullable DepartmentPool from, long amount) {
        for (var rule : RULES) {
            if (!rule.holds.test(funds.pool, amount)) {
                return rule.otherwise;
            }
        }
        if (funds.balance(from) >= amount) {
            return null;
        }
        return from == null ? RefusalReason.INSUFFICIENT_POOL_BALANCE : RefusalReason.INSUFFICIENT_DEPARTMENT_BALANCE;
    }

    private static Decision refused(
            Funds funds,
            PoolCommand command,
            DistributionKind kind,
            long amount,
            RefusalReason reason,
            @Nullable DepartmentPool from) {
        var refused = new Refused(
                command.distributionId(),
                command.tenantId(),
                kind,
                amount,
                reason,
                funds.balance(from),
                version(funds.pool));
        return unchanged(funds.pool, refused);
    }

    private static Decision debit(Funds funds, DebitPool command) {
        var from = funds.envelope(command.departmentId());
        var refusal = refusal(funds, from, command.amount());
        if (refusal != null) {
            return refused(funds, command, command.kind(), command.amount(), refusal, from);
        }
        var pool = funds.pool;
        var dated = funds.lots(from).take(command.amount());
        var envelope = from == null ? null : from.after(-command.amount(), dated.left());
        var debit = new Debited(
                command.distributionId(),
                command.tenantId(),
                command.kind(),
                command.amount(),
                pool.balance() - command.amount(),
                pool.version() + 1,
                dated.taken(),
                told(envelope));
        var after = from == null
                ? pool.debited(debit.amount(), debit.delegation(), dated)
                : pool.debited(debit.amount(), debit.delegation(), new Taken(pool.lots(), dated.taken()))
                        .inDepartments(-debit.amount());
        return moved(
                after,
                debit,
                PoolEntry.Kind.DEBIT,
                -debit.amount(),
                dated.taken(),
                envelope,
                DepartmentEntry.Kind.DEBIT);
    }

    private static Decision cancel(Funds funds, @Nullable PoolDebit known, CancelPoolDebit command) {
        if (known instanceof Debited debit && funds.pool != null) {
            var back = back(funds, debit);
            var cancelled = new Cancelled(
                    debit.distributionId(),
                    debit.tenantId(),
                    debit.amount(),
                    back.pool.balance(),
                    back.pool.version(),
                    told(back.envelope));
            return moved(
                    back.pool,
                    cancelled,
                    PoolEntry.Kind.CANCEL,
                    debit.amount(),
                    back.dated,
                    back.envelope,
                    DepartmentEntry.Kind.CANCEL);
        }
        return known == null || known instanceof Refused
                ? unchanged(
                        funds.pool,
                        new Cancelled(
                                command.distributionId(),
                                command.tenantId(),
                                0,
                                balance(funds.pool),
                                version(funds.pool)))
                : unchanged(funds.pool, known);
    }

    private static Decision refund(Funds funds, @Nullable PoolDebit known, RefundPool command) {
        if (known instanceof Debited debit && funds.pool != null) {
            var back = back(funds, debit);
            var refunded = new Refunded(
                    debit.distributionId(),
                    debit.tenantId(),
                    debit.amount(),
                    back.pool.balance(),
                    back.pool.version(),
                    told(back.envelope));
            return moved(
                    back.pool,
                    refunded,
                    PoolEntry.Kind.REFUND,
                    debit.amount(),
                    back.dated,
                    back.envelope,
                    DepartmentEntry.Kind.REFUND);
        }
        return known == null || known instanceof Refused
                ? unchanged(
                        funds.pool,
                        new Refunded(
                                command.distributionId(),
                                command.tenantId(),
                                0,
                                balance(funds.pool),
                                version(funds.pool)))
                : unchanged(funds.pool, known);
    }

    /** What a debit took is back where it was, with its days. */
    private record Back(Pool pool, Lots dated, @Nullable DepartmentPool envelope) {}

    private static Back back(Funds funds, Debited debit) {
        var to = funds.envelope(debit);
        var dated = funds.lots(to).fitting(debit.lots());
        var credited = funds.pool.credited(debit.amount(), debit.delegation(), to == null ? dated : Lots.NONE);
        return to == null
                ? new Back(credited, dated, null)
                : new Back(credited.inDepartments(debit.amount()), dated, put(to, debit.amount(), dated));
    }

    private static DepartmentPool put(DepartmentPool into, long amount, Lots dated) {
        return into.after(amount, into.lots().plus(dated));
    }

    /** The pool as a whole holds what it held before, so it has no entry. */
    private static Decision move(Funds funds, MovePoolPoints command) {
        long amount = command.amount();
        var from = funds.envelope(command.fromDepartmentId());
        var refusal = refusal(funds, from, amount);
        if (refusal != null) {
            return refused(funds, command, DistributionKind.TRANSFER, amount, refusal, from);
        }
        var to = funds.envelope(command.toDepartmentId());
        var taken = funds.lots(from).take(amount);
        var dated = funds.lots(to).fitting(taken.taken());
        var pool = funds.pool;
        if (from == null) {
            pool = pool.dated(taken.left()).inDepartments(amount);
        }
        if (to == null) {
            pool = pool.dated(pool.lots().plus(dated)).inDepartments(-amount);
        }
        var debited = from == null ? null : from.after(-amount, taken.left());
        var credited = to == null ? null : put(to, amount, dated);
        var moved = new Moved(command.distributionId(), command.tenantId(), amount, told(debited), told(credited));
        var entries = new ArrayList<DepartmentEntry>(2);
        if (debited != null) {
            entries.add(entry(debited, DepartmentEntry.Kind.TRANSFER, -amount, taken.taken(), moved));
        }
        if (credited != null) {
            entries.add(entry(credited, DepartmentEntry.Kind.TRANSFER, amount, dated, moved));
        }
        return new Decision(pool, moved, Optional.empty(), entries);
    }

    /** A quarantined return is decided afresh each time, because the books may have been corrected meanwhile. */
    private static Decision giveBack(
            Funds funds, @Nullable PoolDebit known, @Nullable Named named, ReturnToPool command) {
        var pool = funds.pool;
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
        var to = command.departmentId() == null && kind == DistributionKind.REVERSAL
                ? funds.envelope((Debited) named.debit())
                : funds.envelope(command.departmentId());
        var dated = funds.lots(to)
                .fitting(
                        kind == DistributionKind.REVERSAL
                                ? named.back(command.amount()).taken()
                                : Lots.ofTold(command.lots()));
        var datedInNone = to == null ? dated : Lots.NONE;
        var credited = kind == DistributionKind.RETURN
                ? pool.returned(command.amount(), datedInNone)
                : pool.takenBack(command.amount(), datedInNone);
        var after = to == null ? credited : credited.inDepartments(command.amount());
        var envelope = to == null ? null : put(to, command.amount(), dated);
        var returned = new Returned(
                command.distributionId(),
                command.tenantId(),
                command.amount(),
                after.balance(),
                after.version(),
                told(envelope));
        return moved(
                after, returned, PoolEntry.Kind.RETURN, command.amount(), dated, envelope, DepartmentEntry.Kind.RETURN);
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
            case REVERSAL, DELEGATION, AWARD, BATCH, TRANSFER -> left(named, command);
        };
    }

    private static long left(@Nullable Named named, ReturnToPool command) {
        return named == null ? 0 : named.left(command.tenantId());
    }

    private static @Nullable DepartmentBalance told(@Nullable DepartmentPool envelope) {
        return envelope == null ? null : DepartmentBalance.of(envelope);
    }

    private static Decision unchanged(@Nullable Pool pool, PoolDebit debit) {
        return new Decision(pool, debit, Optional.empty(), List.of());
    }

    /** @param envelope that the points went out of or into, afterwards; null if it was none */
    private static Decision moved(
            Pool after,
            PoolDebit debit,
            PoolEntry.Kind kind,
            long amount,
            Lots dated,
            @Nullable DepartmentPool envelope,
            DepartmentEntry.Kind kindInEnvelope) {
        return new Decision(
                after,
                debit,
                Optional.of(PoolEntry.of(after, kind, amount, dated, debit.distributionId(), answerId(debit))),
                envelope == null ? List.of() : List.of(entry(envelope, kindInEnvelope, amount, dated, debit)));
    }

    private static DepartmentEntry entry(
            DepartmentPool after, DepartmentEntry.Kind kind, long amount, Lots dated, PoolDebit debit) {
        return new DepartmentEntry(after, kind, amount, dated, debit.distributionId(), answerId(debit));
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
