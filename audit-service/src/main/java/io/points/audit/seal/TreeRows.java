package io.points.audit.seal;

import io.points.audit.proof.Frontier;
import io.points.audit.proof.Node;
import io.points.audit.proof.TreeHasher;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads hashes of trees: the hash of a complete subtree stands in the row of its last leaf. */
public final class TreeRows {

    private static final String HEADS = """
            select tenant.id, coalesce(leaf_index + 1, 0) as size, coalesce(tree_size, 0) as signed_size, root_hash
            from unnest($1::uuid[]) as tenant (id)
            left join lateral (select leaf_index from audit_leaf_log where tenant_id = tenant.id
                               order by leaf_index desc limit 1) as leaf on true
            left join lateral (select tree_size, root_hash from audit_checkpoint_log where tenant_id = tenant.id
                               order by tree_size desc limit 1) as checkpoint on true
            """;

    private static final String HASHES = """
            select tenant_id, leaf_index, hashes
            from unnest($1::uuid[], $2::bigint[]) as wanted (tenant_id, leaf_index)
            join audit_leaf_log using (tenant_id, leaf_index)
            """;

    private final Query query;

    /** Runs a prepared statement, within a transaction or not. */
    @FunctionalInterface
    public interface Query {
        Uni<RowSet<Row>> run(String sql, Object... arguments);
    }

    public TreeRows(Query query) {
        this.query = query;
    }

    private record LeafId(UUID tenantId, long leafIndex) {}

    /** A tree by its newest leaf and its newest checkpoint, which must agree. */
    private record Head(UUID tenantId, long size, long signedSize, byte @Nullable [] signedRoot) {

        static Head of(Row row) {
            var root = row.getBuffer("root_hash");
            return new Head(
                    row.getUUID("id"),
                    row.getLong("size"),
                    row.getLong("signed_size"),
                    root == null ? null : root.getBytes());
        }

        boolean isOf(Frontier tree) {
            return size == signedSize && (size == 0 || Arrays.equals(tree.root(), signedRoot));
        }
    }

    /** The right edges of the trees as they are now. Those that are not what was last signed are left out. */
    public Uni<Map<UUID, Frontier>> frontiers(Collection<UUID> tenants) {
        return query.run(HEADS, (Object) tenants.toArray(UUID[]::new)).chain(rows -> {
            var heads = new ArrayList<Head>();
            rows.forEach(row -> heads.add(Head.of(row)));
            var wanted = new ArrayList<LeafId>();
            heads.forEach(head -> Frontier.nodes(head.size())
                    .forEach(node -> wanted.add(new LeafId(head.tenantId(), node.lastLeaf()))));
            return hashes(wanted).map(hashes -> {
                var frontiers = new HashMap<UUID, Frontier>();
                heads.forEach(head -> frontier(head, hashes).ifPresent(tree -> frontiers.put(head.tenantId(), tree)));
                return frontiers;
            });
        });
    }

    private static Optional<Frontier> frontier(Head head, Map<LeafId, byte[]> hashes) {
        try {
            var subtrees = Frontier.nodes(head.size()).stream()
                    .map(node -> hash(head.tenantId(), node, hashes))
                    .toList();
            return Optional.of(new Frontier(new TreeHasher(), head.size(), subtrees))
                    .filter(head::isOf);
        } catch (IllegalStateException e) {
            return Optional.empty();
        }
    }

    /** The hashes of complete subtrees of one tree, in their order. */
    public Uni<List<byte[]>> hashes(UUID tenant, List<Node> nodes) {
        return hashes(nodes.stream()
                        .map(node -> new LeafId(tenant, node.lastLeaf()))
                        .toList())
                .map(hashes ->
                        nodes.stream().map(node -> hash(tenant, node, hashes)).toList());
    }

    private Uni<Map<LeafId, byte[]>> hashes(List<LeafId> wanted) {
        if (wanted.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return query.run(
                        HASHES,
                        wanted.stream().map(LeafId::tenantId).toArray(UUID[]::new),
                        wanted.stream().map(LeafId::leafIndex).toArray(Long[]::new))
                .map(rows -> {
                    var hashes = new HashMap<LeafId, byte[]>();
                    rows.forEach(row -> hashes.put(
                            new LeafId(row.getUUID("tenant_id"), row.getLong("leaf_index")),
                            row.getBuffer("hashes").getBytes()));
                    return hashes;
                });
    }

    /** The tables cannot lose a row by themselves: then somebody was at them, and what is left proves nothing. */
    private static byte[] hash(UUID tenant, Node node, Map<LeafId, byte[]> hashes) {
        var row = hashes.get(new LeafId(tenant, node.lastLeaf()));
        int from = node.level() * TreeHasher.LENGTH;
        if (row == null || row.length < from + TreeHasher.LENGTH) {
            throw new IllegalStateException(
                    "leaf " + node.lastLeaf() + " of tenant " + tenant + " lacks the hash of level " + node.level());
        }
        return Arrays.copyOfRange(row, from, from + TreeHasher.LENGTH);
    }
}
