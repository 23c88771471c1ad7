package io.points.platform.web.idempotency;

import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;

/** The header that every POST may have, so that it can be repeated after a lost answer. */
public class Repeatable {

    /** Lets the request be repeated without repeating its effect. */
    @HeaderParam(Idempotency.HEADER)
    public @Nullable String idempotencyKey;

    @Context
    public UriInfo uri;
}
