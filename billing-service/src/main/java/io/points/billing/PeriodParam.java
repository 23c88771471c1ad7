package io.points.billing;

import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemException;
import java.time.DateTimeException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a month out of a path or query. */
public final class PeriodParam {

    private PeriodParam() {}

    /** @throws ProblemException 400 that names {@code period} */
    public static Period of(@Nullable String text) {
        try {
            return Period.parse(Objects.requireNonNullElse(text, ""));
        } catch (DateTimeException e) {
            throw Problem.badRequest("period", "must be a month in 1970 or later, such as 2026-01")
                    .exception();
        }
    }
}
