package io.points.contract;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** By which rules a tenant's managers let points lapse, and what its members are told of it; by distribution-service. Nothing moves. */
public sealed interface PolicyEvent extends Message {

    @Override
    @JsonIgnore
    default String topic() {
        return Topic.WALLET_EVENTS;
    }

    /**
     * What is credited from now on is dated by these rules; what was credited before keeps its day. One of {@code earnedAfter} and
     * {@code earnedEvery} is given, or neither: then points never lapse.
     *
     * @param earnedAfter after which time earned points lapse: days, months or years
     * @param earnedRound whether that is the day itself, or up to the end of its month; null without a time
     * @param earnedEvery on which day of each year they lapse, as 12-31
     * @param earnedMinDays how many days off that day is at least; null without it
     * @param earnedTo where they go
     * @param earnedNoticeDays how many days before, their owner is told: the first first
     * @param budgetsAfter the same of budgets, as the four after it; of a version that knew none, all are null
     * @param budgetsRound as of earned points
     * @param budgetsEvery as of earned points
     * @param budgetsMinDays as of earned points
     * @param budgetsTo as of earned points
     * @param rules who may give how much; null: there are no rules
     * @param undoApprovalAbove taking back more points than that at once takes two people; null: it never does
     */
    record PolicyChanged(
            UUID tenantId,
            @Within.Numbered long revision,

            @Text.ExpiryAfter @Nullable String earnedAfter,
            @Text.ExpiryRound @Nullable String earnedRound,
            @Text.YearDay @Nullable String earnedEvery,

            @Within(min = 1, max = 366) @Nullable Long earnedMinDays,

            @Text(max = 7, pattern = "nowhere|pool", what = "where they go")
            String earnedTo,

            @Within(min = 1, max = 5) List<Long> earnedNoticeDays,

            @Text.ExpiryAfter @Nullable String budgetsAfter,
            @Text.ExpiryRound @Nullable String budgetsRound,
            @Text.YearDay @Nullable String budgetsEvery,

            @Within(min = 1, max = 366) @Nullable Long budgetsMinDays,

            @Text(max = 7, pattern = "nowhere|pool", what = "where they go") @Nullable
            String budgetsTo,

            @Within(min = 1, max = 100) @Nullable List<GivingRule> rules,

            @Within(min = 0, max = Within.MOST_MOVED) @Nullable
            Long undoApprovalAbove)
            implements PolicyEvent {

        @Override
        @JsonIgnore
        public UUID subject() {
            return tenantId;
        }
    }

    /**
     * Points of somebody can be used until a later day than was promised.
     *
     * @param account {@code budget} or {@code earned}
     * @param fromDate the last day on which they could be used before
     * @param points so many
     * @param lots what of them can be used until which day now
     */
    record DatesExtended(
            UUID tenantId,
            UUID userId,
            Account account,
            LocalDate fromDate,
            @Within(min = 1, max = Within.MOST) long points,

            @Within(min = 1, max = DatedPoints.MOST_LOTS) List<DatedPoints> lots)
            implements PolicyEvent {

        @Override
        @JsonIgnore
        public UUID subject() {
            return userId;
        }
    }

    /**
     * Points of somebody lapse soon, unless they are used before.
     *
     * @param account {@code budget} or {@code earned}
     * @param expiresOn the last day on which they can be used, in the tenant's time zone
     * @param points so many at this moment
     * @param days so long before at the latest it is told: they stay for as long, even if it is told late
     */
    record PointsExpiring(
            UUID tenantId,
            UUID userId,
            Account account,
            LocalDate expiresOn,
            @Within(min = 1, max = Within.MOST) long points,
            @Within(min = 1, max = 90) long days)
            implements PolicyEvent {

        @Override
        @JsonIgnore
        public UUID subject() {
            return userId;
        }
    }

    /**
     * A member may give more by their allowance in one month: once each month.
     *
     * @param month of the company's calendar, as 2026-11
     * @param points so many more
     */
    record AllowanceBoosted(
            UUID tenantId,
            UUID userId,

            @Text(max = 7, pattern = "[0-9]{4}-(0[1-9]|1[0-2])", what = "a month")
            String month,

            @Within(min = 1, max = Within.MOST_MOVED) long points)
            implements PolicyEvent {

        @Override
        @JsonIgnore
        public UUID subject() {
            return userId;
        }
    }

    /**
     * In a window of the company's calendar, so much was given of what a rule allows that its managers want to know. Told once of each rule,
     * subject, window and percent; of several reached at once, the highest. Whether what was asked for is given in the end is not waited for.
     *
     * @param rule its id
     * @param of whose giving it adds up
     * @param giverId who gives; null if the rule is of a receiver, a department or the whole company
     * @param receiverId who receives; null if the rule is of a giver, a department or the whole company
     * @param departmentId out of whose envelope it is given; null if that is not what the rule adds up
     * @param window as 2026-11-28, 2026-W48, 2026-11, 2026-Q4 or 2026
     * @param percent of what the rule allows has been reached; null: it was exceeded, by a rule that only tells
     * @param counts what the limit is a number of
     * @param limit of the window
     * @param used of it by now
     * @param resetsAt when the window is over
     */
    record LimitReached(
            UUID tenantId,

            @Text(max = 40, pattern = "[a-z0-9][a-z0-9-]*", what = "a rule's id")
            String rule,

            @Text(
                    max = 10,
                    pattern = "giver|receiver|pair|twin|mutual|share|department|tenant",
                    what = "whose giving is added up")
            String of,

            @Nullable UUID giverId,
            @Nullable UUID receiverId,
            @Nullable UUID departmentId,
            @Text(max = 10) String window,
            @Within(min = 1, max = 100) @Nullable Long percent,

            @Text(max = 7, pattern = "points|awards|percent", what = "what the limit is a number of")
            String counts,

            @Within(min = 0, max = Within.MOST_MOVED) long limit,
            @Within(min = 1, max = Within.MOST) long used,
            Instant resetsAt)
            implements PolicyEvent {

        @Override
        @JsonIgnore
        public UUID subject() {
            return tenantId;
        }
    }
}
