package io.points.platform.web.caller;

import io.points.contract.Envelope;
import io.points.platform.web.problem.ProblemException;
import io.points.platform.web.problem.Problems;
import io.points.platform.web.route.RequestKeys;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who calls, read from the verified token and nowhere else. */
@RequestScoped
public class Caller {

    /** W3C Trace Context, section 3.2.2. */
    private static final Pattern TRACEPARENT =
            Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    /** The strongest role first: under it the caller acts. */
    private static final List<String> ROLES =
            List.of(Role.PLATFORM_ADMIN, Role.MANAGER, Role.LEAD, Role.EMPLOYEE, Role.FINANCE, Role.AUDITOR);

    private final KnownCaller known;
    private final RoutingContext request;

    Caller(RoutingContext request) {
        this.known = request.get(KnownCaller.KEY);
        this.request = request;
    }

    /** The token's subject. */
    public UUID id() {
        return UUID.fromString(known.subject());
    }

    /**
     * The tenant that the token is for.
     *
     * @throws ProblemException 403 if the token has no tenant
     */
    public UUID tenantId() {
        var tenant = known.tenantId();
        if (tenant == null) {
            throw Problems.noTenant().exception();
        }
        request.put(RequestKeys.TENANT, tenant.toString());
        return tenant;
    }

    /** Until when the token is worth something. */
    public Instant expiry() {
        return known.expiry();
    }

    public boolean hasRole(String role) {
        return known.roles().contains(role);
    }

    /** The strongest role of the caller. */
    public @Nullable String role() {
        return ROLES.stream().filter(this::hasRole).findFirst().orElse(null);
    }

    /** What the messages of this request carry as their actor. A trace is taken over from the request or begun here. */
    public Envelope.Actor actor() {
        return new Envelope.Actor(id().toString(), role(), traceparent());
    }

    private String traceparent() {
        String begun = request.get(RequestKeys.TRACE);
        if (begun != null) {
            return begun;
        }
        begun = givenTraceparent(request);
        if (begun == null) {
            // Its last flag is 0, because it is not recorded.
            var trace = UUID.randomUUID();
            begun = String.format(
                    Locale.ROOT,
                    "00-%016x%016x-%016x-00",
                    trace.getMostSignificantBits(),
                    trace.getLeastSignificantBits(),
                    UUID.randomUUID().getMostSignificantBits());
        }
        request.put(RequestKeys.TRACE, begun);
        return begun;
    }

    /** The trace that a request comes with, or null. */
    public static @Nullable String givenTraceparent(RoutingContext request) {
        var given = request.request().getHeader("traceparent");
        return given != null && TRACEPARENT.matcher(given).matches() ? given : null;
    }
}
