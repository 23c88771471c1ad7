package io.points.audit.evidence;

import io.points.audit.proof.ConsistencyProof;
import io.points.audit.proof.InclusionProof;
import io.points.audit.proof.Node;
import io.points.audit.proof.Range;
import io.points.audit.proof.TreeHasher;
import io.points.audit.seal.TreeRows;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Makes proofs from stored hashes; how many it reads grows with the tree's height, not with its size. */
@ApplicationScoped
class Proofs {

    private static final String LEAF = """
            select leaf.tenant_id, leaf.leaf_index, leaf.hashes
            from audit_log log join audit_leaf_log leaf on leaf.sequence = log.sequence
            where log.event_id = $1 and ($2::text is null or log.topic = $2)
            """;

    private final Pool database;
    private final Checkpoints checkpoints;
    private final TreeRows trees;

    Proofs(Pool database, Checkpoints checkpoints) {
        this.database = database;
        this.checkpoints = checkpoints;
        trees = new TreeRows((sql, arguments) -> database.preparedQuery(sql).execute(Tuple.from(arguments)));
    }

    /** RFC 9162, 2.1.3. Hashes are in base 64. */
    @Schema(name = "InclusionProof")
    record Inclusion(
            UUID eventId,
            UUID tenantId,
            long leafIndex,
            String leafHash,
            long treeSize,
            String rootHash,

            @Schema(description = "From the leaf up") List<String> path,

            @Schema(description = "The first signed note that covers the tree")
            String note) {}

    /** RFC 9162, 2.1.4. Hashes are in base 64. */
    @Schema(name = "ConsistencyProof")
    record Consistency(UUID tenantId, long fromSize, long toSize, String fromRoot, String toRoot, List<String> path) {}

    private record SealedLeaf(UUID tenantId, long index, byte[] hash) {}

    /**
     * That an event's record stands in its tenant's tree.
     *
     * @param topic on which the event was published; null for any
     * @param size leaves of the tree; null for all
     * @throws ProblemException 404 if no event of the topic has such a leaf, 400 if the leaf is not in a tree of that size
     */
    Uni<Inclusion> inclusion(UUID eventId, @Nullable String topic, @Nullable Long size) {
        return leaf(eventId, topic)
                .chain(leaf -> checkpoints.latest(leaf.tenantId()).chain(latest -> {
                    long of = size == null ? latest.treeSize() : size;
                    requireWithin("size", of, latest.treeSize());
                    if (of <= leaf.index()) {
                        throw Problem.badRequest("size", "must be greater than the leaf's index, " + leaf.index())
                                .exception();
                    }
                    var ranges = new ArrayList<>(InclusionProof.ranges(leaf.index(), of));
                    ranges.add(new Range(0, of));
                    return hashes(leaf.tenantId(), ranges).chain(hashes -> checkpoints
                            .earliest(leaf.tenantId(), of)
                            .map(checkpoint -> new Inclusion(
                                    eventId,
                                    leaf.tenantId(),
                                    leaf.index(),
                                    Base64Text.of(leaf.hash()),
                                    of,
                                    Base64Text.of(hashes.get(hashes.size() - 1)),
                                    Base64Text.of(hashes.subList(0, hashes.size() - 1)),
                                    checkpoint.orElse(latest).note())));
                }));
    }

    private Uni<SealedLeaf> leaf(UUID eventId, @Nullable String topic) {
        return database.preparedQuery(LEAF).execute(Tuple.of(eventId, topic)).map(rows -> {
            if (rows.rowCount() == 0) {
                throw Problem.notFound("sealed audit record").exception();
            }
            var row = rows.iterator().next();
            var hash = Arrays.copyOf(row.getBuffer("hashes").getBytes(), TreeHasher.LENGTH);
            return new SealedLeaf(row.getUUID("tenant_id"), row.getLong("leaf_index"), hash);
        });
    }

    /**
     * That a tenant's tree of {@code from} leaves is the beginning of that of {@code to}.
     *
     * @param to null for all
     * @throws ProblemException 404 if the tenant has no tree, 400 if the trees are not within it
     */
    Uni<Consistency> consistency(UUID tenantId, long from, @Nullable Long to) {
        return checkpoints.latest(tenantId).chain(latest -> {
            long upTo = to == null ? latest.treeSize() : to;
            requireWithin("to", upTo, latest.treeSize());
            requireWithin("from", from, upTo);
            var ranges = new ArrayList<>(ConsistencyProof.ranges(from, upTo));
            ranges.add(new Range(0, from));
            ranges.add(new Range(0, upTo));
            return hashes(tenantId, ranges)
                    .map(hashes -> new Consistency(
                            tenantId,
                            from,
                            upTo,
                            Base64Text.of(hashes.get(hashes.size() - 2)),
                            Base64Text.of(hashes.get(hashes.size() - 1)),
                            Base64Text.of(hashes.subList(0, hashes.size() - 2))));
        });
    }

    private static void requireWithin(String name, long size, long most) {
        if (size > most) {
            throw Problem.badRequest(name, "must be at most " + most).exception();
        }
    }

    /** The hash of each range. */
    private Uni<List<byte[]>> hashes(UUID tenantId, List<Range> ranges) {
        var nodes = new ArrayList<Node>();
        ranges.forEach(range -> nodes.addAll(range.nodes()));
        return trees.hashes(tenantId, nodes).map(hashes -> {
            var hasher = new TreeHasher();
            var ofRanges = new ArrayList<byte[]>(ranges.size());
            int at = 0;
            for (var range : ranges) {
                int count = range.nodes().size();
                ofRanges.add(Range.hash(hashes.subList(at, at + count), hasher));
                at += count;
            }
            return ofRanges;
        });
    }
}
