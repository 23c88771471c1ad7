package io.points.local.demo;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** What a demo tells, step by step, and what did not hold of it. */
final class Story {
    private final PrintStream out;
    private final List<String> faults = new ArrayList<>();
    private int step;

    Story(PrintStream out) {
        this.out = out;
    }

    /** Begins the next step. */
    void step(String text) {
        step++;
        out.println(step + ". " + text);
    }

    /** Says something about the step. */
    void say(String text) {
        out.println("  " + text);
    }

    /** Ends the step. */
    void end() {
        out.println();
    }

    void expect(boolean holds, String fault) {
        if (!holds) {
            out.println("  WRONG: " + fault);
            faults.add(fault);
        }
    }

    /** What did not hold so far, one sentence each. */
    List<String> faults() {
        return faults;
    }
}
