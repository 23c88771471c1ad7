package io.points.audit.proof;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.audit.Vectors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the vectors that implementations of RFC 6962 share, and against a tree that is computed as the RFC defines it. */
class TreeTest {

    private static final int LARGEST = 70;

    /** Leaves of the trees whose proofs other verifiers are tested with, too: whole ones and others up to three levels. */
    private static final int LARGEST_OF_VECTORS = 7;

    /** The eight leaves of the vectors. */
    private static final List<String> CONTENTS =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    private static final String A = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
    private static final String B = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
    private static final String C = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";
    private static final String D = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
    private static final String E = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
    private static final String F = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7";
    private static final String G = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";
    private static final String OF_TWO = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125";

    private final TreeHasher hasher = new TreeHasher();

    @ParameterizedTest
    @CsvSource({
        "0, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "1, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "2, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "3, aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "4, d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "5, 4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "6, 76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "7, ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "8, 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    })
    void rootsAreThoseOfTheVectors(int size, String root) {
        assertEquals(root, hex(grown(vectors().subList(0, size)).root()));
    }

    @Test
    void inclusionPathsAreThoseOfTheVectors() {
        assertEquals(List.of(A, B, C), hex(inclusion(vectors(), 0, 8).path()));
        assertEquals(List.of(D, E, F), hex(inclusion(vectors(), 5, 8).path()));
        assertEquals(List.of(OF_TWO), hex(inclusion(vectors(), 2, 3).path()));
        assertEquals(List.of(), inclusion(vectors(), 0, 1).path());
    }

    @Test
    void consistencyPathsAreThoseOfTheVectors() {
        assertEquals(List.of(A, B, C), hex(consistency(vectors(), 1, 8).path()));
        assertEquals(List.of(G, E, F), hex(consistency(vectors(), 6, 8).path()));
        assertEquals(List.of(B, D), hex(consistency(vectors(), 2, 5).path()));
        assertEquals(List.of(), consistency(vectors(), 8, 8).path());
    }

    @Test
    void aTreeThatGrowsHasAtEachSizeTheRootThatTheRfcDefines() {
        var leaves = leaves(LARGEST);
        var tree = new Frontier(hasher);
        for (int size = 0; size <= LARGEST; size++) {
            assertEquals(size, tree.size());
            assertArrayEquals(defined(leaves.subList(0, size)), tree.root());
            var resumed = new Frontier(hasher, size, tree.subtrees());
            assertArrayEquals(tree.root(), resumed.root());
            assertEquals(hex(nodes(leaves, Frontier.nodes(size))), hex(tree.subtrees()));
            if (size < LARGEST) {
                tree.append(leaves.get(size));
            }
        }
    }

    @Test
    void everyLeafIsProvenToStandInEveryTreeThatHasIt() {
        var leaves = leaves(LARGEST);
        for (int size = 1; size <= LARGEST; size++) {
            var root = defined(leaves.subList(0, size));
            for (int index = 0; index < size; index++) {
                var proof = inclusion(leaves, index, size);
                assertTrue(proves(proof, leaves.get(index), root), index + " of " + size);
                assertFalse(proves(proof, leaves.get((index + 1) % LARGEST), root), index + " of " + size);
                assertFalse(proves(new InclusionProof(index + 1, size, proof.path()), leaves.get(index), root));
                assertFalse(proves(new InclusionProof(index, size, longer(proof.path())), leaves.get(index), root));
                if (!proof.path().isEmpty()) {
                    assertFalse(
                            proves(new InclusionProof(index, size, shorter(proof.path())), leaves.get(index), root));
                    assertFalse(
                            proves(new InclusionProof(index, size, changed(proof.path())), leaves.get(index), root));
                }
            }
        }
    }

    @Test
    void everyTreeIsProvenToBeTheBeginningOfEveryLargerOne() {
        var leaves = leaves(LARGEST);
        for (int to = 1; to <= LARGEST; to++) {
            var toRoot = defined(leaves.subList(0, to));
            for (int from = 1; from <= to; from++) {
                var fromRoot = defined(leaves.subList(0, from));
                var proof = consistency(leaves, from, to);
                assertTrue(proves(proof, fromRoot, toRoot), from + " to " + to);
                assertFalse(proves(proof, hasher.leaf(fromRoot), toRoot), from + " to " + to);
                assertFalse(proves(proof, fromRoot, hasher.leaf(toRoot)), from + " to " + to);
                assertFalse(proves(new ConsistencyProof(from, to, longer(proof.path())), fromRoot, toRoot));
                if (!proof.path().isEmpty()) {
                    assertFalse(proves(new ConsistencyProof(from, to, shorter(proof.path())), fromRoot, toRoot));
                    assertFalse(proves(new ConsistencyProof(from, to, changed(proof.path())), fromRoot, toRoot));
                }
            }
        }
    }

    @Test
    void aTreeWithOtherLeavesInItsMiddleIsNoContinuation() {
        var leaves = leaves(40);
        var other = new ArrayList<>(leaves);
        other.set(3, hasher.leaf(new byte[] {9}));
        var proof = consistency(other, 20, 40);
        assertFalse(proof.proves(defined(leaves.subList(0, 20)), defined(other)));
        assertTrue(proof.proves(defined(other.subList(0, 20)), defined(other)));
    }

    @Test
    void whatCannotBeProvenIsNoProof() {
        assertFalse(new InclusionProof(-1, 1, List.of())
                .proves(leaves(1).get(0), leaves(1).get(0)));
        assertFalse(new InclusionProof(1, 1, List.of())
                .proves(leaves(1).get(0), leaves(1).get(0)));
        assertFalse(new ConsistencyProof(0, 1, List.of())
                .proves(hasher.digest(new byte[0]), leaves(1).get(0)));
        assertFalse(new ConsistencyProof(2, 1, List.of())
                .proves(leaves(1).get(0), leaves(1).get(0)));
        assertFalse(new ConsistencyProof(3, 4, List.of())
                .proves(leaves(1).get(0), leaves(1).get(0)));
        assertThrows(IllegalArgumentException.class, () -> InclusionProof.ranges(-1, 3));
        assertThrows(IllegalArgumentException.class, () -> InclusionProof.ranges(3, 3));
        assertThrows(IllegalArgumentException.class, () -> ConsistencyProof.ranges(0, 3));
        assertThrows(IllegalArgumentException.class, () -> ConsistencyProof.ranges(4, 3));
        assertThrows(IllegalArgumentException.class, () -> new Frontier(hasher, 3, leaves(1)));
        assertThrows(IllegalArgumentException.class, () -> new Frontier(hasher, -1, List.of()));
    }

    private static boolean proves(InclusionProof proof, byte[] leaf, byte[] root) {
        boolean proves = proof.proves(leaf, root);
        if (proof.size() <= LARGEST_OF_VECTORS) {
            Vectors.proof("inclusion", proof.index(), leaf, proof.size(), root, proof.path(), proves);
        }
        return proves;
    }

    private static boolean proves(ConsistencyProof proof, byte[] fromRoot, byte[] toRoot) {
        boolean proves = proof.proves(fromRoot, toRoot);
        if (proof.to() <= LARGEST_OF_VECTORS) {
            Vectors.proof("consistency", proof.from(), fromRoot, proof.to(), toRoot, proof.path(), proves);
        }
        return proves;
    }

    private InclusionProof inclusion(List<byte[]> leaves, int index, int size) {
        return new InclusionProof(index, size, path(leaves, InclusionProof.ranges(index, size)));
    }

    private ConsistencyProof consistency(List<byte[]> leaves, int from, int to) {
        return new ConsistencyProof(from, to, path(leaves, ConsistencyProof.ranges(from, to)));
    }

    /** As the service makes a path: from the hashes that each leaf completed when it was appended. */
    private List<byte[]> path(List<byte[]> leaves, List<Range> ranges) {
        return ranges.stream()
                .map(range -> Range.hash(nodes(leaves, range.nodes()), hasher))
                .toList();
    }

    private List<byte[]> nodes(List<byte[]> leaves, List<Node> nodes) {
        Map<Long, List<byte[]>> completed = new HashMap<>();
        var tree = new Frontier(hasher);
        for (var leaf : leaves) {
            completed.put(tree.size(), tree.append(leaf));
        }
        return nodes.stream()
                .map(node -> completed.get(node.lastLeaf()).get(node.level()))
                .toList();
    }

    /** RFC 9162, 2.1.1, word for word. */
    private byte[] defined(List<byte[]> leaves) {
        if (leaves.isEmpty()) {
            return hasher.digest(new byte[0]);
        }
        if (leaves.size() == 1) {
            return leaves.get(0);
        }
        int k = 1;
        while (k * 2 < leaves.size()) {
            k *= 2;
        }
        return hasher.node(defined(leaves.subList(0, k)), defined(leaves.subList(k, leaves.size())));
    }

    private Frontier grown(List<byte[]> leaves) {
        var tree = new Frontier(hasher);
        leaves.forEach(tree::append);
        return tree;
    }

    private List<byte[]> vectors() {
        return CONTENTS.stream()
                .map(content -> hasher.leaf(HexFormat.of().parseHex(content)))
                .toList();
    }

    private List<byte[]> leaves(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> hasher.leaf(new byte[] {1, (byte) i}))
                .toList();
    }

    private List<byte[]> longer(List<byte[]> path) {
        var more = new ArrayList<>(path);
        more.add(hasher.leaf(new byte[0]));
        return more;
    }

    private static List<byte[]> shorter(List<byte[]> path) {
        return path.subList(0, path.size() - 1);
    }

    private static List<byte[]> changed(List<byte[]> path) {
        var other = new ArrayList<>(path);
        var last = path.get(path.size() - 1).clone();
        last[7] ^= 1;
        other.set(path.size() - 1, last);
        return other;
    }

    private static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }

    private static List<String> hex(List<byte[]> hashes) {
        return hashes.stream().map(TreeTest::hex).toList();
    }
}
