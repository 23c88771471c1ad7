package io.points.audit.counts;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the first {@code treeSize} leaves of a tenant's tree come to. Plain Java.
 *
 * @param told how many entries of the pool's ledger they tell of
 * @param madeUp entries up to the newest adjustment that no event told of
 * @param adjustedAt the newest adjustment's entry; 0 if there is none
 * @param poolVersion the newest entry; 0 if there is none
 * @param unbilled allocations and clawbacks whose billing entries are not all there, and entries without theirs
 * @param sums what was counted, by topic and kind
 */
record Counts(
        UUID tenantId,
        long treeSize,
        long told,
        long madeUp,
        long adjustedAt,
        long poolVersion,
        long unbilled,
        Map<Kind, Sum> sums) {

    /** @param kind of a pool's events their type; of billing entries their currency */
    record Kind(String topic, String kind) {}

    /**
     * @param points not signed of events, signed of billing entries
     * @param amountMinor in the currency's minor unit; null of events
     */
    record Sum(long records, BigInteger points, @Nullable BigInteger amountMinor) {

        private Sum plus(Sum other) {
            return new Sum(
                    records + other.records,
                    points.add(other.points),
                    amountMinor == null || other.amountMinor == null ? null : amountMinor.add(other.amountMinor));
        }
    }

    static Counts none(UUID tenantId) {
        return new Counts(tenantId, 0, 0, 0, 0, 0, 0, Map.of());
    }

    /** No entry of the pool is missing before its newest, and what is to be billed is billed, and nothing else. */
    boolean isWhole() {
        return poolVersion > 0 && told + madeUp >= poolVersion && unbilled == 0;
    }

    Counts grown(long size) {
        return new Counts(tenantId, size, told, madeUp, adjustedAt, poolVersion, unbilled, sums);
    }

    /** With one more record of this kind, whose version of the pool nobody counts. */
    Counts with(Kind kind, Sum sum, long nowUnbilled) {
        var grown = new HashMap<>(sums);
        grown.merge(kind, sum, Sum::plus);
        return new Counts(tenantId, treeSize, told, madeUp, adjustedAt, poolVersion, nowUnbilled, Map.copyOf(grown));
    }

    /** With an entry of the pool's ledger. One that comes after the adjustment that made up for it is missing no more. */
    Counts told(long version) {
        return new Counts(
                tenantId,
                treeSize,
                told + 1,
                version < adjustedAt ? Math.max(madeUp - 1, 0) : madeUp,
                adjustedAt,
                Math.max(poolVersion, version),
                unbilled,
                sums);
    }

    /** With an adjustment, which makes up for whatever is missing before it. */
    Counts adjusted(long version) {
        var with = told(version);
        return version < adjustedAt
                ? with
                : new Counts(
                        tenantId,
                        treeSize,
                        with.told,
                        Math.max(version - with.told, 0),
                        version,
                        with.poolVersion,
                        unbilled,
                        sums);
    }
}
