package io.points.contract;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who may give how much, and what becomes of more.
 *
 * @param id how the company calls the rule
 * @param of whose giving is added up
 * @param roles holds for those who give in one of these roles; null: for all
 * @param members holds for these members alone; null: for all
 * @param from out of what they may give by it who could give nothing otherwise: {@code pool}, or {@code department:} and its id; null: it is
 *     a limit
 * @param kinds what is counted; null: awards
 * @param per in which window; null: each award by itself
 * @param points the most points in a window; null: any
 * @param awards the most awards in a window; null: any
 * @param pointsAbove the most points of one award; null: any
 * @param then what becomes of more
 * @param levels by how many people it is to be approved; null: one
 * @param hours within how many hours; null: 168
 * @param minutes of twins: how long ago the first was at most
 * @param sharePercent of a share: how much of what one gives goes to one other, at most
 * @param minAwards of a share: from how many awards on; null: five
 * @param alertAt at which percent of what is allowed in a window somebody is told; null: at none
 * @param departments of departments: holds for these alone; null: for each of them
 */
public record GivingRule(
        @Text(max = 40, pattern = "[a-z0-9][a-z0-9-]*", what = "a rule's id")
        String id,

        @Text(
                max = 10,
                pattern = "award|giver|receiver|pair|twin|mutual|share|department|tenant",
                what = "whose giving is added up")
        String of,

        @Within(min = 1, max = 3) @Nullable List<String> roles,
        @Within(min = 1, max = 200) @Nullable List<UUID> members,

        @Text(
                max = 47,
                pattern = "pool|department:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
                what = "out of what an allowance is given")
        @Nullable
        String from,

        @Within(min = 1, max = 2) @Nullable List<String> kinds,

        @Text(max = 7, pattern = "day|week|month|quarter|year", what = "a window") @Nullable
        String per,

        @Within(min = 0, max = Within.MOST_MOVED) @Nullable Long points,
        @Within(min = 0, max = Within.MOST_MOVED) @Nullable Long awards,
        @Within(min = 0, max = Within.MOST_MOVED) @Nullable Long pointsAbove,

        @Text(max = 7, pattern = "refuse|approve|alert", what = "what becomes of more")
        String then,

        @Within(min = 1, max = 3) @Nullable Long levels,
        @Within(min = 1, max = 720) @Nullable Long hours,
        @Within(min = 1, max = 1440) @Nullable Long minutes,
        @Within(min = 1, max = 99) @Nullable Long sharePercent,
        @Within(min = 1, max = Within.MOST_MOVED) @Nullable Long minAwards,
        @Within(min = 1, max = 5) @Nullable List<Long> alertAt,
        @Within(min = 1, max = 200) @Nullable List<UUID> departments) {}
