package io.points.audit.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * That a tree is the beginning of a larger one, so that nothing in it was changed, moved or taken out: RFC 9162, 2.1.4.
 *
 * @param from leaves of the smaller tree
 * @param to leaves of the larger tree
 * @param path hashes of subtrees of the larger tree
 */
public record ConsistencyProof(long from, long to, List<byte[]> path) {

    /**
     * The subtrees whose hashes make the path.
     *
     * @throws IllegalArgumentException unless 1 ≤ {@code from} ≤ {@code to}
     */
    public static List<Range> ranges(long from, long to) {
        if (from < 1 || from > to) {
            throw new IllegalArgumentException("there is no proof from " + from + " to " + to + " leaves");
        }
        var fromTheTop = new ArrayList<Range>();
        long start = 0;
        long end = to;
        while (from < end) {
            long middle = start + Range.leftOf(end - start);
            if (from <= middle) {
                fromTheTop.add(new Range(middle, end));
                end = middle;
            } else {
                fromTheTop.add(new Range(start, middle));
                start = middle;
            }
        }
        if (start > 0) {
            fromTheTop.add(new Range(start, end));
        }
        Collections.reverse(fromTheTop);
        return fromTheTop;
    }

    /** Whether the tree with the first root is the beginning of that with the second: RFC 9162, 2.1.4.2. */
    public boolean proves(byte[] fromRoot, byte[] toRoot) {
        if (from < 1 || from > to) {
            return false;
        }
        if (from == to) {
            return path.isEmpty() && Arrays.equals(fromRoot, toRoot);
        }
        var hashes = new ArrayList<byte[]>();
        if (Long.bitCount(from) == 1) {
            hashes.add(fromRoot);
        }
        hashes.addAll(path);
        if (hashes.isEmpty()) {
            return false;
        }
        var hasher = new TreeHasher();
        int below = Long.numberOfTrailingZeros(from);
        long fn = (from - 1) >> below;
        long sn = (to - 1) >> below;
        var first = hashes.get(0);
        var second = first;
        for (var hash : hashes.subList(1, hashes.size())) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                first = hasher.node(hash, first);
                second = hasher.node(hash, second);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                second = hasher.node(second, hash);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && Arrays.equals(first, fromRoot) && Arrays.equals(second, toRoot);
    }
}
