package io.points.distribution.batch;

import io.points.distribution.approval.UndoMode;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What is taken back of awards of a batch, by what their wallets hold. No clock, no I/O.
 *
 * @param taken from whom anything is taken
 * @param tooShort whose wallets hold less than their award, those that are empty included
 */
record UndoPlan(List<Taken> taken, List<Line> tooShort, Sums sums) {

    private static final int MOST_NAMED = 100;

    /**
     * An award of the batch that has arrived.
     *
     * @param number where it stood in the request for the batch
     * @param amount 1 … 10^12 points
     * @param isReversed whether it was taken back already, by itself
     * @param held points in the wallet
     */
    record Line(int number, UUID toUserId, UUID award, long amount, boolean isReversed, long held) {}

    /** @param amount 1 … the award's amount, points */
    record Taken(Line line, long amount) {}

    /**
     * What comes of an undo.
     *
     * @param reversed awards taken back
     * @param amount points of them
     * @param missing points of awards that wallets no longer hold
     * @param alreadyReversed awards passed over because each was taken back by itself
     * @param emptyWallets awards passed over because nothing was there
     */
    record Sums(int reversed, long amount, long missing, int alreadyReversed, int emptyWallets) {

        static final Sums NONE = new Sums(0, 0, 0, 0, 0);

        /** Points of the awards that have not been taken back, whatever of them is there. */
        long outstanding() {
            return amount + missing;
        }

        Sums plus(Sums more) {
            return new Sums(
                    reversed + more.reversed,
                    amount + more.amount,
                    missing + more.missing,
                    alreadyReversed + more.alreadyReversed,
                    emptyWallets + more.emptyWallets);
        }
    }

    static UndoPlan of(List<Line> lines) {
        var taken = new ArrayList<Taken>();
        var tooShort = new ArrayList<Line>();
        var sums = Sums.NONE;
        for (var line : lines) {
            if (line.isReversed()) {
                sums = sums.plus(new Sums(0, 0, 0, 1, 0));
                continue;
            }
            long there = Math.min(line.held(), line.amount());
            if (there < line.amount()) {
                tooShort.add(line);
            }
            if (there > 0) {
                taken.add(new Taken(line, there));
            }
            sums = sums.plus(new Sums(there > 0 ? 1 : 0, there, line.amount() - there, 0, there > 0 ? 0 : 1));
        }
        return new UndoPlan(List.copyOf(taken), List.copyOf(tooShort), sums);
    }

    /** Why nothing is taken; empty if it is. */
    Optional<Problem> refusal(UndoMode mode) {
        if (taken.isEmpty() && tooShort.isEmpty()) {
            return Optional.of(problem(
                    ProblemType.ALREADY_UNDONE, "Each of its awards has been reversed already; no points were moved."));
        }
        var isRefused =
                switch (mode) {
                    case ALL_OR_NOTHING -> !tooShort.isEmpty();
                    case WHAT_IS_THERE -> taken.isEmpty();
                };
        return isRefused ? Optional.of(shortfall()) : Optional.empty();
    }

    /** Those of whom too little is there, as far as they are named. */
    List<Line> named() {
        return tooShort.subList(0, Math.min(MOST_NAMED, tooShort.size()));
    }

    private Problem shortfall() {
        var problem = problem(
                        ProblemType.SHORTFALL,
                        taken.isEmpty()
                                ? "All of the wallets are empty; no points were moved."
                                : tooShort.size()
                                        + " of the wallets hold less than their award; no points were moved. With \"mode\": \"what_is_there\" "
                                        + sums.amount() + " points are taken.")
                .with("short", tooShort.size());
        for (var line : named()) {
            problem = problem.withError(
                    "line " + line.number(),
                    "the wallet of " + line.toUserId() + " holds " + line.held() + " of " + line.amount() + " points");
        }
        return problem;
    }

    private static Problem problem(ProblemType type, String detail) {
        return Problem.of(409, type.slug(), type.meaning(), detail);
    }
}
