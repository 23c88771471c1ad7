package io.points.distribution.saga;

import io.points.distribution.recognition.Recognition;
import io.points.http.Conditions;
import io.points.http.HistoryQuery;
import io.points.http.Page;
import io.points.http.PageRequest;
import io.points.http.Params;
import io.points.messaging.contract.DistributionKind;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Distributions to look at. Every query is within one tenant. */
@ApplicationScoped
class Views {

    /**
     * The distribution with its timeline.
     *
     * @param viewer who looks: what is private is shown only to those involved
     * @return null if there is no such distribution in the tenant
     */
    Uni<@Nullable DistributionView> find(UUID tenantId, UUID id, UUID viewer) {
        return Panache.withSession(
                () -> DistributionRow.<DistributionRow>find("id = ?1 and tenantId = ?2", id, tenantId)
                        .firstResult()
                        .chain(row -> row == null
                                ? Uni.createFrom().nullItem()
                                : Recognition.<Recognition>findById(id)
                                        .chain(recognition -> DistributionLog.<DistributionLog>list(
                                                        "distributionId = ?1 order by createdAt, state", id)
                                                .map(logs -> DistributionView.of(row, recognition, logs, viewer)))));
    }

    /**
     * A page of distributions, newest first. Ids are ordered by time, so the cursor is an id.
     *
     * @param onlyOwn whether only what the viewer gave or received is listed
     */
    Uni<Page<DistributionView>> page(UUID tenantId, UUID viewer, boolean onlyOwn, HistoryQuery query) {
        var page = PageRequest.of(query.limit, query.cursor);
        var kind = Params.optionalWord("kind", query.kind, DistributionKind.class);
        var conditions = new Conditions()
                .and("tenantId = :tenant", "tenant", tenantId)
                .and("fromUserId = :me or toUserId = :me", "me", onlyOwn ? viewer : null)
                .and("kind = :kind", "kind", kind == null ? null : kind.word())
                .and(
                        "fromUserId = :member or toUserId = :member",
                        "member",
                        Params.optionalUuid("member", query.member))
                .and("createdAt >= :from", "from", Params.optionalTime("from", query.from))
                .and("createdAt < :to", "to", Params.optionalTime("to", query.to))
                .and("id < :after", "after", page.afterId());
        return Panache.withSession(() -> DistributionRow.<DistributionRow>find(
                        conditions.orderBy("id desc"), conditions.values())
                .range(0, page.fetch() - 1)
                .list()
                .chain(rows -> Recognition.of(rows.stream().map(row -> row.id).toList())
                        .map(said -> Page.of(
                                rows,
                                page,
                                row -> row.id.toString(),
                                row -> DistributionView.of(row, said.get(row.id), null, viewer)))));
    }
}
