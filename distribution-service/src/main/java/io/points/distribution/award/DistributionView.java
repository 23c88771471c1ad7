package io.points.distribution.award;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.points.contract.DistributionKind;
import io.points.contract.PointsSource;
import io.points.contract.RefusalReason;
import io.points.distribution.member.Person;
import io.points.distribution.recognition.Recognition;
import io.points.distribution.saga.State;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A distribution over HTTP.
 *
 * @param kind {@code delegation}, {@code award}, {@code return} or {@code reversal}
 * @param source {@code pool} or {@code budget}; of a reversal, where the points go back to
 * @param reason why it was refused or undone, or null
 * @param amount points
 * @param requestedBy who requested it; for a return, not always the budget's owner
 * @param deadline when it is cancelled if the pool has not replied, or null
 * @param proof where audit-service proves that its newest event is in the audit log
 * @param balanceAtRefusal points in the pool or budget when it held too little; null if that was not the reason. Only in
 *     the refusal
 * @param reverses of a reversal: the award that it takes back
 * @param reversedBy of an award: the reversal that has taken it back; absent while none has
 * @param missing of a reversal: points of the award that the wallet no longer held
 * @param approvalsNeeded how many people must approve it; absent if nobody
 * @param approvalRule the rule of the company that wants that; absent if none does
 * @param heldUntil when it goes back unless they have approved it; absent unless it waits for them
 * @param departmentId the department out of whose envelope the points come; absent if none
 * @param toDepartmentId the department into whose envelope they go; absent if none
 * @param timeline its states with their times; absent in lists
 * @param people who they are, by id; absent unless it is asked for, and in lists, which have them beside their items
 */
@Schema(name = "Distribution")
record DistributionView(
        UUID distributionId,
        @Schema(implementation = DistributionKind.class) String kind,
        @Schema(implementation = PointsSource.class) String source,
        @Schema(implementation = State.class) String state,

        @Schema(implementation = RefusalReason.class) @Nullable
        String reason,

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
        String proof,
        @JsonIgnore @Nullable Long balanceAtRefusal,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID reverses,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID reversedBy,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long missing,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer approvalsNeeded,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String approvalRule,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant heldUntil,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID departmentId,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID toDepartmentId,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Moment> timeline,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<UUID, Person> people) {

    /** Whether a caller who is not a manager may see it: the giver, and once it has arrived, the receiver. */
    boolean mayBeSeenBy(UUID user) {
        return fromUserId.equals(user) || user.equals(toUserId) && state.equals(State.COMPLETED.name());
    }

    /** Whose ids there are. */
    Stream<@Nullable UUID> idsOfPeople() {
        return Stream.of(fromUserId, toUserId, requestedBy);
    }

    /** The same with who they are. */
    DistributionView with(@Nullable Map<UUID, Person> named) {
        return new DistributionView(
                distributionId,
                kind,
                source,
                state,
                reason,
                fromUserId,
                toUserId,
                amount,
                referenceType,
                description,
                recognition,
                requestedBy,
                createdAt,
                updatedAt,
                deadline,
                proof,
                balanceAtRefusal,
                reverses,
                reversedBy,
                missing,
                approvalsNeeded,
                approvalRule,
                heldUntil,
                departmentId,
                toDepartmentId,
                timeline,
                named);
    }

    /** When a state was reached. */
    @Schema(name = "DistributionStep")
    record Moment(
            @Schema(implementation = State.class) String state,

            @Schema(implementation = RefusalReason.class) @Nullable
            String reason,

            Instant at) {}

    /** @param lines the distribution, once per step that it took */
    static DistributionView withTimeline(List<Row> lines, UUID viewer) {
        return of(lines.get(0), viewer, timeline(lines));
    }

    /** @param row of {@code distributions}, with what its recognition says, if there is one */
    static DistributionView of(Row row, UUID viewer, @Nullable List<Moment> timeline) {
        var id = row.getUUID("id");
        var kind = row.getString("kind");
        var state = row.getString("state");
        var from = row.getUUID("from_user_id");
        var to = row.getUUID("to_user_id");
        return new DistributionView(
                id,
                kind,
                row.getString("source"),
                state,
                row.getString("reason"),
                from,
                to,
                row.getLong("amount"),
                row.getString("reference_type"),
                row.getString("description"),
                Recognition.View.of(
                        row.getString("message"),
                        row.getString("value_name"),
                        row.getString("visibility"),
                        viewer.equals(from) || viewer.equals(to)),
                row.getUUID("requested_by"),
                instant(row, "created_at"),
                instant(row, "updated_at"),
                instant(row, "deadline"),
                Proof.of(id, DistributionKind.of(kind), State.valueOf(state)),
                row.getLong("balance_at_refusal"),
                row.getUUID("reverses"),
                row.getUUID("reversed_by"),
                row.getLong("missing"),
                row.getInteger("approval_levels"),
                row.getString("approval_rule"),
                instant(row, "held_until"),
                row.getUUID("department_id"),
                row.getUUID("to_department_id"),
                timeline,
                null);
    }

    private static List<Moment> timeline(List<Row> lines) {
        var moments = new ArrayList<Moment>();
        var first = lines.get(0);
        if (first.getValue("deadline") != null) {
            moments.add(new Moment(State.REQUESTED.name(), null, instant(first, "created_at")));
        }
        lines.stream()
                .filter(line -> line.getString("step") != null)
                .map(line ->
                        new Moment(line.getString("step"), line.getString("step_reason"), instant(line, "step_at")))
                .forEach(moments::add);
        return moments;
    }

    private static @Nullable Instant instant(Row row, String column) {
        var time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
