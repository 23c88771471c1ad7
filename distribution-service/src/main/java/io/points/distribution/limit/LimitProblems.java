package io.points.distribution.limit;

import io.points.distribution.member.MemberRole;
import io.points.distribution.rule.Rule;
import io.points.distribution.rule.Rule.Of;
import io.points.distribution.rule.Twin;
import io.points.distribution.rule.Verdict.Excess;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** How it is said that a rule refuses something: which rule, how much of it is left, and when it counts from 0 again. */
public final class LimitProblems {

    private static final String UNMOVED = " No points were moved.";

    private LimitProblems() {}

    /**
     * @param by as whom it is given: what a receiver has got from others is told only to managers, who see all that is given
     * @param day in whose windows it was counted
     */
    static Problem exceeded(Excess excess, MemberRole by, LocalDate day, Instant now) {
        var rule = excess.rule();
        if (excess.twin() != null) {
            return twin(rule, excess.twin(), now);
        }
        boolean tellsUsed = by == MemberRole.MANAGER || !rule.of().isAboutOthers();
        var problem = Problem.of(
                        409,
                        ProblemType.LIMIT_EXCEEDED.slug(),
                        "A limit of the company would be exceeded",
                        detail(excess, day, tellsUsed) + UNMOVED)
                .with("rule", rule.id())
                .with("counts", excess.inPoints() ? "points" : "awards")
                .with("limit", excess.limit());
        if (excess.receiver() != null) {
            problem = problem.with("to_user_id", excess.receiver());
        }
        if (rule.per() == null) {
            return problem;
        }
        if (tellsUsed) {
            problem = problem.with("used", excess.used()).with("left", excess.left());
        }
        return problem.with("window", rule.per().label(day))
                .with("resets_on", rule.per().resetsOn(day));
    }

    private static String detail(Excess excess, LocalDate day, boolean tellsUsed) {
        var rule = excess.rule();
        if (rule.per() == null) {
            return "Rule " + rule.id() + " allows at most " + excess.limit() + " points at once.";
        }
        return "Rule " + rule.id() + " allows " + excess.limit() + (excess.inPoints() ? " points" : " awards")
                + toWhom(rule.of()) + " in " + rule.per().label(day)
                + (tellsUsed ? ", of which " + excess.left() + " are left" : ", and this would be more")
                + "; it counts from 0 again on " + rule.per().resetsOn(day) + ".";
    }

    private static String toWhom(Of of) {
        return switch (of) {
            case PAIR -> " by one member to one other";
            case RECEIVER -> " to one receiver";
            case DEPARTMENT -> " out of one department";
            case AWARD, GIVER, TWIN, MUTUAL, SHARE, TENANT -> "";
        };
    }

    /** Until the whole second after which it is allowed. */
    private static Problem twin(Rule rule, Twin twin, Instant now) {
        var from = now.plus(twin.left(rule.minutes()))
                .truncatedTo(ChronoUnit.SECONDS)
                .plusSeconds(1);
        return Problem.of(
                        409,
                        ProblemType.DUPLICATE_AWARD.slug(),
                        "The same was given shortly before",
                        "The same amount went to the same receiver within " + rule.minutes() + " minutes, which rule "
                                + rule.id() + " refuses until " + from + "." + UNMOVED
                                + " Send it with \"again\": true if it is meant.")
                .with("rule", rule.id())
                .with("duplicate_of", twin.id())
                .with("resets_at", from);
    }

    /** Whoever is no manager gives out of the pool only what a rule allows them. */
    static Problem noAllowance() {
        return Problem.of(
                403,
                ProblemType.NO_ALLOWANCE.slug(),
                "The caller has nothing to give",
                "No rule of the company gives the caller an allowance, and only managers give out of the pool without one.");
    }

    /** What the allowance was to be given out of is not there any more. */
    public static Problem allowanceOfClosedDepartment(Rule rule) {
        return Problem.of(
                        409,
                        ProblemType.DEPARTMENT_CLOSED.slug(),
                        "The department is closed",
                        "By rule " + rule.id() + " it would come out of a department that is closed." + UNMOVED)
                .with("rule", rule.id());
    }

    static Problem tooManyHeld(Rule rule) {
        return Problem.of(
                        409,
                        ProblemType.TOO_MANY_HELD.slug(),
                        "Too much waits for approval",
                        "By rule " + rule.id() + " others have to approve it, but " + Judgements.MOST_HELD
                                + " distributions of the company wait for that already, which is the most;"
                                + " more can wait as soon as one of them is decided." + UNMOVED)
                .with("rule", rule.id())
                .with("limit", Judgements.MOST_HELD);
    }
}
