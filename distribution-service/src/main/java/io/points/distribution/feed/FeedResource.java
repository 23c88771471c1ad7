package io.points.distribution.feed;

import io.points.distribution.member.People;
import io.points.distribution.member.PeopleExpansion;
import io.points.distribution.member.PeoplePage;
import io.points.distribution.recognition.Recognition;
import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Caller;
import io.points.platform.web.caller.Role;
import io.points.platform.web.paging.Branches;
import io.points.platform.web.paging.Conditions;
import io.points.platform.web.paging.Page;
import io.points.platform.web.paging.PageRequest;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** What happened in the tenant, as far as the caller belongs to the audience. */
@Cancellable(false)
@TimeLimit
@Path("/api/feed")
class FeedResource {

    private final People people;
    private final Caller caller;

    FeedResource(People people, Caller caller) {
        this.people = people;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Role.MANAGER, Role.LEAD, Role.EMPLOYEE})
    @Operation(operationId = "listFeed", summary = "The feed, newest first")
    public Uni<PeoplePage<FeedRow.View>> feed(
            @Parameter(description = PeopleExpansion.MEANS, schema = @Schema(implementation = PeopleExpansion.class))
                    @QueryParam("expand")
                    @Nullable
                    String expand,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        var withPeople = People.areAskedFor(expand);
        var tenant = caller.tenantId();
        var page = PageRequest.of(limit, cursor);
        var audience = audience(tenant, caller.id(), caller.hasRole(Role.MANAGER), page.afterId());
        return Panache.withSession(() -> audience.newest(FeedRow.class, row -> row.id, page.fetch())
                        .chain(rows -> Recognition.of(rows.stream()
                                        .map(row -> row.distributionId)
                                        .filter(Objects::nonNull)
                                        .toList())
                                .map(said -> Page.of(
                                        rows,
                                        page,
                                        row -> row.id.toString(),
                                        row -> FeedRow.View.of(
                                                row,
                                                row.distributionId == null ? null : said.get(row.distributionId))))))
                .chain(items ->
                        people.beside(items, tenant, withPeople, item -> Stream.of(item.actorId(), item.receiverId())));
    }

    /** What somebody may see: what everybody sees, what they did or received, and what managers see if they are one. */
    static Branches audience(UUID tenant, UUID me, boolean isManager, @Nullable UUID after) {
        Supplier<Conditions> all = () ->
                new Conditions().and("tenant_id = :tenant", "tenant", tenant).and("id < :after", "after", after);
        var branches = new Branches("feed")
                .or(all.get().and("audience = :everybody", "everybody", FeedItem.Audience.TENANT.word()))
                .or(all.get().and("actor_id = :me", "me", me))
                .or(all.get().and("receiver_id = :me", "me", me));
        return isManager
                ? branches.or(all.get().and("audience = :managers", "managers", FeedItem.Audience.MANAGERS.word()))
                : branches;
    }
}
