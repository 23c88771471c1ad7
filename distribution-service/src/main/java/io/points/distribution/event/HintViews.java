package io.points.distribution.event;

import io.points.platform.persistence.Background;
import io.points.platform.persistence.Columns;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What there is, as texts that are others once it has changed. Two statements, however many look: one for their tenants, one for
 * themselves. Each part reads a row by its key, or the first ten of an index.
 */
@ApplicationScoped
class HintViews {

    /** Ids are ordered by time and commits are not, so that an item may turn up behind the newest. */
    static final String OF_TENANTS = """
            select t.id,
                   (select concat_ws('.', p.version, p.revision, p.balance) from pool_balances p where p.tenant_id = t.id) as pool,
                   (select hashtextextended(string_agg(newest.id::text, ' '), 0) from (
                        select id from feed where tenant_id = t.id and audience = 'tenant'
                        order by id desc limit 10) newest) as of_all,
                   (select hashtextextended(string_agg(newest.id::text, ' '), 0) from (
                        select id from feed where tenant_id = t.id and audience = 'managers'
                        order by id desc limit 10) newest) as of_managers,
                   (select hashtextextended(string_agg(concat_ws('.', newest.id, begun_to, waiting), ' '), 0) from (
                        select id, begun_to, waiting from batches where tenant_id = t.id
                        order by id desc limit 10) newest) as batches,
                   (select hashtextextended(string_agg(concat_ws('.', newest.id, votes), ' '), 0) from (
                        select d.id, (select count(*) from approval_log v where v.distribution_id = d.id) as votes
                        from distributions d where d.tenant_id = t.id and d.state = 'HELD'
                        order by d.id desc limit 10) newest) as held,
                   (select hashtextextended(string_agg(concat_ws('.', newest.id, state), ' '), 0) from (
                        select id, state from undo_proposals where tenant_id = t.id
                        order by id desc limit 10) newest) as undos,
                   (select hashtextextended(string_agg(concat_ws('.', newest.id, state, decisions), ' '), 0) from (
                        select id, state, decisions from wishes where tenant_id = t.id
                        order by id desc limit 10) newest) as wishes
            from unnest($1::uuid[]) as t (id)
            """;

    static final String OF_VIEWERS = """
            select v.tenant_id, v.user_id,
                   (select string_agg(concat_ws('.', kind, entry_number, balance), ' ' order by kind) from wallets
                    where tenant_id = v.tenant_id and user_id = v.user_id) as wallet,
                   (select hashtextextended(string_agg(concat_ws('.', newest.id, state), ' '), 0) from (
                        select id, state from distributions where tenant_id = v.tenant_id and from_user_id = v.user_id
                        order by id desc limit 10) newest) as given,
                   (select hashtextextended(string_agg(concat_ws('.', newest.id, state, decisions), ' '), 0) from (
                        select id, state, decisions from wishes where tenant_id = v.tenant_id and asked_by = v.user_id
                        order by id desc limit 10) newest) as wishes
            from unnest($1::uuid[], $2::uuid[]) as v (tenant_id, user_id)
            """;

    private static final String NONE = "0";

    private final Pool database;

    HintViews(@Background Pool database) {
        this.database = database;
    }

    private record OfTenant(
            String pool, String ofAll, String ofManagers, String batches, String approvals, String wishes) {}

    private record Person(UUID tenant, UUID user) {}

    private record OfPerson(String wallet, String given, String wishes) {}

    /** What each of the viewers may know. */
    Uni<Map<Viewer, Map<String, String>>> of(Set<Viewer> viewers) {
        var tenants = viewers.stream().map(Viewer::tenant).distinct().toArray(UUID[]::new);
        return database.preparedQuery(OF_TENANTS)
                .execute(Tuple.of(tenants))
                .map(rows -> {
                    var found = new HashMap<UUID, OfTenant>();
                    rows.forEach(row -> found.put(row.getUUID("id"), ofTenant(row)));
                    return found;
                })
                .chain(found -> ofPeople(viewers).map(people -> viewers.stream()
                        .collect(Collectors.toMap(
                                viewer -> viewer, viewer -> hints(viewer, found.get(viewer.tenant()), people)))));
    }

    private Uni<Map<Person, OfPerson>> ofPeople(Collection<Viewer> viewers) {
        var people = viewers.stream()
                .map(viewer -> new Person(viewer.tenant(), viewer.user()))
                .distinct()
                .toList();
        return database.preparedQuery(OF_VIEWERS)
                .execute(Tuple.of(Columns.uuids(people, Person::tenant), Columns.uuids(people, Person::user)))
                .map(rows -> {
                    var found = new HashMap<Person, OfPerson>();
                    rows.forEach(row -> found.put(
                            new Person(row.getUUID("tenant_id"), row.getUUID("user_id")),
                            new OfPerson(
                                    text(row.getString("wallet")),
                                    text(row.getLong("given")),
                                    text(row.getLong("wishes")))));
                    return found;
                });
    }

    private static OfTenant ofTenant(Row row) {
        return new OfTenant(
                text(row.getString("pool")),
                text(row.getLong("of_all")),
                text(row.getLong("of_managers")),
                text(row.getLong("batches")),
                text(row.getLong("held")) + "." + text(row.getLong("undos")),
                text(row.getLong("wishes")));
    }

    private static Map<String, String> hints(Viewer viewer, OfTenant tenant, Map<Person, OfPerson> people) {
        var own = people.get(new Person(viewer.tenant(), viewer.user()));
        var hints = new HashMap<>(Map.of(
                "feed", tenant.ofAll(),
                "wallet", own.wallet(),
                "distributions", own.given(),
                "wishes", own.wishes()));
        if (viewer.isManager()) {
            hints.put("feed", tenant.ofAll() + "." + tenant.ofManagers());
            hints.put("pool", tenant.pool());
            hints.put("batches", tenant.batches());
            hints.put("approvals", tenant.approvals());
            hints.put("wishes", tenant.wishes());
        }
        return hints;
    }

    private static String text(@Nullable Object found) {
        return found == null ? NONE : found.toString();
    }
}
