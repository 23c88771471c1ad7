package io.points.bench;

import java.time.Duration;
import java.util.Locale;

/**
 * A workload, and what the system still had to do for it after its last answer.
 *
 * @param sample what the callers saw
 * @param untilSettled from the workload's beginning until all books had its awards
 * @param answered what it had cost when the last answer was read
 * @param settled what it had cost when all books had its awards
 */
record Measured(Sample sample, Duration untilSettled, Cost answered, Cost settled) {

    /** Awards per second, as the callers see it. */
    double perSecond() {
        return sample.perSecond();
    }

    /** Awards per second that the system can keep up: audited, billed and counted. */
    double perSecondUntilSettled() {
        return sample.awards() / (untilSettled.toNanos() / 1e9);
    }

    /** Processor time of the system for an award until all books have it, in ms. */
    double millisOfProcessor() {
        return settled.system().toNanos() / 1e6 / Math.max(1, sample.awards());
    }

    /** Which part of the machine the system and the load generator kept busy until the last answer, 0 to 1. */
    double busy() {
        double used =
                answered.used().values().stream().mapToLong(Duration::toNanos).sum();
        return used / sample.time().toNanos() / Runtime.getRuntime().availableProcessors();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.0f/s until all books have them; %.0f %% of the machine busy; %s",
                perSecondUntilSettled(),
                busy() * 100,
                settled.perAward(sample.awards()));
    }
}
