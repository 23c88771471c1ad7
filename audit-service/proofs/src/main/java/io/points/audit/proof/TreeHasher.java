package io.points.audit.proof;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The hashes of a Merkle tree: SHA-256, with the prefixes of RFC 9162, 2.1.1, which keep a leaf from being taken for a
 * node. Not for several threads at once.
 */
public final class TreeHasher {

    /** Bytes of a hash. */
    public static final int LENGTH = 32;

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final MessageDigest sha256;

    public TreeHasher() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("The JDK lacks SHA-256", e);
        }
    }

    /** The plain digest of some bytes; that of none is the root of a tree without leaves. */
    public byte[] digest(byte[] bytes) {
        return sha256.digest(bytes);
    }

    /** The hash of a leaf with that content. */
    public byte[] leaf(byte[] content) {
        sha256.update(LEAF);
        return sha256.digest(content);
    }

    /** The hash of the node above two others. */
    public byte[] node(byte[] left, byte[] right) {
        sha256.update(NODE);
        sha256.update(left);
        return sha256.digest(right);
    }
}
