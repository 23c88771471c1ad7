package io.points.distribution.limit;

import io.points.distribution.rule.Rule;
import io.points.distribution.rule.Verdict.Excess;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemType;
import java.time.LocalDate;
import java.util.UUID;

/** How it is said that a rule refuses something. */
final class LimitProblems {

    private LimitProblems() {}

    /** Figures of receivers and pairs are not told: they would show what somebody else got. */
    static Problem exceeded(Excess excess, LocalDate day) {
        var rule = excess.rule();
        if (excess.twin() != null) {
            return twin(rule, excess.twin());
        }
        var problem = Problem.of(
                        409,
                        ProblemType.LIMIT_EXCEEDED.slug(),
                        "A limit of the company would be exceeded",
                        detail(excess, day))
                .with("rule", rule.id());
        if (!rule.of().isTold()) {
            return problem;
        }
        var told =
                problem.with("counts", excess.inPoints() ? "points" : "awards").with("limit", excess.limit());
        return rule.per() == null
                ? told
                : told.with("used", excess.used())
                        .with("left", excess.left())
                        .with("window", rule.per().label(day))
                        .with("resets_on", rule.per().resetsOn(day));
    }

    private static Problem twin(Rule rule, UUID twin) {
        return Problem.of(
                        409,
                        ProblemType.DUPLICATE_AWARD.slug(),
                        "The same was given shortly before",
                        "The same amount went to the same receiver within " + rule.minutes()
                                + " minutes, which rule " + rule.id()
                                + " refuses; no points were moved. Send it with \"again\": true if it is meant.")
                .with("rule", rule.id())
                .with("duplicate_of", twin);
    }

    /** Whoever is no manager gives out of the pool only what a rule allows them. */
    static Problem noAllowance() {
        return Problem.of(
                403,
                ProblemType.NO_ALLOWANCE.slug(),
                "The caller has nothing to give",
                "No rule of the company gives the caller an allowance, and only managers give out of the pool without one.");
    }

    static Problem tooManyHeld(Rule rule) {
        return Problem.of(
                        409,
                        ProblemType.TOO_MANY_HELD.slug(),
                        "Too much waits for approval",
                        "By rule " + rule.id() + " others have to approve it, but " + Judgements.MOST_HELD
                                + " distributions of the company wait for that already; no points were moved.")
                .with("rule", rule.id());
    }

    private static String detail(Excess excess, LocalDate day) {
        var rule = excess.rule();
        var what = excess.inPoints() ? " points" : " awards";
        return switch (rule.of()) {
            case AWARD ->
                "Rule " + rule.id() + " allows at most " + excess.limit() + " points at once; no points were moved.";
            case GIVER, TENANT ->
                "Rule " + rule.id() + " allows " + excess.limit() + what + " in "
                        + rule.per().label(day) + ", of which " + excess.left() + " are left; no points were moved.";
            case RECEIVER, PAIR, TWIN, MUTUAL, SHARE ->
                "Rule " + rule.id() + " allows no more to this receiver for now; no points were moved.";
        };
    }
}
