package io.points.contract;

import com.fasterxml.jackson.annotation.JsonIgnore;
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

            @Within(min = 1, max = 100) @Nullable List<GivingRule> rules)
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
}
