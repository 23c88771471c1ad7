package io.points.distribution.wallet;

import io.points.platform.money.AlsoText;
import io.points.platform.time.BusinessTime;
import io.points.platform.web.problem.Problem;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What of all members' points lapses when.
 *
 * @param days of earned points, the earliest first
 * @param budgets the same of what leads have to give on
 */
@Schema(name = "ExpiringOfAll")
record ExpiringView(List<Day> days, List<Day> budgets) {

    static final String DAY = "^(19[7-9][0-9]|[2-9][0-9]{3})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";

    private static final int USUAL_DAYS = 90;

    /**
     * Points that can be used until the same day.
     *
     * @param members who have some of them
     */
    @Schema(name = "ExpiringDay")
    record Day(
            @Schema(implementation = String.class, format = "date")
            LocalDate expiresOn,

            @AlsoText long points,
            int members) {}

    /** @throws io.points.platform.web.problem.ProblemException 400 that names the parameter */
    static LocalDate until(@Nullable String text) {
        if (text == null) {
            return LocalDate.ofInstant(BusinessTime.now(), ZoneOffset.UTC).plusDays(USUAL_DAYS);
        }
        if (text.matches(DAY)) {
            try {
                return LocalDate.parse(text);
            } catch (DateTimeException e) {
                // Such as 30 February: said below.
            }
        }
        throw Problem.badRequest("until", "must be a day in 1970 or later, such as 2027-03-31")
                .exception();
    }
}
