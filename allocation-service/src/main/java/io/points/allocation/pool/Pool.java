package io.points.allocation.pool;

import static io.points.allocation.pool.PoolSum.ADJUSTED;
import static io.points.allocation.pool.PoolSum.ALLOCATED;
import static io.points.allocation.pool.PoolSum.CLAWED_BACK;
import static io.points.allocation.pool.PoolSum.CREDITED;
import static io.points.allocation.pool.PoolSum.DEBITED;
import static io.points.allocation.pool.PoolSum.DELEGATED;
import static io.points.allocation.pool.PoolSum.RETURNED;
import static io.points.allocation.pool.PoolSum.TAKEN_BACK;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;

/**
 * A tenant's undistributed points.
 *
 * @param active false while the tenant is suspended
 * @param balance what can be distributed or clawed back, in points; never negative
 * @param version number of the newest ledger entry; 0 if there is none
 * @param sums of all that ever moved; what is not named is 0
 */
public record Pool(UUID tenantId, boolean active, long balance, long version, Map<PoolSum, Long> sums) {

    /** What a tenant may hold in all, 2^53 - 1: larger integers lose precision in many JSON parsers. */
    public static final long MOST = (1L << 53) - 1;

    public Pool {
        var all = new EnumMap<PoolSum, Long>(PoolSum.class);
        for (var sum : PoolSum.values()) {
            all.put(sum, sums.getOrDefault(sum, 0L));
        }
        sums = Collections.unmodifiableMap(all);
    }

    long sum(PoolSum of) {
        return sums.get(of);
    }

    /** What leads can still return: points removed by an adjustment may have been a forged return. */
    long outstanding() {
        return sum(DELEGATED) - sum(RETURNED) + Math.max(0, -sum(ADJUSTED));
    }

    /** How many points more the tenant may be allocated. */
    long room() {
        return MOST - (sum(ALLOCATED) - sum(CLAWED_BACK));
    }

    Pool allocated(long amount) {
        return entered(ALLOCATED, amount);
    }

    Pool clawedBack(long amount) {
        return entered(CLAWED_BACK, amount);
    }

    Pool debited(long amount, boolean delegation) {
        return entered(DEBITED, amount).delegated(delegation ? amount : 0);
    }

    Pool credited(long amount, boolean delegation) {
        return entered(CREDITED, amount).delegated(delegation ? -amount : 0);
    }

    Pool returned(long amount) {
        return entered(RETURNED, amount);
    }

    /** Of awards that were reversed; leads can still return as much as before. */
    Pool takenBack(long amount) {
        return entered(TAKEN_BACK, amount);
    }

    private Pool entered(PoolSum sum, long amount) {
        return new Pool(tenantId, active, balance + sum.toBalance(amount), version + 1, with(sum, amount));
    }

    private Pool delegated(long more) {
        return more == 0 ? this : new Pool(tenantId, active, balance, version, with(DELEGATED, more));
    }

    private Map<PoolSum, Long> with(PoolSum sum, long more) {
        var changed = new EnumMap<>(sums);
        changed.merge(sum, more, Long::sum);
        return changed;
    }
}
