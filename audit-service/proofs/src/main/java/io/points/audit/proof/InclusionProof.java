package io.points.audit.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * That a leaf stands in a tree, without the rest of the tree: RFC 9162, 2.1.3.
 *
 * @param index of the leaf, from 0
 * @param size leaves of the tree
 * @param path hashes of the subtrees beside the way from the leaf up to the root
 */
public record InclusionProof(long index, long size, List<byte[]> path) {

    /**
     * The subtrees whose hashes make the path.
     *
     * @throws IllegalArgumentException if there is no such leaf in a tree of that size
     */
    public static List<Range> ranges(long index, long size) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("a tree of " + size + " leaves has no leaf " + index);
        }
        var fromTheTop = new ArrayList<Range>();
        long start = 0;
        long end = size;
        while (end - start > 1) {
            long middle = start + Range.leftOf(end - start);
            if (index < middle) {
                fromTheTop.add(new Range(middle, end));
                end = middle;
            } else {
                fromTheTop.add(new Range(start, middle));
                start = middle;
            }
        }
        Collections.reverse(fromTheTop);
        return fromTheTop;
    }

    /** Whether the leaf with that hash stands in the tree with that root: RFC 9162, 2.1.3.2. */
    public boolean proves(byte[] leafHash, byte[] root) {
        if (index < 0 || index >= size) {
            return false;
        }
        var hasher = new TreeHasher();
        long fn = index;
        long sn = size - 1;
        var hash = leafHash;
        for (var beside : path) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                hash = hasher.node(beside, hash);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                hash = hasher.node(hash, beside);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && Arrays.equals(hash, root);
    }
}
