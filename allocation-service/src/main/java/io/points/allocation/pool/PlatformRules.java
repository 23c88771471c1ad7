package io.points.allocation.pool;

import io.points.allocation.tenant.TenantStatus;
import io.points.ledger.dates.Lots;
import io.points.ledger.dates.Lots.Taken;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** What the platform admin may do to a pool. Plain decisions. */
public final class PlatformRules {

    /** The decision. */
    public sealed interface Decision {}

    /** The pool afterwards, and the ledger entry. */
    public record Moved(Pool pool, PoolEntry entry) implements Decision {}

    /**
     * The pool holds less than the clawback that is in no department.
     *
     * @param balance what is in no department
     * @param inDepartments what departments' envelopes hold, which no clawback takes
     */
    public record InsufficientBalance(long balance, long inDepartments) implements Decision {}

    /** The tenant would hold more than 2^53 - 1 points; {@code room} is how much can still be allocated. */
    public record LimitExceeded(long room) implements Decision {}

    /** Nothing is allocated to a tenant that is being closed, or is closed. */
    public record TenantEnds(TenantStatus status) implements Decision {}

    private PlatformRules() {}

    /**
     * @param amount 1 … 10^12 points
     * @param lastDay on which they can be used; null if they stay for ever
     */
    public static Decision allocate(
            Pool pool, long amount, @Nullable LocalDate lastDay, UUID allocationId, UUID eventId) {
        if (pool.status().ends()) {
            return new TenantEnds(pool.status());
        }
        if (amount > pool.room()) {
            return new LimitExceeded(pool.room());
        }
        var dated = Lots.until(pool.lots().dayOfCredit(lastDay), amount);
        var after = pool.allocated(amount, dated);
        return new Moved(after, PoolEntry.of(after, PoolEntry.Kind.ALLOCATION, amount, dated, allocationId, eventId));
    }

    /**
     * Takes undated points first, then those that lapse last: what was bought first is used first.
     *
     * @param amount 1 … 10^12 points; works for a suspended tenant too
     */
    public static Decision clawBack(Pool pool, long amount, UUID allocationId, UUID eventId) {
        if (pool.free() < amount) {
            return new InsufficientBalance(pool.free(), pool.inDepartments());
        }
        var dated = pool.lots().takeLatest(amount, pool.free(), null);
        var after = pool.clawedBack(amount, dated);
        return new Moved(
                after, PoolEntry.of(after, PoolEntry.Kind.CLAWBACK, -amount, dated.taken(), allocationId, eventId));
    }

    /**
     * All that a pool holds lapses, whatever its days are: the tenant is closed.
     *
     * @param pool one that holds something
     */
    public static Moved expireAll(Pool pool, UUID closingId, UUID eventId) {
        var after = pool.expired();
        return new Moved(
                after, PoolEntry.of(after, PoolEntry.Kind.EXPIRY, -pool.balance(), pool.lots(), closingId, eventId));
    }

    /** The ids of a lapse, and of the event that tells of it. */
    public record Lapse(UUID expiryId, UUID eventId) {}

    /**
     * What lapses in a pool: day by day, the earliest first, each with an entry of its own.
     *
     * @param firstNotOver all days before it are over
     * @param ids of what lapses by the entry of that number
     */
    public static List<Moved> expire(Pool pool, LocalDate firstNotOver, LongFunction<Lapse> ids) {
        var lapsed = new ArrayList<Moved>();
        var left = pool;
        for (var first = left.lots().first();
                first != null && first.isBefore(firstNotOver);
                first = left.lots().first()) {
            var over = left.lots().takeOver(first.plusDays(1));
            left = left.expired(over);
            var id = ids.apply(left.version());
            lapsed.add(new Moved(
                    left,
                    PoolEntry.of(
                            left,
                            PoolEntry.Kind.EXPIRY,
                            -over.taken().sum(),
                            over.taken(),
                            id.expiryId(),
                            id.eventId())));
        }
        return lapsed;
    }

