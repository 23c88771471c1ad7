package io.points.console;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which requests pass through to which service; all others end here. */
final class ApiRoutes {
    /** Bytes of a body, as the services have it. */
    static final long USUAL_BODY = 64L << 10;

    /** Bytes of the body of a batch. */
    static final long BATCH_BODY = 2L << 20;

    private static final String EVENTS = "/api/events";
    private static final String PLATFORM_EVENTS = "/api/platform/events";

    /**
     * No character of a path that one reader could take otherwise than another: no escape, no empty segment, and none of dots
     * alone. Ids, months, file names and words need no others.
     */
    private static final Pattern PLAIN = Pattern.compile("/api(?:/(?!\\.+(?:/|$))[A-Za-z0-9._~-]+)+");

    private static final Set<String> READS = Set.of("GET");
    private static final Set<String> ALL = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

    /** What is longer stands before what it begins with. */
    private static final List<ApiRoute> ROUTES = List.of(
            new ApiRoute("/api/platform/adjustments/wallets", Upstream.DISTRIBUTION, ALL, USUAL_BODY),
            new ApiRoute(PLATFORM_EVENTS, Upstream.ALLOCATION, READS, USUAL_BODY),
            new ApiRoute("/api/platform", Upstream.ALLOCATION, ALL, USUAL_BODY),
            new ApiRoute("/api/tenant", Upstream.ALLOCATION, ALL, USUAL_BODY),
            new ApiRoute("/api/allocations/alerts", Upstream.ALLOCATION, READS, USUAL_BODY),
            new ApiRoute("/api/allocations/pool/low-at", Upstream.ALLOCATION, ALL, USUAL_BODY),
            new ApiRoute("/api/allocations/requests", Upstream.ALLOCATION, ALL, USUAL_BODY),
            new ApiRoute("/api/allocations/stats", Upstream.ALLOCATION, READS, USUAL_BODY),
            new ApiRoute("/api/allocations/award-points/batch", Upstream.DISTRIBUTION, ALL, BATCH_BODY),
            new ApiRoute("/api/allocations", Upstream.DISTRIBUTION, ALL, USUAL_BODY),
            new ApiRoute("/api/recognitions", Upstream.DISTRIBUTION, ALL, USUAL_BODY),
            new ApiRoute(EVENTS, Upstream.DISTRIBUTION, READS, USUAL_BODY),
            new ApiRoute("/api/feed", Upstream.DISTRIBUTION, READS, USUAL_BODY),
            new ApiRoute("/api/members/batch", Upstream.DISTRIBUTION, ALL, BATCH_BODY),
            new ApiRoute("/api/members", Upstream.DISTRIBUTION, ALL, USUAL_BODY),
            new ApiRoute("/api/directory", Upstream.DISTRIBUTION, ALL, USUAL_BODY),
            new ApiRoute("/api/wallets", Upstream.DISTRIBUTION, READS, USUAL_BODY),
            new ApiRoute("/api/dates", Upstream.DISTRIBUTION, ALL, USUAL_BODY),
            new ApiRoute("/api/policy", Upstream.DISTRIBUTION, ALL, USUAL_BODY),
            new ApiRoute("/api/approvals", Upstream.DISTRIBUTION, ALL, USUAL_BODY),
            new ApiRoute("/api/departments/csv", Upstream.DISTRIBUTION, ALL, BATCH_BODY),
            new ApiRoute("/api/departments", Upstream.DISTRIBUTION, ALL, USUAL_BODY),
            new ApiRoute("/api/wishes", Upstream.DISTRIBUTION, ALL, USUAL_BODY),
            new ApiRoute("/api/billing", Upstream.BILLING, ALL, USUAL_BODY),
            new ApiRoute("/api/audit", Upstream.AUDIT, READS, USUAL_BODY));

    /**
     * Requests that pass.
     *
     * @param prefix the path itself, or all before a slash
     * @param upstream where they go
     * @param methods with which methods
     * @param longestBody bytes of a body, at most
     */
    record ApiRoute(String prefix, Upstream upstream, Set<String> methods, long longestBody) {
        private boolean covers(String path) {
            return path.startsWith(prefix) && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
        }
    }

    private ApiRoutes() {}

    /** A stream of hints, which goes on for minutes. */
    static boolean isStream(String path) {
        return path.equals(EVENTS) || path.equals(PLATFORM_EVENTS);
    }

    /**
     * The route of a path as it stands in the request, before anything in it is decoded.
     *
     * @param path without its query
     */
    static Optional<ApiRoute> of(String path) {
        return PLAIN.matcher(path).matches()
                ? ROUTES.stream().filter(route -> route.covers(path)).findFirst()
                : Optional.empty();
    }
}
