package io.points.http;

import jakarta.ws.rs.QueryParam;
import org.jspecify.annotations.Nullable;

/** The filters and the page that every history takes, as they were sent. {@link Params} and {@link PageRequest} read them. */
public class HistoryQuery {

    /** What kind of movement. */
    @QueryParam("kind")
    public @Nullable String kind;

    /** Whom it concerns. */
    @QueryParam("member")
    public @Nullable String member;

    /** Earliest time, inclusive. */
    @QueryParam("from")
    public @Nullable String from;

    /** Latest time, exclusive. */
    @QueryParam("to")
    public @Nullable String to;

    @QueryParam("limit")
    public @Nullable String limit;

    @QueryParam("cursor")
    public @Nullable String cursor;
}
