package io.points.bench;

import static io.points.bench.Subject.FEW;
import static io.points.bench.Subject.MANY;

import java.io.PrintStream;
import java.util.function.Function;

/** This revision beside another: each workload on the one and at once on the other, round by round. */
final class Comparison {

    private static final int SOME = 16;

    private final Subject mine;
    private final Subject theirs;
    private final Ratios ratios;
    private final PrintStream out;

    Comparison(Subject mine, Subject theirs, Ratios ratios, PrintStream out) {
        this.mine = mine;
        this.theirs = theirs;
        this.ratios = ratios;
        this.out = out;
    }

    /** What both gave. */
    private record Pair<T>(T mine, T theirs) {}

    void run(int rounds) {
        for (int round = 1; round <= rounds; round++) {
            out.println("Round " + round + " of " + rounds + ".");
            boolean first = round % 2 == 1;
            closed(first);
            constantRate(first);
            singleCaller(first);
            campaigns(first);
        }
    }

    private <T> Pair<T> both(boolean mineFirst, Function<Subject, T> workload) {
        if (mineFirst) {
            var one = workload.apply(mine);
            return new Pair<>(one, workload.apply(theirs));
        }
        var other = workload.apply(theirs);
        return new Pair<>(workload.apply(mine), other);
    }

    private void closed(boolean mineFirst) {
        var some = both(mineFirst, subject -> subject.hot("W1, 16 connections", SOME));
        ratios.add(
                "W1",
                "awards/s, 16 connections",
                some.mine().perSecond(),
                some.theirs().perSecond());
        var few = both(mineFirst, subject -> subject.hot("W1, 64 connections", FEW));
        ratios.atLeast(
                2,
                "W1",
                "awards/s, 64 connections",
                few.mine().perSecond(),
                few.theirs().perSecond());
        settled("64 connections", few);
        var many = both(mineFirst, subject -> subject.hot("W1, 256 connections", MANY));
        ratios.atLeast(
                1.8,
                "W1",
                "awards/s, 256 connections",
                many.mine().perSecond(),
                many.theirs().perSecond());
        settled("256 connections", many);
        var all = both(mineFirst, Subject::manyTenants);
        ratios.add(
                "W2",
                "awards/s, 100 tenants",
                all.mine().perSecond(),
                all.theirs().perSecond());
    }

    private void settled(String of, Pair<Measured> pair) {
        ratios.add(
                "W1",
                "awards/s until all books have them, " + of,
                pair.mine().perSecondUntilSettled(),
                pair.theirs().perSecondUntilSettled());
        ratios.add(
                "W1",
                "processor time of an award, ms, " + of,
                pair.mine().millisOfProcessor(),
                pair.theirs().millisOfProcessor());
    }

    private void constantRate(boolean mineFirst) {
        var pair = both(mineFirst, Subject::constantRate);
        ratios.atMost(0.5, "W3", "100 awards/s: p50, ms", millis(pair.mine(), 50), millis(pair.theirs(), 50));
        ratios.atMost(0.5, "W3", "100 awards/s: p99, ms", millis(pair.mine(), 99), millis(pair.theirs(), 99));
        ratios.atMost(
                0.5,
                "W3",
                "100 awards/s: processor time of an award, ms",
                pair.mine().millisOfProcessor(),
                pair.theirs().millisOfProcessor());
        ratios.add(
                "W3",
                "100 awards/s: the machine is busy, %",
                pair.mine().busy() * 100,
                pair.theirs().busy() * 100);
    }

    private void singleCaller(boolean mineFirst) {
        var pair = both(mineFirst, subject -> subject.hot("W8, a single caller", 1));
        ratios.atMost(0.42, "W8", "a single caller: p50, ms", millis(pair.mine(), 50), millis(pair.theirs(), 50));
        ratios.atMost(0.4, "W8", "a single caller: p99, ms", millis(pair.mine(), 99), millis(pair.theirs(), 99));
        ratios.add(
                "W8",
                "a single caller: processor time of an award, ms",
                pair.mine().millisOfProcessor(),
                pair.theirs().millisOfProcessor());
    }

    private static double millis(Measured measured, double percentile) {
        return measured.sample().millis(percentile);
    }

    /** All against the other's rate by one debit until final, which is the one that a customer feels today. */
    private void campaigns(boolean mineFirst) {
        var one = both(mineFirst, subject -> subject.campaigns(Subject.ONE_DEBIT));
        var each = both(mineFirst, subject -> subject.campaigns(Subject.EACH));
        double reference = one.theirs().untilFinal();
        ratios.atLeast(1.15, "W4", "receivers/s by one debit", one.mine().untilFinal(), reference);
        ratios.atLeast(
                0.75,
                "W4",
                "receivers/s by one debit until all books have them, against the other's by one debit",
                one.mine().untilSettled(),
                reference);
        ratios.atLeast(
                0.4,
                "W4",
                "receivers/s each by its own, against the other's by one debit",
                each.mine().untilFinal(),
                reference);
        ratios.add(
                "W4",
                "receivers/s by one debit until all books have them",
                one.mine().untilSettled(),
                one.theirs().untilSettled());
        ratios.add(
                "W4",
                "receivers/s each by its own",
                each.mine().untilFinal(),
                each.theirs().untilFinal());
    }
}
