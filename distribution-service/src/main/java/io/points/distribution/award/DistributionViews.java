package io.points.distribution.award;

import io.points.contract.DistributionKind;
import io.points.platform.persistence.Coalescer;
import io.points.platform.web.input.Params;
import io.points.platform.web.paging.Branches;
import io.points.platform.web.paging.Conditions;
import io.points.platform.web.paging.HistoryQuery;
import io.points.platform.web.paging.Page;
import io.points.platform.web.paging.PageRequest;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Read models of distributions. Every query is within one tenant. */
@ApplicationScoped
class DistributionViews {

    /** A line per step of its timeline; one line if it has none yet. */
    private static final String FIND = """
            select d.*, r.message, r.value_name, r.visibility,
                   l.state as step, l.reason as step_reason, l.created_at as step_at
            from distributions d
            left join recognitions r on r.distribution_id = d.id
            left join distribution_logs l on l.distribution_id = d.id
            where d.id = any($1) order by d.id, l.created_at, l.state
            """;

    private static final String SHOW = """
            select d.*, r.message, r.value_name, r.visibility
            from unnest($1::uuid[]) with ordinality as wanted (id, place)
            join distributions d on d.id = wanted.id
            left join recognitions r on r.distribution_id = d.id
            order by wanted.place
            """;

    /** A list without a filter has the awards of a batch, not also their sum. */
    private static final String BATCH = DistributionKind.BATCH.word();

    private final Pool database;
    private final Coalescer<UUID, List<Row>> finds;

    DistributionViews(Vertx vertx, Pool database) {
        this.database = database;
        finds = new Coalescer<>(vertx, this::findAll);
    }

    /**
     * The distribution with its timeline.
     *
     * @param viewer the caller: private texts are shown only to those involved
     * @return null if there is no such distribution in the tenant
     */
    Uni<@Nullable DistributionView> find(UUID tenantId, UUID id, UUID viewer) {
        return finds.ask(id)
                .map(lines ->
                        lines.isEmpty() || !lines.get(0).getUUID("tenant_id").equals(tenantId)
                                ? null
                                : DistributionView.withTimeline(lines, viewer));
    }

    private Uni<List<List<Row>>> findAll(List<UUID> ids) {
        return database.preparedQuery(FIND)
                .execute(Tuple.of(ids.toArray(UUID[]::new)))
                .map(rows -> {
                    var found = new HashMap<UUID, List<Row>>();
                    rows.forEach(row -> found.computeIfAbsent(row.getUUID("id"), id -> new ArrayList<>())
                            .add(row));
                    return ids.stream()
                            .map(id -> found.getOrDefault(id, List.of()))
                            .toList();
                });
    }

    /**
     * A page of distributions, newest first. Ids are ordered by time, so the cursor is an id.
     *
     * @param onlyOwn whether only what the viewer gave or received is listed
     */
    Uni<Page<DistributionView>> page(
            UUID tenantId, UUID viewer, boolean onlyOwn, @Nullable String kind, HistoryQuery query) {
        var page = PageRequest.of(query.limit, query.cursor);
        var wanted = Params.optionalWord("kind", kind, DistributionKind.class);
        var member = Params.optionalUuid("member", query.member);
        Supplier<Conditions> all = () -> new Conditions()
                .and("tenant_id = :tenant", "tenant", tenantId)
                .and(wanted == null ? "kind <> :kind" : "kind = :kind", "kind", wanted == null ? BATCH : wanted.word())
                .and("created_at >= :from", "from", Params.optionalTime("from", query.from))
                .and("created_at < :to", "to", Params.optionalTime("to", query.to))
                .and("id < :after", "after", page.afterId());
        return Panache.withSession(() -> branches(all, onlyOwn ? viewer : null, member)
                        .newest(DistributionRow.class, row -> row.id, page.fetch()))
                .chain(rows -> show(rows.stream().map(row -> row.id).toList(), viewer))
                .map(views -> Page.of(views, page, view -> view.distributionId().toString(), view -> view));
    }

    private Uni<List<DistributionView>> show(List<UUID> ids, UUID viewer) {
        if (ids.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return database.preparedQuery(SHOW)
                .execute(Tuple.of(ids.toArray(UUID[]::new)))
                .map(rows -> {
                    var views = new ArrayList<DistributionView>();
                    rows.forEach(row -> views.add(DistributionView.of(row, viewer, null)));
                    return views;
                });
    }

    /** @param me whoever must have given or received it, and so must {@code member}; null for anybody */
    private static Branches branches(Supplier<Conditions> all, @Nullable UUID me, @Nullable UUID member) {
        var branches = new Branches("distributions");
        if (me == null && member == null) {
            return branches.or(all.get());
        }
        var either = me == null ? member : me;
        // A receiver does not see what never arrived.
        var received = me == null ? "to_user_id = :either" : "to_user_id = :either and state = 'COMPLETED'";
        var both = "from_user_id = :member or to_user_id = :member";
        return branches.or(all.get()
                        .and("from_user_id = :either", "either", either)
                        .and(both, "member", member))
                .or(all.get().and(received, "either", either).and(both, "member", member));
    }
}
