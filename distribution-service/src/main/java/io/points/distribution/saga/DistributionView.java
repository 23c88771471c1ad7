package io.points.distribution.saga;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.points.distribution.recognition.Recognition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A distribution over HTTP.
 *
 * @param kind {@code delegation}, {@code award} or {@code return}
 * @param source {@code pool} or {@code budget}
 * @param reason why it was refused or undone, or null
 * @param amount points
 * @param requestedBy who asked for it; of a return, not always the budget's owner
 * @param deadline when it is cancelled if the pool has not answered, or null
 * @param timeline its states with their times; absent in lists
 */
record DistributionView(
        UUID distributionId,
        String kind,
        String source,
        String state,
        @Nullable String reason,
        UUID fromUserId,
        @Nullable UUID toUserId,
        long amount,
        @Nullable String referenceType,
        @Nullable String description,
        Recognition.@Nullable View recognition,
        UUID requestedBy,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant deadline,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Moment> timeline) {

    boolean concerns(UUID user) {
        return fromUserId.equals(user) || user.equals(toUserId);
    }

    /** When a state was reached. */
    record Moment(String state, @Nullable String reason, Instant at) {}

    static DistributionView of(
            DistributionRow row, @Nullable Recognition recognition, @Nullable List<DistributionLog> logs, UUID viewer) {
        return new DistributionView(
                row.id,
                row.kind,
                row.source,
                row.state,
                row.reason,
                row.fromUserId,
                row.toUserId,
                row.amount,
                row.referenceType,
                row.description,
                Recognition.View.of(recognition, row.concerns(viewer)),
                row.requestedBy,
                row.createdAt,
                row.updatedAt,
                row.deadline,
                logs == null ? null : timeline(row, logs));
    }

    private static List<Moment> timeline(DistributionRow row, List<DistributionLog> logs) {
        var moments = new ArrayList<Moment>();
        if (row.deadline != null) {
            moments.add(new Moment(State.REQUESTED.name(), null, row.createdAt));
        }
        logs.forEach(log -> moments.add(new Moment(log.state, log.reason, log.createdAt)));
        return moments;
    }
}
