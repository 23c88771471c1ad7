package io.points.audit.counts;

import io.points.audit.counts.Counts.Kind;
import io.points.audit.counts.Counts.Sum;
import io.points.contract.Topic;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts leaves, one after the other. Plain Java. */
final class Counting {

    private final Map<Long, Owed> unbilled;
    private Counts counts;
    private Optional<Counts> cut = Optional.empty();

    /** What is to be billed for a version of the pool, and what was billed: signed points. */
    record Owed(long event, long entries) {

        static final Owed NOTHING = new Owed(0, 0);

        boolean isSettled() {
            return event == entries;
        }

        private Owed plus(Owed more) {
            return new Owed(Math.addExact(event, more.event), Math.addExact(entries, more.entries));
        }
    }

    /**
     * A leaf that counts.
     *
     * @param points not signed of an event, signed of a billing entry
     * @param amountMinor in the currency's minor unit; null of an event
     * @param adjusts makes up for entries of the pool before it that no event told of
     */
    record Counted(
            long leafIndex,
            Kind kind,
            long points,
            @Nullable BigInteger amountMinor,
            long poolVersion,
            Owed owed,
            boolean adjusts) {

        /** @param platform what the platform put into the pool, negative if it took it out; 0 of all that is not billed */
        static Counted event(
                long leafIndex, String type, long points, long poolVersion, long platform, boolean adjusts) {
            return new Counted(
                    leafIndex,
                    new Kind(Topic.POOL_EVENTS, type),
                    points,
                    null,
                    poolVersion,
                    new Owed(platform, 0),
                    adjusts);
        }

        static Counted entry(long leafIndex, String currency, long points, long amountMinor, long poolVersion) {
            return new Counted(
                    leafIndex,
                    new Kind(Topic.BILLING_ENTRIES, currency),
                    points,
                    BigInteger.valueOf(amountMinor),
                    poolVersion,
                    new Owed(0, points),
                    false);
        }

        private boolean isOfPool() {
            return amountMinor == null;
        }
    }

    /**
     * @param counts so far
     * @param unbilled of each version of the pool that will be counted, what is owed so far
     */
    Counting(Counts counts, Map<Long, Owed> unbilled) {
        this.counts = counts;
        this.unbilled = new HashMap<>(unbilled);
    }

    /**
     * Counts the leaves up to a tree size.
     *
     * @param leaves in their order, without those that do not count
     * @throws ArithmeticException if what is owed for a version is beyond 64 bits
     */
    void count(List<Counted> leaves, long treeSize) {
        for (var leaf : leaves) {
            if (leaf.leafIndex() > counts.treeSize()) {
                counts = counts.grown(leaf.leafIndex());
                lookForCut();
            }
            add(leaf);
        }
        counts = counts.grown(treeSize);
        lookForCut();
    }

    private void lookForCut() {
        if (counts.isWhole()) {
            cut = Optional.of(counts);
        }
    }

    private void add(Counted leaf) {
        var sum = new Sum(1, BigInteger.valueOf(leaf.points()), leaf.amountMinor());
        var before = unbilled.getOrDefault(leaf.poolVersion(), Owed.NOTHING);
        var after = before.plus(leaf.owed());
        if (!after.equals(before)) {
            unbilled.put(leaf.poolVersion(), after);
        }
        counts = counts.with(leaf.kind(), sum, counts.unbilled() + open(after) - open(before));
        if (leaf.adjusts()) {
            counts = counts.adjusted(leaf.poolVersion());
        } else if (leaf.isOfPool()) {
            counts = counts.told(leaf.poolVersion());
        }
    }

    private static int open(Owed owed) {
        return owed.isSettled() ? 0 : 1;
    }

    /** All that was counted. */
    Counts counts() {
        return counts;
    }

    /** The newest counts at which everything was whole, if there were such in what was counted now. */
    Optional<Counts> cut() {
        return cut;
    }

    /** Of each version given or changed, what is owed, though it may be settled. */
    Map<Long, Owed> unbilled() {
        return Map.copyOf(unbilled);
    }
}
