package io.points.distribution.batch;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.points.contract.DistributionKind;
import io.points.contract.Envelope;
import io.points.contract.PointsSource;
import io.points.distribution.member.Directory;
import io.points.distribution.member.MemberRole;
import io.points.distribution.rule.Giving;
import io.points.distribution.rule.GivingKind;
import io.points.distribution.saga.Distribution;
import io.points.distribution.saga.DistributionText;
import io.points.distribution.saga.Judged;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Awards from the pool to many receivers, asked for in one request.
 *
 * @param fromUserId the manager who gives
 * @param description of every award whose line has none of its own
 * @param departmentId out of whose envelope the points come; null: out of none
 * @param lines 1 … 10,000, each receiver once, 1 … 10^12 points together
 * @param actor who asked for it
 * @param judged of one that is all or nothing: what the tenant's rules said of it; null if there were none
 */
record Batch(
        UUID id,
        Instant createdAt,
        UUID tenantId,
        Mode mode,
        UUID fromUserId,
        @Nullable String description,
        @Nullable UUID departmentId,
        List<Line> lines,
        Envelope.Actor actor,
        @Nullable Judged judged) {

    /** The most receivers that a batch may have. */
    static final int MOST_RECEIVERS = 10_000;

    /** The role that each receiver must have. */
    static final MemberRole RECEIVERS = MemberRole.EMPLOYEE;

    /** What becomes of the rest if one receiver cannot be awarded. */
    @Schema(name = "BatchMode")
    enum Mode {
        /** One debit of the pool for all; if it or one award fails, nothing moves. */
        @JsonProperty("all_or_nothing")
        ALL_OR_NOTHING,
        /** Each award goes its own way. */
        @JsonProperty("each")
        EACH;

        /** The word in requests and tables. */
        String word() {
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
    record Line(
            int number,
            UUID toUserId,
            long amount,
            @Nullable String description,
            UUID distributionId) {}

    /** The points of all lines. */
    long amount() {
        return lines.stream().mapToLong(Line::amount).sum();
    }

    /** What debits the pool for the whole batch. */
    Distribution whole(Instant at) {
        return Distribution.first(
                        id,
                        at,
                        tenantId,
                        DistributionKind.BATCH,
                        PointsSource.POOL,
                        fromUserId,
                        null,
                        amount(),
                        DistributionText.description(description),
                        actor,
                        null)
                .between(departmentId, null)
                .judged(judged);
    }

    /** The award of one line, debited on its own. */
    Distribution award(Line line, Instant at) {
        return award(line, at, null).between(departmentId, null);
    }

    /** The awards of all lines, debited under the batch's id: it is the batch that comes out of an envelope. */
    List<Distribution> awards(Instant at) {
        var ofParts = judged == null ? null : judged.ofPart();
        return lines.stream().map(line -> award(line, at, id).judged(ofParts)).toList();
    }

    /** The lines that nobody can be awarded for, as far as the directory can tell. */
    List<Line> ineligible(Map<Directory.Key, Directory.Membership> members) {
        return lines.stream()
                .filter(line -> {
                    var receiver = members.get(receiver(line));
                    return fromUserId.equals(line.toUserId()) || receiver == null || !receiver.mayReceiveAs(RECEIVERS);
                })
                .toList();
    }

    /** The same, as the tenant's rules let it pass. */
    Batch judged(@Nullable Judged how) {
        return new Batch(id, createdAt, tenantId, mode, fromUserId, description, departmentId, lines, actor, how);
    }

    /** What is given at once if all or nothing is. */
    Giving giving() {
        return new Giving(
                        tenantId,
                        fromUserId,
                        MemberRole.MANAGER,
                        PointsSource.POOL,
                        GivingKind.AWARD,
                        lines.stream()
                                .map(line -> new Giving.Part(line.toUserId(), line.amount()))
                                .toList())
                .outOf(departmentId);
    }

    /** What is given with one line. */
    Giving giving(Line line) {
        return Giving.of(
                        tenantId,
                        fromUserId,
                        MemberRole.MANAGER,
                        PointsSource.POOL,
                        GivingKind.AWARD,
                        line.toUserId(),
                        line.amount())
                .outOf(departmentId);
    }

    /** What is judged, one after the other. */
    List<Giving> givings() {
        return mode == Mode.ALL_OR_NOTHING
                ? List.of(giving())
                : lines.stream().map(this::giving).toList();
    }

    Directory.Key receiver(Line line) {
        return new Directory.Key(tenantId, line.toUserId());
    }

    private Distribution award(Line line, Instant at, @Nullable UUID debitId) {
        return Distribution.first(
                line.distributionId(),
                at,
                tenantId,
                DistributionKind.AWARD,
                PointsSource.POOL,
                fromUserId,
                line.toUserId(),
                line.amount(),
                DistributionText.description(line.description()),
                actor,
                debitId);
    }
}
