package io.points.allocation.pool;

import static io.points.allocation.pool.PoolSum.ADJUSTED;
import static io.points.allocation.pool.PoolSum.ALLOCATED;
import static io.points.allocation.pool.PoolSum.CLAWED_BACK;
import static io.points.allocation.pool.PoolSum.CREDITED;
import static io.points.allocation.pool.PoolSum.DEBITED;
import static io.points.allocation.pool.PoolSum.DELEGATED;
import static io.points.allocation.pool.PoolSum.EXPIRED;
import static io.points.allocation.pool.PoolSum.RESERVED;
import static io.points.allocation.pool.PoolSum.RETURNED;
import static io.points.allocation.pool.PoolSum.TAKEN_BACK;

import io.points.allocation.tenant.TenantStatus;
import io.points.ledger.dates.Lots;
import io.points.ledger.dates.Lots.Taken;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;

/**
 * A tenant's undistributed points.
 *
 * @param status the tenant's
 * @param balance points; never negative
 * @param version number of the newest ledger entry; 0 if there is none
 * @param sums of all that ever moved; what is not named is 0
 * @param lots what of that which is in no department can be used until which day; the rest stays for ever
 * @param inDepartments what of the balance is in departments' envelopes
 * @param lowAt below so many points it is low; 0: it never is
 */
public record Pool(
        UUID tenantId,
        TenantStatus status,
        long balance,
        long version,
        Map<PoolSum, Long> sums,
        Lots lots,
        long inDepartments,
        long lowAt) {

    /** What a tenant may hold in all, 2^53 - 1: larger integers lose precision in many JSON parsers. */
    public static final long MOST = (1L << 53) - 1;

    public Pool {
        var all = new EnumMap<PoolSum, Long>(PoolSum.class);
        for (var sum : PoolSum.values()) {
            all.put(sum, sums.getOrDefault(sum, 0L));
        }
        sums = Collections.unmodifiableMap(all);
    }

    /** Without departments. */
    public Pool(UUID tenantId, TenantStatus status, long balance, long version, Map<PoolSum, Long> sums, Lots lots) {
        this(tenantId, status, balance, version, sums, lots, 0, 0);
    }

    /** That is never low. */
    Pool(
            UUID tenantId,
            TenantStatus status,
            long balance,
            long version,
            Map<PoolSum, Long> sums,
            Lots lots,
            long inDepartments) {
        this(tenantId, status, balance, version, sums, lots, inDepartments, 0);
    }

    /** What is in no department's envelope: what can be clawed back, or distributed in the name of none. */
    public long free() {
        return balance - inDepartments;
    }

    /** Whether it was not low before, and is now. */
    boolean becameLowSince(Pool before) {
        return status == TenantStatus.ACTIVE && before.balance >= lowAt && balance < lowAt;
    }

    long sum(PoolSum of) {
        return sums.get(of);
    }

    /** What leads can still return: points removed by an adjustment may have been a forged return. */
    long outstanding() {
        return sum(DELEGATED) - sum(RETURNED) + Math.max(0, -sum(ADJUSTED));
    }

    /** The most that members can hold: what was debited and has not come back. */
    long inWallets() {
        return sum(DEBITED) - sum(CREDITED) - sum(RETURNED) - sum(TAKEN_BACK);
    }

    /** How many points more the tenant may be allocated. */
    long room() {
        return MOST - (sum(ALLOCATED) - sum(CLAWED_BACK));
    }

    Pool allocated(long amount, Lots dated) {
        return entered(ALLOCATED, amount, lots.plus(dated));
    }

    /** @param taken from {@link #lots} */
    Pool clawedBack(long amount, Taken taken) {
        return entered(CLAWED_BACK, amount, taken.left());
    }

    /** @param taken from {@link #lots} */
    Pool debited(long amount, boolean delegation, Taken taken) {
        return entered(DEBITED, amount, taken.left()).delegated(delegation ? amount : 0);
    }

    /** @param dated with the days that they had when they were debited */
    Pool credited(long amount, boolean delegation, Lots dated) {
        return entered(CREDITED, amount, lots.plus(dated)).delegated(delegation ? -amount : 0);
    }

    /**
     * Of a budget.
     *
     * @param dated with the days that they had when they were debited, as far as the budget knew them
     */
    Pool returned(long amount, Lots dated) {
        return entered(RETURNED, amount, lots.plus(dated));
    }

    /**
     * Of awards that were reversed, or of what has lapsed; leads can still return as much as before.
     *
     * @param dated with the days that they had when they were debited; earned points that have lapsed have none
     */
    Pool takenBack(long amount, Lots dated) {
        return entered(TAKEN_BACK, amount, lots.plus(dated));
    }

    /** @param over taken from {@link #lots} */
    Pool expired(Taken over) {
        return entered(EXPIRED, over.taken().sum(), over.left());
    }

    /** With so many points more in departments, or less, of those that it holds. */
    Pool inDepartments(long more) {
        return more == 0 ? this : new Pool(tenantId, status, balance, version, sums, lots, inDepartments + more, lowAt);
    }

    /**
     * Without anything: all of it has lapsed, also what had no day. Nothing of it is in a department.
     */
    Pool expired() {
        return entered(EXPIRED, balance, Lots.NONE);
    }

    /** @param taken from {@link #lots} */
    Pool reserved(long amount, Taken taken) {
        return entered(RESERVED, amount, taken.left());
    }

    /** @param dated with the days that they had when they were reserved */
    Pool released(long amount, Lots dated) {
        return entered(RESERVED, -amount, lots.plus(dated));
    }

    /** With other days; its points are the same. */
    public Pool dated(Lots others) {
        return new Pool(tenantId, status, balance, version, sums, others, inDepartments, lowAt);
    }

    private Pool entered(PoolSum sum, long amount, Lots left) {
        return new Pool(
                tenantId,
                status,
                balance + sum.toBalance(amount),
                version + 1,
                with(sum, amount),
                left,
                inDepartments,
                lowAt);
    }

    private Pool delegated(long more) {
        return more == 0
                ? this
                : new Pool(tenantId, status, balance, version, with(DELEGATED, more), lots, inDepartments, lowAt);
    }

    private Map<PoolSum, Long> with(PoolSum sum, long more) {
        var changed = new EnumMap<>(sums);
        changed.merge(sum, more, Long::sum);
        return changed;
    }
}
