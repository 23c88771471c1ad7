package io.points.distribution.rule;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A stretch of the tenant's calendar in which is added up what was given. */
@Schema(name = "RuleWindow")
public enum Window {
    @JsonProperty("day")
    DAY,
    /** From Monday to Sunday, as ISO 8601 has them. */
    @JsonProperty("week")
    WEEK,
    @JsonProperty("month")
    MONTH,
    @JsonProperty("quarter")
    QUARTER,
    @JsonProperty("year")
    YEAR;

    /** The word in requests and answers. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The first day of the window that the day is in. */
    public LocalDate since(LocalDate day) {
        return switch (this) {
            case DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
            case QUARTER -> day.with(IsoFields.DAY_OF_QUARTER, 1);
            case YEAR -> day.withDayOfYear(1);
        };
    }

    /** The first day of the next window: from then on it counts from 0. */
    public LocalDate resetsOn(LocalDate day) {
        var since = since(day);
        return switch (this) {
            case DAY -> since.plusDays(1);
            case WEEK -> since.plusWeeks(1);
            case MONTH -> since.plusMonths(1);
            case QUARTER -> since.plusMonths(3);
            case YEAR -> since.plusYears(1);
        };
    }

    /** How the window is called: {@code 2026-11-28}, {@code 2026-W48}, {@code 2026-11}, {@code 2026-Q4}, {@code 2026}. */
    public String label(LocalDate day) {
        return switch (this) {
            case DAY -> day.toString();
            case WEEK ->
                String.format(
                        Locale.ROOT,
                        "%04d-W%02d",
                        day.get(IsoFields.WEEK_BASED_YEAR),
                        day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case MONTH -> String.format(Locale.ROOT, "%04d-%02d", day.getYear(), day.getMonthValue());
            case QUARTER -> String.format(Locale.ROOT, "%04d-Q%s", day.getYear(), day.get(IsoFields.QUARTER_OF_YEAR));
            case YEAR -> String.format(Locale.ROOT, "%04d", day.getYear());
        };
    }
}
