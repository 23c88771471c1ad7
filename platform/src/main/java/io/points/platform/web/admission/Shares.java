package io.points.platform.web.admission;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * So many places for all, of which no tenant can take all, and no caller all of its tenant's. Who is of no tenant is of the
 * platform, which counts as one.
 */
public final class Shares {

    private final int all;
    private final int ofATenant;
    private final int ofACaller;
    private final Map<Object, Integer> taken = new HashMap<>();
    private int open;

    /** Whether somebody got a place, and if not, who has taken too many. */
    public enum Admission {
        TAKEN,
        /** The caller, or its tenant: others still get in. */
        SHARE_USED_UP,
        /** All together. */
        FULL
    }

    private record OfACaller(@Nullable UUID tenant, String caller) {}

    /** So many places at most for all together, for one tenant's callers together, and for one caller. */
    public Shares(int all, int ofATenant, int ofACaller) {
        if (ofACaller < 1 || ofACaller > ofATenant || ofATenant >= all) {
            throw new IllegalArgumentException(
                    "A tenant's share must be below the total, and a caller's at most the tenant's");
        }
        this.all = all;
        this.ofATenant = ofATenant;
        this.ofACaller = ofACaller;
    }

    /** Takes a place, or says why there is none. */
    public synchronized Admission take(@Nullable UUID tenant, String caller) {
        var one = new OfACaller(tenant, caller);
        if (count(one) >= ofACaller || count(ofTenant(tenant)) >= ofATenant) {
            return Admission.SHARE_USED_UP;
        }
        if (open >= all) {
            return Admission.FULL;
        }
        open++;
        taken.merge(one, 1, Integer::sum);
        taken.merge(ofTenant(tenant), 1, Integer::sum);
        return Admission.TAKEN;
    }

    /**
     * Gives a taken place back.
     *
     * @throws IllegalStateException if this caller has none
     */
    public synchronized void giveBack(@Nullable UUID tenant, String caller) {
        var one = new OfACaller(tenant, caller);
        if (count(one) == 0) {
            throw new IllegalStateException("This caller holds no slot");
        }
        open--;
        taken.computeIfPresent(one, (x, count) -> count == 1 ? null : count - 1);
        taken.computeIfPresent(ofTenant(tenant), (x, count) -> count == 1 ? null : count - 1);
    }

    public synchronized int open() {
        return open;
    }

    /** How many callers and tenants are remembered: none whose places are all given back. */
    synchronized int remembered() {
        return taken.size();
    }

    private int count(Object holder) {
        return taken.getOrDefault(holder, 0);
    }

    private static Object ofTenant(@Nullable UUID tenant) {
        return tenant == null ? "platform" : tenant;
    }
}
