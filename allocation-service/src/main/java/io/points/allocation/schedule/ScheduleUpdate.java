package io.points.allocation.schedule;

import io.points.platform.web.input.CurrencyCode;
import io.points.platform.web.input.PlainText;
import io.points.platform.web.input.PointsAmount;
import io.points.platform.web.problem.Problem;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How a schedule is to be, as a whole. Its fields are those of {@link ScheduleTerms}; what may be absent is null.
 *
 * @param startsOn absent: today for a new schedule, else as it was
 */
@Schema(name = "ScheduleUpdate")
record ScheduleUpdate(
        @PlainText(max = LONGEST_NAME) String name,

        @NotNull(message = "is required") Mode mode,

        @PointsAmount Long amount,

        @NotNull(message = "is required") @CurrencyCode(orWithdrawn = true)
        String currency,

        @PlainText(max = LONGEST_NOTE) String referenceNote,

        @NotNull(message = "is required") Every every,

        @PlainText(max = SHORT, required = false) @Nullable String day,

        @PlainText(max = SHORT) String at,

        @Schema(format = "date", pattern = DAY) @Pattern(regexp = DAY, message = NO_DAY) @Nullable
        String startsOn,

        @Schema(format = "date", pattern = DAY) @Pattern(regexp = DAY, message = NO_DAY) @Nullable
        String endsOn,

        @Nullable CatchUp catchUp,
        @Valid @Nullable ScheduleExpiry expires) {

    static final int LONGEST_NAME = 100;

    /** A period's label is longer than what stands for it, but never by so much that a note had more than 2,000 characters. */
    static final int LONGEST_NOTE = 500;

    static final int SHORT = 10;
    static final String DAY = "^(19[7-9][0-9]|[2-9][0-9]{3})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";
    static final String NO_DAY = "must be a date such as 2026-12-01";

    /** @param startsOnIfAbsent what {@link #startsOn} is then */
    ScheduleTerms terms(LocalDate startsOnIfAbsent) {
        return new ScheduleTerms(
                name,
                mode,
                amount,
                currency,
                referenceNote,
                every,
                day,
                ScheduleRules.time(at),
                starts(startsOnIfAbsent),
                ends(),
                Objects.requireNonNullElse(catchUp, CatchUp.ALL),
                expires == null ? null : expires.complete());
    }

    /** Fails with a 400 problem if there is no such day. */
    LocalDate starts(LocalDate ifAbsent) {
        return Objects.requireNonNullElse(day("starts_on", startsOn), ifAbsent);
    }

    /** Fails with a 400 problem if there is no such day. */
    @Nullable
    LocalDate ends() {
        return day("ends_on", endsOn);
    }

    private static @Nullable LocalDate day(String field, @Nullable String text) {
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw Problem.badRequest(field, NO_DAY).exception();
        }
    }
}
