package io.points.chaos;

import io.points.chaos.Operation.Kind;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * What was asked and what was answered, in order, also as a file: one line per invoke, ok, fail or unknown. Safe for many
 * callers at once.
 */
final class History implements AutoCloseable {

    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(3);
    private static final long LOOK_EVERY_MILLIS = 10;

    private final long began = System.nanoTime();
    private final Map<Operation, OperationResult> outcomes = new LinkedHashMap<>();
    private final List<Operation> answered = new ArrayList<>();
    private final Map<Kind, Integer> seconds = new EnumMap<>(Kind.class);
    private final List<String> violations = new ArrayList<>();
    private final AtomicInteger awards = new AtomicInteger();
    private final AtomicInteger unknowns = new AtomicInteger();
    private final AtomicInteger repeats = new AtomicInteger();
    private final AtomicInteger peeks = new AtomicInteger();
    private final AtomicInteger limited = new AtomicInteger();
    private final AtomicInteger lateDecisions = new AtomicInteger();
    private volatile long lastAnswer;
    private final AtomicLong newestCompletedInvoke = new AtomicLong(Long.MIN_VALUE);
    private final BufferedWriter file;

    History(Path path) throws IOException {
        file = Files.newBufferedWriter(path);
    }

    /** The workload begins: from now on, awards are waited for. */
    void begin() {
        lastAnswer = System.nanoTime();
    }

    synchronized void invoke(Operation operation) {
        outcomes.put(operation, OperationResult.UNKNOWN);
        line(operation, "invoke", "");
    }

    /** An attempt got no answer that says what happened; the operation stays unknown. */
    synchronized void unknown(Operation operation, boolean first, String why) {
        if (first) {
            unknowns.incrementAndGet();
        }
        line(operation, "unknown", why);
    }

    /** @param invokedAt when the answered attempt began, by {@link System#nanoTime} */
    synchronized void answer(Operation operation, OperationResult outcome, long invokedAt) {
        var before = outcomes.put(operation, outcome);
        if (before == null || !before.isKnown()) {
            answered.add(operation);
            if (operation.kind().isAward()) {
                awards.incrementAndGet();
                lastAnswer = System.nanoTime();
            }
        }
        if (outcome.isCompleted() && operation.kind() == Kind.AWARD) {
            newestCompletedInvoke.accumulateAndGet(invokedAt, Math::max);
        }
        boolean ok = outcome.isCompleted() || outcome.isOpen();
        line(operation, ok ? "ok" : "fail", outcome.state() + " " + outcome.id());
    }

    /** Something that no fault excuses. */
    synchronized void violation(String what) {
        violations.add(what);
    }

    void repeated() {
        repeats.incrementAndGet();
    }

    void peeked() {
        peeks.incrementAndGet();
    }

    /** An earlier answered operation; null if there is none yet. */
    synchronized Operation earlier(int which) {
        return answered.isEmpty() ? null : answered.get(which % answered.size());
    }

    /** An earlier answered operation of a kind that left something, or the next one before it; null if there is none yet. */
    synchronized Operation earlier(int which, Predicate<Kind> kind) {
        int from = answered.isEmpty() ? -1 : which % answered.size();
        for (int i = from; i >= 0; i--) {
            var operation = answered.get(i);
            if (kind.test(operation.kind()) && outcomes.get(operation).id() != null) {
                return operation;
            }
        }
        return null;
    }

    /** Something was refused that takes back what was taken back already. */
    synchronized void second(Kind kind) {
        seconds.merge(kind, 1, Integer::sum);
    }

    /** How often that was. */
    synchronized int seconds(Kind kind) {
        return seconds.getOrDefault(kind, 0);
    }

    /** Something was refused because a rule's limit was reached. */
    void limited() {
        limited.incrementAndGet();
    }

    /** How often that was. */
    int timesLimited() {
        return limited.get();
    }

    /** Somebody decided about what another had decided already, or the time. */
    void lateDecision() {
        lateDecisions.incrementAndGet();
    }

    /** How often that was. */
    int lateDecisions() {
        return lateDecisions.get();
    }

    synchronized OperationResult outcome(Operation operation) {
        return outcomes.get(operation);
    }

    /** All operations with what is known of them. */
    synchronized Map<Operation, OperationResult> outcomes() {
        return new LinkedHashMap<>(outcomes);
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    /** Awards that were answered. */
    int awards() {
        return awards.get();
    }

    /** Waits for so many awards; false if none was answered for 3 minutes, so that they may never come. */
    boolean awaitAwards(int number) {
        while (awards.get() < number) {
            if (System.nanoTime() - lastAnswer > LONGEST_SILENCE.toNanos()) {
                return false;
            }
            Waits.pause(LOOK_EVERY_MILLIS);
        }
        return true;
    }

    /** Operations that for a while nobody knew the outcome of. */
    int unknowns() {
        return unknowns.get();
    }

    int repeats() {
        return repeats.get();
    }

    int peeks() {
        return peeks.get();
    }

    /** Whether an award that was asked for after that moment has been completed. */
    boolean completedSince(long moment) {
        return newestCompletedInvoke.get() - moment >= 0;
    }

    private void line(Operation operation, String what, String more) {
        try {
            file.write("%s %s %s %s %s %s%n"
                    .formatted(
                            (System.nanoTime() - began) / 1_000_000,
                            what,
                            operation.kind(),
                            operation.key(),
                            operation.amount(),
                            more));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}
