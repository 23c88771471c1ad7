package io.points.platform.web.paging;

import io.points.platform.web.input.Params;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which page is asked for.
 *
 * @param limit 1 … 200
 * @param after the position behind which the page begins; null for the first page
 */
public record PageRequest(int limit, @Nullable String after) {

    public static final int DEFAULT_LIMIT = 50;
    public static final int MAX_LIMIT = 200;

    /** What a cursor is written in: base 64 for URLs, RFC 4648, section 5. */
    public static final String CURSOR = "^[A-Za-z0-9_-]+$";

    /** @throws ProblemException 400 that names {@code limit} or {@code cursor} */
    public static PageRequest of(@Nullable String limit, @Nullable String cursor) {
        return new PageRequest(limit(limit, DEFAULT_LIMIT, MAX_LIMIT), cursor == null ? null : position(cursor));
    }

    /**
     * As above, of a list whose pages are short, for each of its items is much work.
     *
     * @param most on a page; also what a page has by default
     */
    public static PageRequest ofShort(@Nullable String limit, @Nullable String cursor, int most) {
        return new PageRequest(limit(limit, most, most), cursor == null ? null : position(cursor));
    }

    /** How many rows to read, to know whether there is another page. */
    public int fetch() {
        return limit + 1;
    }

    /** The position, where positions are UUIDs. */
    public @Nullable UUID afterId() {
        return position(text -> Params.uuid("cursor", text));
    }

    /** The position, where positions are numbers. */
    public @Nullable Long afterNumber() {
        return position(Long::valueOf);
    }

    /**
     * The position, where a list has one of its own.
     *
     * @param read fails with a {@link ProblemException} or an IllegalArgumentException if the text is none
     * @return null for the first page
     * @throws ProblemException 400 that names {@code cursor}
     */
    public <C> @Nullable C position(Function<String, C> read) {
        if (after == null) {
            return null;
        }
        try {
            return read.apply(after);
        } catch (ProblemException | IllegalArgumentException e) {
            throw badCursor();
        }
    }

    /** The cursor that stands for a position. */
    static String cursor(String position) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(position.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The limit, where a list has bounds of its own.
     *
     * @throws ProblemException 400 that names {@code limit}
     */
    public static int limit(@Nullable String text, int usual, int most) {
        if (text == null) {
            return usual;
        }
        var limit = Params.number(text, 1, most);
        if (limit == null) {
            throw Problem.badRequest("limit", "must be a whole number from 1 to " + most)
                    .exception();
        }
        return limit.intValue();
    }

    private static String position(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw badCursor();
        }
    }

    private static ProblemException badCursor() {
        return Problem.badRequest(
                        "cursor", "is not a valid cursor for this list; use the next_cursor of a page unchanged")
                .exception();
    }
}
