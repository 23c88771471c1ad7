package io.points.distribution.limit;

import io.points.distribution.rule.Allowances;
import io.points.distribution.rule.Giving;
import io.points.distribution.rule.Window;
import io.points.platform.outbox.Tx;
import io.points.platform.persistence.Columns;
import io.points.platform.time.BusinessTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What members may give more by their allowances in single months, in its table. */
@ApplicationScoped
class Boosts {

    private static final String OF_GIVERS = """
            select b.tenant_id, b.user_id, b.month, b.points
            from unnest($1::uuid[], $2::uuid[], $3::text[]) as n (tenant_id, user_id, month)
            join boosts b on b.tenant_id = n.tenant_id and b.user_id = n.user_id and b.month >= n.month
            """;

    private static final String INSERT = """
            insert into boosts (id, tenant_id, user_id, month, points, note, boosted_by, created_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (tenant_id, user_id, month) do nothing
            """;

    private static final String FIND = "select * from boosts where tenant_id = $1 and user_id = $2 and month = $3";

    private static final String PAGE = """
            select * from boosts where tenant_id = $1 and id < $2 and ($3::uuid is null or user_id = $3)
            order by id desc limit $4
            """;

    /** Of whom, from which month on. */
    private record Wanted(UUID tenantId, UUID userId, String month) {}

    /** By tenants, members and months; only of those who give by an allowance to which boosts are added. */
    Uni<Map<UUID, Map<UUID, Map<String, Long>>>> find(
            Tx tx, Map<UUID, Rulebook> rulebooks, Collection<Giving> givings) {
        var now = BusinessTime.now();
        var wanted = givings.stream()
                .filter(Giving::needsAllowance)
                .filter(giving -> rulebooks.containsKey(giving.tenantId()))
                .filter(giving -> Allowances.boosted(
                                rulebooks.get(giving.tenantId()).rules(), giving.giver(), giving.role())
                        .isPresent())
                .map(giving -> wanted(rulebooks.get(giving.tenantId()), giving.tenantId(), giving.giver(), now))
                .distinct()
                .toList();
        return find(tx, wanted);
    }

    /** A member's, by the months. */
    Uni<Map<String, Long>> find(Tx tx, Rulebook rulebook, UUID tenantId, UUID userId) {
        return find(tx, List.of(wanted(rulebook, tenantId, userId, BusinessTime.now())))
                .map(found -> found.getOrDefault(tenantId, Map.of()).getOrDefault(userId, Map.of()));
    }

    private static Wanted wanted(Rulebook rulebook, UUID tenantId, UUID userId, Instant now) {
        return new Wanted(tenantId, userId, Window.MONTH.label(rulebook.days().dayOf(now)));
    }

    private static Uni<Map<UUID, Map<UUID, Map<String, Long>>>> find(Tx tx, List<Wanted> wanted) {
        if (wanted.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return tx.query(
                        OF_GIVERS,
                        Columns.uuids(wanted, Wanted::tenantId),
                        Columns.uuids(wanted, Wanted::userId),
                        Columns.texts(wanted, Wanted::month))
                .map(rows -> {
                    var found = new HashMap<UUID, Map<UUID, Map<String, Long>>>();
                    rows.forEach(row -> found.computeIfAbsent(row.getUUID("tenant_id"), it -> new HashMap<>())
                            .computeIfAbsent(row.getUUID("user_id"), it -> new HashMap<>())
                            .put(row.getString("month"), row.getLong("points")));
                    return found;
                });
    }

    /** @return false if the member has one of that month already */
    Uni<Boolean> insert(Tx tx, UUID tenantId, BoostView boost) {
        return tx.query(
                        INSERT,
                        boost.boostId(),
                        tenantId,
                        boost.userId(),
                        boost.month(),
                        boost.points(),
                        boost.note(),
                        boost.boostedBy(),
                        boost.createdAt().atOffset(ZoneOffset.UTC))
                .map(rows -> rows.rowCount() > 0);
    }

    /** The one that a member has of a month. */
    Uni<BoostView> find(Tx tx, UUID tenantId, UUID userId, String month) {
        return tx.query(FIND, tenantId, userId, month)
                .map(rows -> BoostView.of(rows.iterator().next()));
    }

    /** Newest first. Ids are ordered by time. */
    Uni<List<BoostView>> page(Tx tx, UUID tenantId, @Nullable UUID userId, UUID before, int most) {
        return tx.query(PAGE, tenantId, before, userId, most).map(Boosts::views);
    }

    private static List<BoostView> views(RowSet<Row> rows) {
        var views = new ArrayList<BoostView>(rows.size());
        rows.forEach(row -> views.add(BoostView.of(row)));
        return views;
    }
}
