package io.points.allocation.alert;

import io.points.platform.web.input.Params;
import io.points.platform.web.paging.Page;
import io.points.platform.web.paging.PageRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Pages of alerts, newest first. Ids are ordered by time, so the cursor is an id. */
@ApplicationScoped
class AlertList {

    private static final UUID LAST = new UUID(-1, -1);

    private static final String ALL = """
            select * from business_alerts
            where id < $1 and ($2::text is null or kind = $2) and ($3::text is null or state = $3)
            order by id desc limit $4
            """;

    private static final String OF_TENANT = """
            select * from business_alerts
            where id < $1 and ($2::text is null or kind = $2) and ($3::text is null or state = $3) and tenant_id = $5
            order by id desc limit $4
            """;

    private final Pool database;

    AlertList(Pool database) {
        this.database = database;
    }

    /**
     * What a list is asked for, as it was sent.
     *
     * @param kind one of {@link AlertKind}
     * @param state one of {@link AlertState}
     */
    record Question(
            @Nullable String kind,
            @Nullable String state,
            @Nullable String limit,
            @Nullable String cursor) {}

    /** @param tenantId null for all of them, and the platform itself */
    Uni<Page<Alert>> page(@Nullable UUID tenantId, Question question) {
        var page = PageRequest.of(question.limit(), question.cursor());
        var kind = Params.optionalWord("kind", question.kind(), AlertKind.class);
        var state = Params.optionalWord("state", question.state(), AlertState.class);
        var arguments = new ArrayList<Object>();
        arguments.add(page.afterId() == null ? LAST : page.afterId());
        arguments.add(kind == null ? null : kind.word());
        arguments.add(state == null ? null : state.word());
        arguments.add(page.fetch());
        if (tenantId != null) {
            arguments.add(tenantId);
        }
        return database.preparedQuery(tenantId == null ? ALL : OF_TENANT)
                .execute(Tuple.from(arguments))
                .map(rows -> {
                    var found = new ArrayList<Alert>(rows.rowCount());
                    rows.forEach(row -> found.add(Alert.of(row)));
                    return Page.of(found, page, alert -> alert.alertId().toString(), alert -> alert);
                });
    }
}
