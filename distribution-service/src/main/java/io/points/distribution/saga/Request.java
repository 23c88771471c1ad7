package io.points.distribution.saga;

import io.points.contract.DistributionKind;
import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.contract.PointsSource;
import io.points.contract.RefusalReason;
import io.points.distribution.saga.Beginnings.Words;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What somebody asks for, before it is decided. */
record Request(
        UUID id,
        Instant now,
        UUID tenantId,
        DistributionKind kind,
        PointsSource source,
        UUID fromUserId,
        @Nullable UUID toUserId,
        long amount,
        Distribution.Tone tone,
        Words words,
        Envelope.Cause cause) {

    /** The same with an id and a time of its own. */
    static Request of(
            UUID tenantId,
            DistributionKind kind,
            PointsSource source,
            UUID fromUserId,
            @Nullable UUID toUserId,
            long amount,
            Distribution.Tone tone,
            Words words,
            Envelope.Cause cause) {
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return new Request(
                Ids.next(now), now, tenantId, kind, source, fromUserId, toUserId, amount, tone, words, cause);
    }

    /** Who asked for it. */
    UUID askedBy() {
        return UUID.fromString(cause.actorId());
    }

    /** An award from a budget is completed or refused in the transaction that takes it. */
    boolean endsAtOnce() {
        return kind == DistributionKind.AWARD && source == PointsSource.BUDGET;
    }

    Distribution in(State state, @Nullable RefusalReason reason) {
        return new Distribution(
                id, tenantId, kind, source, state, reason, fromUserId, toUserId, amount, tone, cause, null);
    }
}
