package io.points.distribution.feed;

import io.points.distribution.recognition.Recognition;
import io.points.http.Caller;
import io.points.http.Conditions;
import io.points.http.Page;
import io.points.http.PageRequest;
import io.points.http.Role;
import io.points.http.TimeLimit;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.server.Cancellable;

/** What happened in the tenant, as far as the caller belongs to the audience. */
@Cancellable(false)
@TimeLimit
@Path("/api/feed")
class FeedResource {

    private static final String FOR_EVERYBODY = "audience = 'tenant' or actorId = :me or receiverId = :me";

    private final Caller caller;

    FeedResource(Caller caller) {
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Role.MANAGER, Role.LEAD, Role.EMPLOYEE})
    @Operation(summary = "The feed, newest first")
    public Uni<Page<FeedRow.View>> feed(@QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        var page = PageRequest.of(limit, cursor);
        var audience = caller.hasRole(Role.MANAGER) ? FOR_EVERYBODY + " or audience = 'managers'" : FOR_EVERYBODY;
        var conditions = new Conditions()
                .and("tenantId = :tenant", "tenant", caller.tenantId())
                .and(audience, "me", caller.id())
                .and("id < :after", "after", page.afterId());
        return Panache.withSession(() -> FeedRow.<FeedRow>find(conditions.orderBy("id desc"), conditions.values())
                .range(0, page.fetch() - 1)
                .list()
                .chain(rows -> Recognition.of(rows.stream()
                                .map(row -> row.distributionId)
                                .filter(Objects::nonNull)
                                .toList())
                        .map(said -> Page.of(
                                rows,
                                page,
                                row -> row.id.toString(),
                                row -> FeedRow.View.of(
                                        row, row.distributionId == null ? null : said.get(row.distributionId))))));
    }
}
