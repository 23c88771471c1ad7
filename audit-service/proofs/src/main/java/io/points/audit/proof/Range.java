package io.points.audit.proof;

import java.util.ArrayList;
import java.util.List;

/**
 * Leaves next to each other that make a subtree of RFC 9162, 2.1.1, complete or not.
 *
 * @param start index of the first; a multiple of every power of two that is smaller than the number of leaves
 * @param end index after the last, greater than {@code start}
 */
public record Range(long start, long end) {

    /** The complete subtrees that it consists of, the largest first. */
    public List<Node> nodes() {
        var nodes = new ArrayList<Node>();
        for (long from = start; from < end; ) {
            int level = Long.SIZE - 1 - Long.numberOfLeadingZeros(end - from);
            nodes.add(new Node(level, from >> level));
            from += 1L << level;
        }
        return nodes;
    }

    /** The hash of a range, from those of its {@link #nodes}. */
    public static byte[] hash(List<byte[]> ofNodes, TreeHasher hasher) {
        var hash = ofNodes.get(ofNodes.size() - 1);
        for (int i = ofNodes.size() - 2; i >= 0; i--) {
            hash = hasher.node(ofNodes.get(i), hash);
        }
        return hash;
    }

    /** How many leaves the left branch of a tree has: the largest power of two below {@code leaves}, which is at least 2. */
    static long leftOf(long leaves) {
        return Long.highestOneBit(leaves - 1);
    }
}
