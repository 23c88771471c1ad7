package io.points.distribution.member;

import io.points.platform.outbox.Tx;
import io.points.platform.persistence.Columns;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who may receive what. Locked members keep their role until the commit. */
@ApplicationScoped
public class Directory {

    private static final String LOOK = """
            select m.tenant_id, m.user_id, m.role, m.active, m.gives_from, m.belongs_to
            from members m
            join unnest($1::uuid[], $2::uuid[]) as n (tenant_id, user_id)
              on m.tenant_id = n.tenant_id and m.user_id = n.user_id
            """;

    private static final String LOCK = LOOK + "order by m.tenant_id, m.user_id for share of m";

    /** Which member. The same person in two tenants is two members. */
    public record Key(UUID tenantId, UUID userId) {}

    /**
     * What the directory says of a member.
     *
     * @param givesFrom the departments that a manager gives from, and from nothing else; null: from any, or none
     * @param belongsTo the department that they belong to; null: to none
     */
    public record Membership(
            MemberRole role,
            boolean active,
            @Nullable Set<UUID> givesFrom,
            @Nullable UUID belongsTo) {

        public Membership(MemberRole role, boolean active) {
            this(role, active, null, null);
        }

        /** True if a distribution may reach them: a delegation a lead, an award an employee. */
        public boolean mayReceiveAs(MemberRole fitting) {
            return active && role == fitting;
        }
    }

    /** What the directory says of them at this moment; nothing of those it does not know. */
    public Uni<Map<Key, Membership>> look(Tx tx, Collection<Key> keys) {
        return query(tx, LOOK, keys);
    }

    /** Locks those of the members that exist against change, in key order. */
    public Uni<Map<Key, Membership>> lock(Tx tx, Collection<Key> keys) {
        return query(tx, LOCK, keys);
    }

    private static Uni<Map<Key, Membership>> query(Tx tx, String sql, Collection<Key> keys) {
        if (keys.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        var ordered = keys.stream()
                .distinct()
                .sorted(Comparator.comparing((Key key) -> key.tenantId().toString())
                        .thenComparing(key -> key.userId().toString()))
                .toList();
        return tx.query(sql, arguments(ordered)).map(rows -> {
            var members = new HashMap<Key, Membership>();
            rows.forEach(
                    row -> members.put(new Key(row.getUUID("tenant_id"), row.getUUID("user_id")), membership(row)));
            return members;
        });
    }

    private static Membership membership(Row row) {
        var scope = row.getArrayOfUUIDs("gives_from");
        return new Membership(
                MemberRole.of(row.getString("role")),
                row.getBoolean("active"),
                scope == null ? null : Set.of(scope),
                row.getUUID("belongs_to"));
    }

    private static Object[] arguments(List<Key> keys) {
        return new Object[] {Columns.uuids(keys, Key::tenantId), Columns.uuids(keys, Key::userId)};
    }
}
