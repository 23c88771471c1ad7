package io.points.billing.counted;

import io.points.billing.Flow;
import java.math.BigInteger;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What the tables here say about what audit-service has counted. Plain Java.
 *
 * @param contiguousVersion all movements of the pool up to this version are known, but for those that nobody will ever tell
 * @param adjustedAt the newest adjustment up to there; 0 if there is none
 * @param movements up to the version of the pool that audit-service has counted
 * @param entries likewise, by currency
 * @param versions those that audit-service has named
 */
record OwnCounts(
        long contiguousVersion,
        long adjustedAt,
        Map<Flow, Sum> movements,
        Map<String, Sum> entries,
        Map<Long, Version> versions) {

    /**
     * @param points not signed of movements, signed of entries
     * @param amountMinor null of movements
     */
    @Schema(name = "CountedSum")
    record Sum(
            long records,

            @Schema(description = "A whole number; signed for billing entries")
            String points,

            @Schema(description = "A whole number in the currency's minor unit; null for events") @Nullable
            String amountMinor) {

        static final Sum NO_MOVEMENTS = new Sum(0, "0", null);

        static final Sum NO_ENTRIES = new Sum(0, "0", "0");

        Sum plus(Sum other) {
            return new Sum(
                    records + other.records,
                    sum(points, other.points),
                    amountMinor == null || other.amountMinor == null ? null : sum(amountMinor, other.amountMinor));
        }

        private static String sum(String one, String other) {
            return new BigInteger(one).add(new BigInteger(other)).toString();
        }
    }

    /** Signed points of an allocation or clawback, and of its billing entries; 0 if there is none. */
    record Version(long eventPoints, long entryPoints) {

        static final Version UNKNOWN = new Version(0, 0);
    }
}
