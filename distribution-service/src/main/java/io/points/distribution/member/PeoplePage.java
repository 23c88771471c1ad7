package io.points.distribution.member;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.points.platform.web.paging.Page;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list in which there are ids of people.
 *
 * @param nextCursor where the next page begins; null on the last one
 * @param people by id; null if they are not asked for
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record PeoplePage<T>(
        List<T> items,
        @Nullable String nextCursor,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<UUID, Person> people) {

    static <T> PeoplePage<T> of(Page<T> page, @Nullable Map<UUID, Person> people) {
        return new PeoplePage<>(page.items(), page.nextCursor(), people);
    }
}
