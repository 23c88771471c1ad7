package io.points.allocation.stats;

import io.points.platform.web.input.Params;
import io.points.platform.web.paging.PageRequest;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which days are asked for, as it was sent. */
public class DaysQuery {

    private static final LocalDate FIRST = LocalDate.EPOCH;
    private static final LocalDate LAST = LocalDate.of(9999, 12, 31);

    /** Earliest time, inclusive. */
    @Parameter(
            description = "From the UTC day on that has this time; since the tenant was registered if absent",
            schema = @Schema(implementation = Instant.class))
    @QueryParam("from")
    public @Nullable String from;

    /** Latest time, exclusive. */
    @Parameter(
            description = "Days that begin before this time; up to today if absent",
            schema = @Schema(implementation = Instant.class))
    @QueryParam("to")
    public @Nullable String to;

    @QueryParam("limit")
    public @Nullable String limit;

    @QueryParam("cursor")
    public @Nullable String cursor;

    /**
     * The question as it was understood.
     *
     * @param first the earliest day
     * @param last the latest one, with which the page begins
     */
    record Understood(LocalDate first, LocalDate last, PageRequest page) {}

    /** Fails with a 400 problem that names the parameter at fault. */
    Understood understood() {
        var earliest = Params.optionalTime("from", from);
        var end = Params.optionalTime("to", to);
        var page = PageRequest.of(limit, cursor);
        var after = page.position(DaysQuery::day);
        var last = end == null ? LAST : day(end.minusNanos(1));
        return new Understood(
                earliest == null ? FIRST : day(earliest),
                after == null || after.isAfter(last) ? last : after.minusDays(1),
                page);
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    private static LocalDate day(String text) {
        try {
            var day = LocalDate.parse(text);
            if (!day.isBefore(FIRST) && !day.isAfter(LAST)) {
                return day;
            }
        } catch (DateTimeParseException e) {
            // Said below.
        }
        throw new IllegalArgumentException("not a day: " + text);
    }
}
