package io.points.bench;

import java.util.Locale;

/**
 * A line of the table.
 *
 * @param workload W1 … W6, or B1
 * @param what what was measured, with its unit
 * @param value the figure
 * @param target what it should be; null if it is there to compare with
 */
record Figure(String workload, String what, double value, Target target) {

    /** A bound, which the figure itself may reach. */
    record Target(boolean atLeast, double bound) {

        boolean isMetBy(double value) {
            return atLeast ? value >= bound : value <= bound;
        }

        @Override
        public String toString() {
            return (atLeast ? "≥ " : "≤ ") + number(bound);
        }
    }

    static Figure of(String workload, String what, double value) {
        return new Figure(workload, what, value, null);
    }

    static Figure atLeast(double bound, String workload, String what, double value) {
        return new Figure(workload, what, value, new Target(true, bound));
    }

    static Figure atMost(double bound, String workload, String what, double value) {
        return new Figure(workload, what, value, new Target(false, bound));
    }

    /** As a line of a Markdown table. */
    String line() {
        var wanted = target == null ? "" : target.toString();
        var met = target == null ? "" : target.isMetBy(value) ? "met" : "**missed**";
        return "| %s | %s | %s | %s | %s |".formatted(workload, what, number(value), wanted, met);
    }

    static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }
}
