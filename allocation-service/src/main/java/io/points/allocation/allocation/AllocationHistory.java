package io.points.allocation.allocation;

import io.points.allocation.tenant.Tenant;
import io.points.http.Conditions;
import io.points.http.HistoryQuery;
import io.points.http.Page;
import io.points.http.PageRequest;
import io.points.http.Params;
import io.points.http.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Pages of allocations and clawbacks, newest first. Ids are ordered by time, so the cursor is an id. */
@ApplicationScoped
class AllocationHistory {

    private enum Kind {
        ALLOCATION,
        CLAWBACK
    }

    /** @param tenantId null for all tenants */
    Uni<Page<Allocation>> page(@Nullable UUID tenantId, HistoryQuery query) {
        var page = PageRequest.of(query.limit, query.cursor);
        var kind = Params.optionalWord("kind", query.kind, Kind.class);
        var conditions = new Conditions()
                .and("tenantId = :tenant", "tenant", tenantId)
                .and("kind = :kind", "kind", kind == null ? null : query.kind)
                .and("createdBy = :member", "member", Params.optionalUuid("member", query.member))
                .and("createdAt >= :from", "from", Params.optionalTime("from", query.from))
                .and("createdAt < :to", "to", Params.optionalTime("to", query.to))
                .and("id < :after", "after", page.afterId());
        return known(tenantId)
                .chain(() -> AllocationLog.<AllocationLog>find(conditions.orderBy("id desc"), conditions.values())
                        .range(0, page.fetch() - 1)
                        .list())
                .map(rows -> Page.of(rows, page, log -> log.id.toString(), Allocation::of));
    }

    private static Uni<Void> known(@Nullable UUID tenantId) {
        if (tenantId == null) {
            return Uni.createFrom().voidItem();
        }
        return Tenant.findById(tenantId)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("tenant").exception())
                .replaceWithVoid();
    }
}
