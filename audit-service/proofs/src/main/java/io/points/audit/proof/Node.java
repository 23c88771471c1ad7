package io.points.audit.proof;

/**
 * A complete subtree by its place: the {@code index}-th, from 0, of those that have 2^{@code level} leaves. Once its last
 * leaf is there, its hash never changes again, however much the tree grows.
 *
 * @param level 0 for a leaf
 */
public record Node(int level, long index) {

    /** The index of the leaf that completes it. */
    public long lastLeaf() {
        return ((index + 1) << level) - 1;
    }
}
