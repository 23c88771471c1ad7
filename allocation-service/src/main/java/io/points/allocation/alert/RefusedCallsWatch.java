package io.points.allocation.alert;

import io.points.allocation.alert.RefusedCalls.Caller;
import io.points.http.Params;
import io.points.http.Role;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/** Hears of every refused call of this instance, whoever refused it, and keeps what is needed of it in memory. */
@ApplicationScoped
class RefusedCallsWatch {

    /** Before the door, which turns away too. */
    private static final int BEFORE_THE_DOOR = 1_001;

    private final int limit;
    private RefusedCalls heard;

    RefusedCallsWatch(AlertsConfig config) {
        limit = config.refusedCalls().limit();
        heard = new RefusedCalls(limit);
    }

    void register(@Observes Filters filters) {
        filters.register(this::watch, BEFORE_THE_DOOR);
    }

    private void watch(RoutingContext call) {
        call.addEndHandler(ended -> {
            var request = call.request();
            if (AlertRules.isRefusal(
                    request.method().name(),
                    call.normalizedPath(),
                    call.response().getStatusCode())) {
                note(call, Instant.now().truncatedTo(ChronoUnit.MICROS));
            }
        });
        call.next();
    }

    /** Who it was is known by now, or why it is not. */
    private void note(RoutingContext call, Instant now) {
        var address = Caller.at(String.valueOf(call.request().remoteAddress().hostAddress()));
        var identity = QuarkusHttpUser.getSecurityIdentity(call, null);
        if (identity == null) {
            add(address, now);
            return;
        }
        identity.subscribe().with(known -> add(caller(known, address), now), failure -> add(address, now));
    }

    /** A platform admin belongs to no tenant, whatever the token says. */
    private static Caller caller(@Nullable SecurityIdentity identity, Caller otherwise) {
        if (identity == null
                || identity.isAnonymous()
                || !(identity.getPrincipal() instanceof JsonWebToken token)
                || token.getSubject() == null) {
            return otherwise;
        }
        return new Caller(token.getSubject(), identity.hasRole(Role.PLATFORM_ADMIN) ? null : tenant(token));
    }

    private static @Nullable UUID tenant(JsonWebToken token) {
        var claim = String.valueOf(token.<Object>getClaim("tenant_id"));
        return Params.isUuid(claim) ? UUID.fromString(claim) : null;
    }

    private synchronized void add(Caller caller, Instant at) {
        heard.add(caller, at);
    }

    /** What was heard since this was asked last. */
    synchronized RefusedCalls take() {
        var taken = heard;
        heard = new RefusedCalls(limit);
        return taken;
    }

    /** It could not be kept: the next one who asks gets it. */
    synchronized void giveBack(RefusedCalls taken) {
        heard.addAll(taken);
    }
}
