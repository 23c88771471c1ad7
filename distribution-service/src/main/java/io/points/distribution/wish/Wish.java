package io.points.distribution.wish;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a member asks managers to give.
 *
 * @param toUserId who would get the points: whoever asks for a budget, or whoever is nominated
 * @param amount points, 1 … 10^12
 * @param state open too if what was granted could not be given
 * @param decisions how often it was decided
 * @param decidedBy who decided last; null: nobody, or its time was over
 * @param distributionId what was given for it last
 * @param expiresAt null unless it waits for a first decision
 */
record Wish(
        UUID id,
        UUID tenantId,
        WishKind kind,
        UUID askedBy,
        UUID toUserId,
        long amount,
        WishState state,
        int decisions,
        @Nullable UUID decidedBy,
        @Nullable Instant decidedAt,
        @Nullable UUID distributionId,
        @Nullable Instant expiresAt) {}
