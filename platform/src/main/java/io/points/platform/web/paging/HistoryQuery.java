package io.points.platform.web.paging;

import io.points.platform.web.input.Params;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The filters and the page that every history takes, as they were sent. {@link Params} and {@link PageRequest} read them. */
public class HistoryQuery {

    /** Whom it concerns. */
    @QueryParam("member")
    public @Nullable String member;

    /** Earliest time, inclusive. */
    @Parameter(description = "Earliest time, inclusive", schema = @Schema(implementation = Instant.class))
    @QueryParam("from")
    public @Nullable String from;

    /** Latest time, exclusive. */
    @Parameter(description = "Latest time, exclusive", schema = @Schema(implementation = Instant.class))
    @QueryParam("to")
    public @Nullable String to;

    @QueryParam("limit")
    public @Nullable String limit;

    @QueryParam("cursor")
    public @Nullable String cursor;
}
