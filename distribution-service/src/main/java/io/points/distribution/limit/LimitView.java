package io.points.distribution.limit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.points.distribution.rule.Rule;
import io.points.distribution.rule.Subject;
import io.points.distribution.rule.Window;
import io.points.platform.money.AlsoText;
import java.time.LocalDate;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What can still be given by one limit of a rule.
 *
 * @param rule its id
 * @param of whose giving is added up: the member's own, all out of a department, or all of the company's
 * @param departmentId of which department's envelope it is, if what is given out of one is added up
 * @param from out of what it is given, if it is an allowance: {@code pool}, or {@code department:} and its id; absent if it is a limit
 * @param counts what the limit is a number of
 * @param limit of each window
 * @param used in the present one
 * @param left 0 also if more was given than the limit is by now
 * @param window the present one, such as 2026-11
 * @param then what becomes of more
 * @param resetsOn when the next begins, in the tenant's time zone
 */
@Schema(name = "Limit")
record LimitView(
        String rule,
        @Schema(implementation = Rule.Of.class) String of,
        @Schema(implementation = Window.class) String per,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID departmentId,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(pattern = Rule.FROM) @Nullable
        String from,

        @Schema(enumeration = {"points", "awards"}) String counts,
        @AlsoText long limit,
        @AlsoText long used,
        @AlsoText long left,
        @Schema(implementation = Rule.Then.class) String then,
        String window,

        @Schema(implementation = String.class, format = "date")
        LocalDate resetsOn) {

    /** @param subject whose it is */
    static LimitView of(Rule rule, Subject subject, boolean inPoints, long limit, long used, LocalDate day) {
        return new LimitView(
                rule.id(),
                rule.of().word(),
                rule.per().word(),
                rule.of() == Rule.Of.DEPARTMENT ? subject.department() : null,
                rule.from(),
                inPoints ? "points" : "awards",
                limit,
                used,
                Math.max(0, limit - used),
                rule.then().word(),
                rule.per().label(day),
                rule.per().resetsOn(day));
    }
}