    /**
     * What lapsed in a department's envelope, and so in the pool.
     *
     * @param entry of the pool
     * @param ofDepartment of the envelope
     */
    public record LapsedInDepartment(Pool pool, PoolEntry entry, DepartmentEntry ofDepartment) {}

    /** What lapses in a department's envelope, as {@link #expire(Pool, LocalDate, LongFunction)}. */
    public static List<LapsedInDepartment> expire(
            Pool pool, DepartmentPool department, LocalDate firstNotOver, LongFunction<Lapse> ids) {
        var lapsed = new ArrayList<LapsedInDepartment>();
        var left = pool;
        var envelope = department;
        for (var first = envelope.lots().first();
                first != null && first.isBefore(firstNotOver);
                first = envelope.lots().first()) {
            var over = envelope.lots().takeOver(first.plusDays(1));
            long points = over.taken().sum();
            left = left.expired(new Taken(left.lots(), over.taken())).inDepartments(-points);
            envelope = envelope.after(-points, over.left());
            var id = ids.apply(left.version());
            lapsed.add(new LapsedInDepartment(
                    left,
                    PoolEntry.of(left, PoolEntry.Kind.EXPIRY, -points, over.taken(), id.expiryId(), id.eventId()),
                    new DepartmentEntry(
                            envelope,
                            DepartmentEntry.Kind.EXPIRY,
                            -points,
                            over.taken(),
                            id.expiryId(),
                            id.eventId())));
        }
        return lapsed;
    }

    /**
     * A department's envelope, all of which is in no department any more.
     *
     * @param ofDepartment of the envelope; the pool as a whole holds what it held before
     */
    public record Emptied(Pool pool, DepartmentEntry ofDepartment) {}

    /**
     * Empties a department's envelope.
     *
     * @param department one that holds something
     */
    public static Emptied empty(Pool pool, DepartmentPool department, UUID causeId, UUID eventId) {
        var dated = pool.lots().fitting(department.lots());
        var after = pool.dated(pool.lots().plus(dated)).inDepartments(-department.balance());
        return new Emptied(
                after,
                new DepartmentEntry(
                        department.after(-department.balance(), Lots.NONE),
                        DepartmentEntry.Kind.TRANSFER,
                        -department.balance(),
                        department.lots(),
                        causeId,
                        eventId));
    }

    /**
     * Takes those points that a clawback would.
     *
     * @param amount points that the pool holds in no department, which are out of it until they are released
     */
    public static Moved reserve(Pool pool, long amount, UUID proposalId, UUID eventId) {
        var dated = pool.lots().takeLatest(amount, pool.free(), null);
        var after = pool.reserved(amount, dated);
        return new Moved(
                after, PoolEntry.of(after, PoolEntry.Kind.RESERVE, -amount, dated.taken(), proposalId, eventId));
    }

    /**
     * @param amount points that were reserved
     * @param dated what of them is dated: with the days that they had
     */
    public static Moved release(Pool pool, long amount, Lots dated, UUID proposalId, UUID eventId) {
        var back = pool.lots().fitting(dated);
        var after = pool.released(amount, back);
        return new Moved(after, PoolEntry.of(after, PoolEntry.Kind.RELEASE, amount, back, proposalId, eventId));
    }

    /**
     * Whether a clawback takes two people: if it takes more than a share of what the pool would hold had nothing been clawed back of
     * late. So it makes no difference whether it is made at once or in parts. What waits for a decision counts as clawed back.
     *
     * @param amount points that it takes
     * @param clawedBack points that were clawed back in the last 24 hours
     * @param percent the share that one person may take alone, 0 … 100
     */
    public static boolean takesTwoPeople(Pool pool, long amount, long clawedBack, int percent) {
        var taken = BigInteger.valueOf(clawedBack).add(BigInteger.valueOf(pool.sum(PoolSum.RESERVED)));
        var held = taken.add(BigInteger.valueOf(pool.balance()));
        var share = taken.add(BigInteger.valueOf(amount)).multiply(BigInteger.valueOf(100));
        return share.compareTo(held.multiply(BigInteger.valueOf(percent))) > 0;
    }
}
