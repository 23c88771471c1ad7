package io.points.audit.proof;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The right edge of a growing tree: the hashes of the complete subtrees that all leaves so far make up. That is all it
 * takes to append a leaf and to know the root, so a tree of any size is held in at most 63 hashes.
 */
public final class Frontier {

    private final TreeHasher hasher;
    private final List<byte[]> subtrees;
    private long size;

    /** A tree without leaves. */
    public Frontier(TreeHasher hasher) {
        this(hasher, 0, List.of());
    }

    /**
     * A tree that has leaves already.
     *
     * @param size how many
     * @param subtrees the hashes of {@link #nodes} of that size
     * @throws IllegalArgumentException if there are not as many hashes as a tree of that size has complete subtrees
     */
    public Frontier(TreeHasher hasher, long size, List<byte[]> subtrees) {
        if (size < 0 || Long.bitCount(size) != subtrees.size()) {
            throw new IllegalArgumentException(
                    "a tree of " + size + " leaves does not consist of " + subtrees.size() + " complete subtrees");
        }
        this.hasher = hasher;
        this.size = size;
        this.subtrees = new ArrayList<>(subtrees);
    }

    /** The complete subtrees that a tree of so many leaves consists of, the largest first. */
    public static List<Node> nodes(long size) {
        return size == 0 ? List.of() : new Range(0, size).nodes();
    }

    /**
     * Appends a leaf.
     *
     * @return the hashes of all subtrees that it completes: of itself, then of the 2, 4, 8 … leaves that end with it
     */
    public List<byte[]> append(byte[] leafHash) {
        var completed = new ArrayList<byte[]>(2);
        completed.add(leafHash);
        var hash = leafHash;
        for (long rest = size; (rest & 1) == 1; rest >>= 1) {
            hash = hasher.node(subtrees.remove(subtrees.size() - 1), hash);
            completed.add(hash);
        }
        subtrees.add(hash);
        size++;
        return completed;
    }

    /** The root of the tree as it is now. */
    public byte[] root() {
        return subtrees.isEmpty() ? hasher.digest(new byte[0]) : Range.hash(subtrees, hasher);
    }

    /** How many leaves there are. */
    public long size() {
        return size;
    }

    /** The hashes of the complete subtrees, the largest first. */
    public List<byte[]> subtrees() {
        return Collections.unmodifiableList(subtrees);
    }
}
