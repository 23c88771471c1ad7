package io.points.platform.web.paging;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param nextCursor where the next page begins; null on the last one
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Page<T>(List<T> items, @Nullable String nextCursor) {

    /**
     * Makes a page of what {@link PageRequest#fetch} rows gave.
     *
     * @param rows at most one more than the page holds
     * @param position what the cursor of a row says
     */
    public static <R, T> Page<T> of(
            List<R> rows, PageRequest request, Function<R, String> position, Function<R, T> view) {
        var more = rows.size() > request.limit();
        var shown = more ? rows.subList(0, request.limit()) : rows;
        return new Page<>(
                shown.stream().map(view).toList(),
                more ? PageRequest.cursor(position.apply(shown.get(shown.size() - 1))) : null);
    }
}
