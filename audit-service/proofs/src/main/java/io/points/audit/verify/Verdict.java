package io.points.audit.verify;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was found.
 *
 * @param faults of the whole: a damaged file, a tenant that is missing, a checkpoint that nobody signed
 */
public record Verdict(List<OfTenant> tenants, List<String> faults) {

    /**
     * What was found for one tenant.
     *
     * @param fromIndex index of its first record in the export
     * @param size leaves of its tree at the end of the export
     * @param checked sizes of the saved checkpoints that fit, in order
     * @param uncovered sizes of those that lie outside of what the export shows
     * @param fault the first; null if there is none
     */
    public record OfTenant(
            UUID tenantId,
            long fromIndex,
            long size,
            List<Long> checked,
            List<Long> uncovered,
            @Nullable Fault fault) {}

    /**
     * What is wrong.
     *
     * @param index of the first leaf that is not as it should be; of the first that may be if only a root tells
     */
    public record Fault(long index, String why) {}

    /** Whether nothing is wrong. */
    public boolean isGood() {
        return faults.isEmpty() && tenants.stream().allMatch(it -> it.fault() == null);
    }

    /** How many records were shown. */
    public long records() {
        return tenants.stream().mapToLong(it -> it.size() - it.fromIndex()).sum();
    }
}
