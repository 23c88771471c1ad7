package io.points.allocation.allocation;

import io.points.allocation.tenant.TenantViews;
import io.points.platform.web.input.Params;
import io.points.platform.web.paging.Conditions;
import io.points.platform.web.paging.HistoryQuery;
import io.points.platform.web.paging.Page;
import io.points.platform.web.paging.PageRequest;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Pages of allocations and clawbacks, newest first. Ids are ordered by time, so the cursor is an id. */
@ApplicationScoped
class AllocationHistory {

    private final TenantViews tenants;

    AllocationHistory(TenantViews tenants) {
        this.tenants = tenants;
    }

    /**
     * @param tenantId null for all tenants
     * @param kind as it was sent: one of {@link AllocationKind}; null for both
     */
    Uni<Page<Allocation>> page(@Nullable UUID tenantId, @Nullable String kind, HistoryQuery query) {
        var page = PageRequest.of(query.limit, query.cursor);
        var wanted = Params.optionalWord("kind", kind, AllocationKind.class);
        var conditions = new Conditions()
                .and("tenantId = :tenant", "tenant", tenantId)
                .and("kind = :kind", "kind", wanted == null ? null : wanted.word())
                .and("createdBy = :member", "member", Params.optionalUuid("member", query.member))
                .and("createdAt >= :from", "from", Params.optionalTime("from", query.from))
                .and("createdAt < :to", "to", Params.optionalTime("to", query.to))
                .and("id < :after", "after", page.afterId());
        return known(tenantId)
                .chain(() -> Panache.withSession(
                        () -> AllocationLog.<AllocationLog>find(conditions.orderBy("id desc"), conditions.values())
                                .range(0, page.fetch() - 1)
                                .list()))
                .map(rows -> Page.of(rows, page, log -> log.id.toString(), Allocation::of));
    }

    private Uni<Void> known(@Nullable UUID tenantId) {
        return tenantId == null
                ? Uni.createFrom().voidItem()
                : tenants.find(tenantId).replaceWithVoid();
    }
}
