package io.points.platform.web.idempotency;

import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;

/** The headers that every order may have. */
public class CommandHeaders {

    /** Lets the request be repeated without repeating its effect. */
    @HeaderParam(Idempotency.HEADER)
    public @Nullable String idempotencyKey;

    /** RFC 7240: {@code wait=n} or {@code respond-async}. */
    @HeaderParam("Prefer")
    public @Nullable String prefer;

    @Context
    public UriInfo uri;
}
