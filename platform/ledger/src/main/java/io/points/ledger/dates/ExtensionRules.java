package io.points.ledger.dates;

import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemType;
import java.time.LocalDate;

/** To which days points can be moved. Plain decisions, without a clock. */
public final class ExtensionRules {

    private static final int MOST_YEARS = 10;

    private ExtensionRules() {}

    /** Fails with 400 if {@code to} is more than ten years off, and with 409 if it is not later than {@code from}, or is over. */
    public static void require(LocalDate from, LocalDate to, LocalDate today) {
        if (to.isAfter(today.plusYears(MOST_YEARS))) {
            throw Problem.badRequest("to_date", "must be at most " + MOST_YEARS + " years off")
                    .exception();
        }
        if (!to.isAfter(from)) {
            throw earlier("The points can be used until " + from + " already.").exception();
        }
        if (to.isBefore(today)) {
            throw earlier("It is " + today + " for the tenant: " + to + " is over.")
                    .exception();
        }
    }

    /** 409 with that detail. */
    public static Problem earlier(String detail) {
        return Problem.of(409, ProblemType.EARLIER_DATE.slug(), ProblemType.EARLIER_DATE.meaning(), detail);
    }
}
