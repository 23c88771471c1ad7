package io.points.distribution.saga;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.points.contract.DistributionKind;
import io.points.contract.Envelope;
import io.points.contract.PointsSource;
import io.points.distribution.member.Directory;
import io.points.distribution.saga.Beginnings.Begun;
import io.points.distribution.saga.Beginnings.Words;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Awards from the pool to many receivers, asked for in one request.
 *
 * @param fromUserId the manager who gives
 * @param description of every award whose line has none of its own
 * @param lines 1 … 10,000, each receiver once, 1 … 10^12 points together
 * @param cause who asked for it
 */
public record Batch(
        UUID id,
        Instant createdAt,
        UUID tenantId,
        Mode mode,
        UUID fromUserId,
        @Nullable String description,
        List<Line> lines,
        Envelope.Cause cause) {

    /** The most receivers that a batch may have. */
    public static final int MOST_RECEIVERS = 10_000;

    /** What becomes of the rest if one receiver cannot be awarded. */
    @Schema(name = "BatchMode")
    public enum Mode {
        /** One debit of the pool for all; if it or one award fails, nothing moves. */
        @JsonProperty("all_or_nothing")
        ALL_OR_NOTHING,
        /** Each award goes its own way. */
        @JsonProperty("each")
        EACH;

        /** The word in requests and tables. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Mode of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * One award.
     *
     * @param number where it stood in the request: the line of the CSV, or the place in the JSON, from 1
     * @param amount 1 … 10^12 points
     * @param description as it was asked for: null if the batch's holds; as it is read from the tables: what its award says
     * @param distributionId the id that its distribution has once it is made
     */
    public record Line(
            int number,
            UUID toUserId,
            long amount,
            @Nullable String description,
            UUID distributionId) {}

    /** The points of all lines. */
    public long amount() {
        return lines.stream().mapToLong(Line::amount).sum();
    }

    /** What debits the pool for the whole batch. */
    Distribution whole(State state) {
        return new Distribution(
                id,
                tenantId,
                DistributionKind.BATCH,
                PointsSource.POOL,
                state,
                null,
                fromUserId,
                null,
                amount(),
                Distribution.Tone.PLAIN,
                cause,
                null);
    }

    /** The award of one line, debited on its own. */
    Begun request(Line line, Instant at) {
        return begun(line, State.REQUESTED, null, at);
    }

    /** The awards of all lines, debited under the batch's id. */
    List<Begun> awards(Instant at) {
        return lines.stream().map(line -> begun(line, State.COMPLETED, id, at)).toList();
    }

    Directory.Key receiver(Line line) {
        return new Directory.Key(tenantId, line.toUserId());
    }

    private Begun begun(Line line, State state, @Nullable UUID debitId, Instant at) {
        var award = new Distribution(
                line.distributionId(),
                tenantId,
                DistributionKind.AWARD,
                PointsSource.POOL,
                state,
                null,
                fromUserId,
                line.toUserId(),
                line.amount(),
                Distribution.Tone.PLAIN,
                cause,
                debitId);
        return new Begun(award, Words.description(line.description()), at);
    }
}
