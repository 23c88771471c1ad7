package io.points.billing.period;

import io.points.billing.Period;
import io.points.billing.period.PeriodRules.Refused;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How far all tenants are with a month, in numbers. */
@Schema(name = "PeriodSummary")
record BoardSummary(
        @Schema(examples = "2026-01") String period,

        @Schema(description = "Tenants that existed in the month")
        int tenants,

        @Schema(description = "How many of them would be closed now, if they were asked for")
        int closable,

        @Schema(description = "How many there are by state") Map<String, Integer> states,

        @Schema(
                description =
                        "How many have an obstacle to closing, by its type; who has several is counted under each of them")
        Map<String, Integer> obstacles,

        @Schema(description = "In how many the points that were billed are not those that the events say")
        int disagreeing) {

    /** Before anybody is counted. */
    static BoardSummary of(Period period) {
        return new BoardSummary(period.toString(), 0, 0, Map.of(), Map.of(), 0);
    }

    /** With one tenant more. */
    BoardSummary with(Standing standing) {
        var found = standing.obstacles();
        var counted = new TreeMap<>(obstacles);
        for (Refused obstacle : found) {
            counted.merge(obstacle.refusal().slug(), 1, Integer::sum);
        }
        var byState = new TreeMap<>(states);
        byState.merge(standing.word(), 1, Integer::sum);
        var isClosable = found.isEmpty() && standing.state() != PeriodHistory.State.CLOSED;
        return new BoardSummary(
                period,
                tenants + 1,
                isClosable ? closable + 1 : closable,
                byState,
                counted,
                standing.countedPoints() == standing.billedPoints() ? disagreeing : disagreeing + 1);
    }
}
