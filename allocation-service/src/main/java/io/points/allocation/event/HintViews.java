package io.points.allocation.event;

import io.points.platform.persistence.Background;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What there is, as texts that are others once it has changed. Two statements, however many look: one for the platform, one for the
 * tenants that they look at. Each part reads rows by their key, the first ten of an index, or a thousand entries of one.
 */
@ApplicationScoped
class HintViews {

    /** What happens to an alert that is not among the newest shows in how many are open; beyond a thousand nobody counts. */
    static final String OF_PLATFORM = """
            select (select hashtextextended(string_agg(concat_ws('.', newest.id, state), ' '), 0) from (
                        select id, state from business_alerts order by id desc limit 10) newest) as newest_alerts,
                   (select count(*) from (
                        select from business_alerts where state = 'open' limit 1000) some_of_them) as open_alerts,
                   (select hashtextextended(string_agg(concat_ws('.', newest.id, state), ' '), 0) from (
                        select id, state from adjustments order by id desc limit 10) newest) as adjustments,
                   (select hashtextextended(string_agg(concat_ws('.', newest.id, state, first_approved_by), ' '), 0) from (
                        select id, state, first_approved_by from proposals order by id desc limit 10) newest) as proposals
            """;

    static final String OF_TENANTS = """
            select id, concat_ws('.', pool_version, points_allocation_balance, status, revision) as tenant
            from tenants where id = any($1)
            """;

    private static final String NONE = "0";

    private final Pool database;

    HintViews(@Background Pool database) {
        this.database = database;
    }

    /** What each of the viewers may know. */
    Uni<Map<Viewer, Map<String, String>>> of(Set<Viewer> viewers) {
        var tenants = viewers.stream()
                .flatMap(viewer -> viewer.tenants().stream())
                .distinct()
                .toArray(UUID[]::new);
        return database.preparedQuery(OF_PLATFORM)
                .execute()
                .map(rows -> ofPlatform(rows.iterator().next()))
                .chain(platform -> ofTenants(tenants).map(found -> viewers.stream()
                        .collect(Collectors.toMap(
                                viewer -> viewer, viewer -> hints(platform, viewer.tenants(), found)))));
    }

    private Uni<Map<UUID, String>> ofTenants(UUID[] tenants) {
        if (tenants.length == 0) {
            return Uni.createFrom().item(Map.of());
        }
        return database.preparedQuery(OF_TENANTS).execute(Tuple.of(tenants)).map(rows -> {
            var found = new HashMap<UUID, String>();
            rows.forEach(row -> found.put(row.getUUID("id"), row.getString("tenant")));
            return found;
        });
    }

    private static Map<String, String> ofPlatform(Row row) {
        return Map.of(
                "alerts",
                text(row.getLong("newest_alerts")) + "." + row.getLong("open_alerts"),
                "adjustments",
                text(row.getLong("adjustments")),
                "proposals",
                text(row.getLong("proposals")));
    }

    private static Map<String, String> hints(Map<String, String> platform, Set<UUID> watched, Map<UUID, String> found) {
        var hints = new HashMap<>(platform);
        watched.forEach(tenant -> hints.put("tenant:" + tenant, found.getOrDefault(tenant, NONE)));
        return hints;
    }

    private static String text(@Nullable Long found) {
        return found == null ? NONE : found.toString();
    }
}
