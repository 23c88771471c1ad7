package io.points.distribution.rule;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;

/** What a subject has given in the windows that a day is in: points and awards, of each window and kind. Unchangeable. */
public final class Tally {

    private static final int KINDS = GivingKind.values().length;

    /** How many figures of a sort there are: of each window, in their order, one of each kind. */
    public static final int SIZE = Window.values().length * KINDS;

    private final LocalDate day;
    private final long[] points;
    private final long[] awards;

    private Tally(LocalDate day, long[] points, long[] awards) {
        this.day = day;
        this.points = points;
        this.awards = awards;
    }

    /** Nothing was given. */
    public static Tally nothing(LocalDate day) {
        return new Tally(day, new long[SIZE], new long[SIZE]);
    }

    /**
     * As it was kept.
     *
     * @throws IllegalArgumentException if there are not {@link #SIZE} figures of either sort
     */
    public static Tally of(LocalDate day, Long[] points, Long[] awards) {
        if (points.length != SIZE || awards.length != SIZE) {
            throw new IllegalArgumentException("a tally has " + SIZE + " figures");
        }
        return new Tally(
                day,
                Arrays.stream(points).mapToLong(it -> it).toArray(),
                Arrays.stream(awards).mapToLong(it -> it).toArray());
    }

    /** In its windows is counted. */
    public LocalDate day() {
        return day;
    }

    /** What is left of it on a later day: windows that are over begin at 0. On an earlier day it is as it is. */
    public Tally at(LocalDate later) {
        if (!later.isAfter(day)) {
            return this;
        }
        var next = new Tally(later, points.clone(), awards.clone());
        for (var window : Window.values()) {
            if (!window.since(day).equals(window.since(later))) {
                for (var kind : GivingKind.values()) {
                    next.points[at(window, kind)] = 0;
                    next.awards[at(window, kind)] = 0;
                }
            }
        }
        return next;
    }

    /** With what is given on its day. */
    public Tally plus(GivingKind kind, long morePoints, long moreAwards) {
        var next = new Tally(day, points.clone(), awards.clone());
        for (var window : Window.values()) {
            next.points[at(window, kind)] = Math.addExact(points[at(window, kind)], morePoints);
            next.awards[at(window, kind)] = Math.addExact(awards[at(window, kind)], moreAwards);
        }
        return next;
    }

    /** Without what was counted on a day and did not happen: windows that have begun since do not have it. */
    public Tally minus(LocalDate counted, GivingKind kind, long fewerPoints, long fewerAwards) {
        var next = new Tally(day, points.clone(), awards.clone());
        for (var window : Window.values()) {
            if (window.since(counted).equals(window.since(day))) {
                next.points[at(window, kind)] -= fewerPoints;
                next.awards[at(window, kind)] -= fewerAwards;
            }
        }
        return next;
    }

    /** In the present window of this length. */
    public long points(Window window, Collection<GivingKind> kinds) {
        return sum(points, window, kinds);
    }

    /** In the present window of this length. */
    public long awards(Window window, Collection<GivingKind> kinds) {
        return sum(awards, window, kinds);
    }

    private static long sum(long[] figures, Window window, Collection<GivingKind> kinds) {
        return kinds.stream()
                .distinct()
                .mapToLong(kind -> figures[at(window, kind)])
                .sum();
    }

    private static int at(Window window, GivingKind kind) {
        return window.ordinal() * KINDS + kind.ordinal();
    }

    /** As it is kept. */
    public Long[] points() {
        return Arrays.stream(points).boxed().toArray(Long[]::new);
    }

    /** As it is kept. */
    public Long[] awards() {
        return Arrays.stream(awards).boxed().toArray(Long[]::new);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tally that
                && day.equals(that.day)
                && Arrays.equals(points, that.points)
                && Arrays.equals(awards, that.awards);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * day.hashCode() + Arrays.hashCode(points)) + Arrays.hashCode(awards);
    }

    @Override
    public String toString() {
        return day + " " + Arrays.toString(points) + " " + Arrays.toString(awards);
    }
}
