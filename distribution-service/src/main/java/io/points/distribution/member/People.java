package io.points.distribution.member;

import io.points.platform.web.input.Params;
import io.points.platform.web.paging.Page;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The names behind the ids of an answer: one more statement, for whoever asks for them. */
@ApplicationScoped
public class People {

    private static final String FIND =
            "select user_id, display_name, active from members where tenant_id = $1 and user_id = any($2)";

    private final Pool database;

    People(Pool database) {
        this.database = database;
    }

    /** Whether {@code expand} asks for them. */
    public static boolean areAskedFor(@Nullable String expand) {
        return Params.optionalWord("expand", expand, PeopleExpansion.class) != null;
    }

    /**
     * Those of the tenant's members whose ids these are.
     *
     * @param wanted whether they are asked for
     * @param ids null stands for nobody
     * @return null if they are not asked for
     */
    public Uni<@Nullable Map<UUID, Person>> of(UUID tenantId, boolean wanted, Stream<@Nullable UUID> ids) {
        if (!wanted) {
            return Uni.createFrom().nullItem();
        }
        var distinct = ids.filter(Objects::nonNull).distinct().toArray(UUID[]::new);
        return distinct.length == 0 ? Uni.createFrom().item(Map.of()) : find(tenantId, distinct);
    }

    /** A page, with those whose ids stand in its items. */
    public <T> Uni<PeoplePage<T>> beside(
            Page<T> page, UUID tenantId, boolean wanted, Function<T, Stream<@Nullable UUID>> ids) {
        return of(tenantId, wanted, page.items().stream().flatMap(ids)).map(people -> PeoplePage.of(page, people));
    }

    private Uni<Map<UUID, Person>> find(UUID tenantId, UUID[] ids) {
        return database.preparedQuery(FIND).execute(Tuple.of(tenantId, ids)).map(rows -> {
            var people = new HashMap<UUID, Person>();
            rows.forEach(row -> people.put(
                    row.getUUID("user_id"), new Person(row.getString("display_name"), row.getBoolean("active"))));
            return people;
        });
    }
}
