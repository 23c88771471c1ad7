package io.points.distribution.wish;

import io.points.distribution.wish.WishRules.AlreadyDecided;
import io.points.distribution.wish.WishRules.AskerRequired;
import io.points.distribution.wish.WishRules.ConflictOfInterest;
import io.points.distribution.wish.WishRules.Decision;
import io.points.distribution.wish.WishRules.SecondPersonRequired;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** How it is refused over HTTP to make a wish or to decide about one. */
final class WishProblems {

    private WishProblems() {}

    /** Null if it is not. */
    static @Nullable Problem of(Decision decision) {
        if (decision instanceof AlreadyDecided decided) {
            return Problem.of(
                            409,
                            "already-decided",
                            "It has been decided already",
                            "The wish is " + decided.state().word() + ".")
                    .with("state", decided.state().word())
                    .with("decided_at", decided.at());
        }
        if (decision instanceof ConflictOfInterest) {
            return Problem.of(
                    409,
                    "conflict-of-interest",
                    "Nobody decides about what they would get",
                    "You would get the points. Another manager must decide.");
        }
        if (decision instanceof SecondPersonRequired) {
            return Problem.of(
                    409,
                    "second-person-required",
                    "Another person must decide",
                    "You have asked for it yourself. Another manager must decide; you can withdraw it.");
        }
        if (decision instanceof AskerRequired) {
            return Problem.of(
                    409,
                    "proposer-required",
                    "Only whoever asked for it can withdraw it",
                    "What another has asked for can be granted or declined.");
        }
        return null;
    }

    static Problem tooMany() {
        return Problem.of(
                409,
                ProblemType.TOO_MANY_WISHES.slug(),
                "Too many of the caller's wishes are open",
                "You have " + WishRules.MOST_OPEN
                        + " open wishes; more can be made when these are decided or withdrawn.");
    }

    static Problem invalid(String receiver) {
        return Problem.of(
                        422,
                        ProblemType.INVALID_WISH.slug(),
                        "The wish is not valid",
                        "Whoever would get the points does not fit the kind of the wish: to_user_id " + receiver + ".")
                .withError("to_user_id", receiver);
    }

    static Problem noLead() {
        return Problem.of(
                        403,
                        "forbidden",
                        "The caller's role does not allow this",
                        "Only leads have budgets, and ask for one.")
                .withError("kind", "must be nomination for whoever is no lead");
    }
}
