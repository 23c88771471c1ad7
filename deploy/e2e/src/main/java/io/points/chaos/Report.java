package io.points.chaos;

import io.points.chaos.Operation.Kind;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The run as one table. */
final class Report {

    private final PrintStream out;

    Report(PrintStream out) {
        this.out = out;
    }

    void print(
            Tally tally, History history, Verdict verdict, Duration underFault, Duration toRest, List<String> notMet) {
        out.println();
        row("kills", tally.killed());
        tally.kills().forEach((kind, count) -> row("  " + kind, count));
        row(
                "other faults",
                tally.others().values().stream().mapToInt(Integer::intValue).sum());
        tally.others().forEach((kind, count) -> row("  " + kind, count));
        row("awards acknowledged", history.awards());
        row("awards per second, faults and all", Math.round(history.awards() / (underFault.toMillis() / 1000.0)));
        row("operations in all", history.outcomes().size());
        row("lost", verdict.balance().lost());
        row("duplicated", verdict.balance().duplicated());
        row("negative balances", verdict.negativeBalances());
        row("cross-tenant reads", verdict.crossTenantReads());
        row("  looks at another tenant's that saw nothing", history.peeks());
        row("late debits after cancel", verdict.traffic().lateDebits());
        row("tombstones used", verdict.traffic().tombstones());
        row("frozen processes that woke up after their partitions moved", tally.zombies());
        row("duplicates suppressed", verdict.traffic().doubles());
        row("repeats under the same key that named the same", history.repeats());
        row("compensations", verdict.ended("COMPENSATED"));
        row("cancellations", verdict.ended("CANCELLED"));
        row("refusals", verdict.ended("REJECTED"));
        row("awards reversed to the pool", verdict.reversed(false));
        row("awards reversed to the budget", verdict.reversed(true));
        row("second reversals refused", history.seconds(Kind.REVERSAL));
        row("batches undone", verdict.undone());
        row("second undos refused", history.seconds(Kind.UNDO));
        verdict.inTheCourseOfMonths(tally).forEach(this::row);
        verdict.byRules().forEach(this::row);
        row("unknowns resolved", history.unknowns());
        recoveries("after a kill", tally.recoveries());
        recoveries("after a kill that met no other fault", tally.single());
        tally.kills().keySet().forEach(kind -> {
            var ofKind = tally.recoveries(kind);
            row("  " + kind + ": p50 / max, s", seconds(ofKind.within(0.5)) + " / " + seconds(ofKind.within(1)));
        });
        row("from the last fault to rest, s", seconds(toRest));
        out.println();
        verdict.broken().forEach(broken -> out.println("BROKEN: " + broken));
        notMet.forEach(what -> out.println("NOT MET, so the run proves nothing: " + what));
        if (verdict.broken().isEmpty()) {
            out.println("Every promise was kept.");
        }
    }

    private void recoveries(String which, Recoveries recoveries) {
        row("recoveries " + which, recoveries.count());
        row("  p50, s", seconds(recoveries.within(0.5)));
        row("  p99, s", seconds(recoveries.within(0.99)));
        row("  max, s", seconds(recoveries.within(1)));
    }

    private void row(String what, Object figure) {
        out.println("| %-60s | %12s |".formatted(what, figure));
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f", time.toMillis() / 1000.0);
    }
}
