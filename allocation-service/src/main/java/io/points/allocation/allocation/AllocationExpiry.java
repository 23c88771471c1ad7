package io.points.allocation.allocation;

import io.points.ledger.dates.Expiry;
import io.points.ledger.dates.ExpiryTerms;
import io.points.ledger.dates.Rounding;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.Problem.FieldError;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * When the points of one allocation lapse, whatever the tenant's policy says: one of {@code after}, {@code every}, {@code on} and
 * {@code never}.
 *
 * @param after as in {@link ExpiryTerms}
 * @param round as in {@link ExpiryTerms}
 * @param every as in {@link ExpiryTerms}
 * @param minDays as in {@link ExpiryTerms}
 * @param on a day after today in the tenant's time zone, at most ten years off
 * @param never true
 */
@Schema(name = "AllocationExpiry")
record AllocationExpiry(
        @Pattern(regexp = ExpiryTerms.AFTER, message = ExpiryTerms.NO_TIME) @Nullable
        String after,

        @Nullable Rounding round,

        @Pattern(regexp = ExpiryTerms.EVERY, message = ExpiryTerms.NO_DAY_OF_YEAR) @Nullable
        String every,

        @Min(value = 1, message = ExpiryTerms.NO_MIN_DAYS)
        @Max(value = ExpiryTerms.MOST_MIN_DAYS, message = ExpiryTerms.NO_MIN_DAYS)
        @Nullable
        Long minDays,

        @Schema(format = "date", pattern = DAY) @Pattern(regexp = DAY, message = NO_DAY) @Nullable
        String on,

        @Nullable Boolean never) {

    /** @param lastDay null: for ever */
    static AllocationExpiry until(@Nullable LocalDate lastDay) {
        var day = lastDay == null ? null : lastDay.toString();
        return new AllocationExpiry(null, null, null, null, day, lastDay == null ? true : null);
    }

    static final String DAY = "^[2-9][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";
    static final String NO_DAY = "must be a date such as 2026-12-31";
    private static final int MOST_YEARS = 10;

    /**
     * The last day on which points can be used that are allocated on that one; null if they stay for ever.
     *
     * @param today in the tenant's time zone
     * @throws io.points.platform.web.problem.ProblemException 400 that names each field that does not fit the others, or is no such day
     */
    @Nullable
    LocalDate lastDay(LocalDate today) {
        requireOne();
        if (on != null) {
            return day(on, today);
        }
        return never != null ? null : expiry().lastDay(today);
    }

    private Expiry expiry() {
        return terms().complete().expiry();
    }

    private ExpiryTerms terms() {
        return new ExpiryTerms(after, round, every, minDays);
    }

    private void requireOne() {
        var faults = faults();
        if (!faults.isEmpty()) {
            throw Problem.badRequest(faults.entrySet().stream()
                            .map(fault -> new FieldError(fault.getKey(), fault.getValue()))
                            .toList())
                    .exception();
        }
    }

    private Map<String, String> faults() {
        var faults = new LinkedHashMap<String, String>();
        if (on == null && never == null) {
            faults.putAll(terms().faults("expires"));
            faults.computeIfPresent("expires.after", (field, fault) -> "is required, or every, on or never");
            return faults;
        }
        if (Boolean.FALSE.equals(never)) {
            faults.put("expires.never", "must be true or absent");
        }
        if (on != null && never != null) {
            faults.put("expires.on", "must not stand beside never");
        }
        if (Stream.of(after, round, every, minDays).anyMatch(Objects::nonNull)) {
            faults.put(on == null ? "expires.never" : "expires.on", "must stand alone");
        }
        return faults;
    }

    private static LocalDate day(String text, LocalDate today) {
        LocalDate day;
        try {
            day = LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw Problem.badRequest("expires.on", NO_DAY).exception();
        }
        if (!day.isAfter(today)) {
            throw Problem.badRequest("expires.on", "must be after today, which is " + today + " for the tenant")
                    .exception();
        }
        if (day.isAfter(today.plusYears(MOST_YEARS))) {
            throw Problem.badRequest("expires.on", "must be at most " + MOST_YEARS + " years off")
                    .exception();
        }
        return day;
    }
}
