package io.points.billing.period;

import io.points.billing.Period;
import io.points.billing.Price;
import io.points.billing.period.PeriodRules.Refused;
import io.points.platform.money.AlsoText;
import java.math.BigInteger;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A tenant's month on the board. */
@Schema(name = "PeriodOnBoard")
record StandingView(
        UUID tenantId,

        @Schema(description = "What the tenant is called; null until it was told", examples = "Triton Energy") @Nullable
        String tenantName,

        @Schema(examples = "2026-01") String period,

        @Schema(
                enumeration = {"open", "soft_closed", "closed", PeriodRules.NOT_BEGUN},
                description = "not_begun of a month in the future")
        String state,

        @Schema(description = "What was billed in the month, by currency")
        List<TotalView> totals,

        @Schema(description = "Points allocated less points clawed back")
        PointsView points,

        @Schema(
                description =
                        "What stands in the way of closing the month, the first thing to remove first; empty if it is closed")
        List<ObstacleView> obstacles) {

    /** What was billed in a currency. */
    @Schema(name = "PeriodTotal")
    record TotalView(
            @Schema(description = "ISO 4217 code", examples = "INR")
            String currency,

            @Schema(description = "Signed, in the currency's minor unit; may be beyond 2^53", examples = "5000000")
            BigInteger totalMinor,

            @Schema(description = "The same as a decimal in the major unit", examples = "50000.00")
            String total) {}

    /** Allocated less clawed back. */
    @Schema(name = "PeriodPoints")
    record PointsView(
            @Schema(description = "As the events of the month say: allocated less clawed back") @AlsoText
            long counted,

            @Schema(description = "In the month's billing entries") @AlsoText
            long billed,

            @Schema(description = "Whether the two are the same. The reconciliation compares each event and entry")
            boolean agree) {}

    /** A reason for which the closing is refused. */
    @Schema(name = "PeriodObstacle")
    record ObstacleView(
            @Schema(description = "The type of the problem with which it is refused", examples = "period-incomplete")
            String type,

            String title,
            String detail) {

        static ObstacleView of(Refused refused) {
            return new ObstacleView(refused.refusal().slug(), refused.refusal().title(), refused.detail());
        }
    }

    static StandingView of(Period period, Standing standing) {
        long billed = standing.billedPoints();
        return new StandingView(
                standing.tenantId(),
                standing.tenantName(),
                period.toString(),
                standing.word(),
                standing.totals().stream()
                        .map(it -> new TotalView(
                                it.currency(),
                                it.amountMinor(),
                                Price.major(it.amountMinor(), Price.currency(it.currency()))
                                        .toPlainString()))
                        .toList(),
                new PointsView(standing.countedPoints(), billed, standing.countedPoints() == billed),
                standing.obstacles().stream().map(ObstacleView::of).toList());
    }
}
