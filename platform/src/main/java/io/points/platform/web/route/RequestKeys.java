package io.points.platform.web.route;

/** Under which names a request carries what log lines and traces say of it. */
public final class RequestKeys {

    /** Its traceparent. */
    public static final String TRACE = "points.traceparent";

    /** Its caller's tenant. */
    public static final String TENANT = "points.tenant";

    private RequestKeys() {}
}
