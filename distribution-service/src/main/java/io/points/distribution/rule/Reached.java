package io.points.distribution.rule;

import io.points.distribution.rule.Rule.Then;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * That so much was given of what a rule allows that somebody is told.
 *
 * @param counts what the limit is a number of
 * @param limit of the window
 * @param used of it by now, at least 1
 * @param percent 1 … 100: it has been reached; {@link #BEYOND}: the limit was exceeded, by a rule that only tells
 */
public record Reached(Rule rule, Subject subject, Counts counts, long limit, long used, int percent) {

    /** What limits are numbers of. */
    public enum Counts {
        POINTS,
        AWARDS,
        /** Of what somebody gives. */
        PERCENT;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Comes after all percents. */
    public static final int BEYOND = 101;

    private static final int ALL = 100;

    /**
     * Of points and awards, the one of which more has been used up; empty if nobody is told of either.
     *
     * @param most points in the window; null: any
     */
    static Optional<Reached> of(Rule rule, @Nullable Long most, Subject subject, Tally given) {
        var kinds = rule.countedKinds();
        var points = most == null
                ? Optional.<Reached>empty()
                : of(rule, subject, Counts.POINTS, most, given.points(rule.per(), kinds));
        var awards = rule.awards() == null
                ? Optional.<Reached>empty()
                : of(rule, subject, Counts.AWARDS, rule.awards(), given.awards(rule.per(), kinds));
        return awards.filter(
                        it -> points.isEmpty() || it.percent() > points.get().percent())
                .or(() -> points);
    }

    /**
     * Too much of what somebody gives goes to one other.
     *
     * @param all that they have given
     * @param given of it to the other
     */
    static Optional<Reached> ofShare(Rule rule, Subject pair, Tally all, Tally given) {
        var kinds = rule.countedKinds();
        long whole = all.points(rule.per(), kinds);
        long part = Math.multiplyExact(given.points(rule.per(), kinds), ALL);
        return given.awards(rule.per(), kinds) >= rule.awardsOfAShare() && part > rule.sharePercent() * whole
                ? Optional.of(beyond(rule, pair, Counts.PERCENT, rule.sharePercent(), (part + whole - 1) / whole))
                : Optional.empty();
    }

    /** The same was given twice. */
    static Reached ofTwin(Rule rule, Subject pair) {
        return beyond(rule, pair, Counts.AWARDS, 1, 2);
    }

    private static Reached beyond(Rule rule, Subject subject, Counts counts, long limit, long used) {
        return new Reached(rule, subject, counts, limit, used, BEYOND);
    }

    private static Optional<Reached> of(Rule rule, Subject subject, Counts counts, long limit, long used) {
        if (used == 0) {
            return Optional.empty();
        }
        int percent = rule.then() == Then.ALERT && used > limit ? BEYOND : highest(rule, limit, used);
        return percent == 0 ? Optional.empty() : Optional.of(new Reached(rule, subject, counts, limit, used, percent));
    }

    /** @return 0 for none */
    private static int highest(Rule rule, long limit, long used) {
        int highest = 0;
        if (rule.alertAt() != null) {
            for (long percent : rule.alertAt()) {
                if (Math.multiplyExact(used, ALL) >= limit * percent) {
                    highest = (int) percent;
                }
            }
        }
        return highest;
    }
}
