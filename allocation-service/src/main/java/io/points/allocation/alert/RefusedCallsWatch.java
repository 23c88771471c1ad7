package io.points.allocation.alert;

import io.points.allocation.alert.RefusedCalls.Caller;
import io.points.platform.time.BusinessTime;
import io.points.platform.web.caller.ClientAddress;
import io.points.platform.web.caller.KnownCaller;
import io.points.platform.web.caller.Role;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Hears of every refused call of this instance, whoever refused it, and keeps what is needed of it in memory. */
@ApplicationScoped
class RefusedCallsWatch {

    /** Before the door, which turns away too. */
    private static final int BEFORE_THE_DOOR = 1_001;

    private final int limit;
    private final ClientAddress addresses;
    private RefusedCalls heard;

    RefusedCallsWatch(
            AlertsConfig config, @ConfigProperty(name = "points.http.trusted-proxies") Optional<List<String>> proxies) {
        addresses = new ClientAddress(proxies.orElse(List.of()));
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
                add(caller(call), BusinessTime.now());
            }
        });
        call.next();
    }

    /** A platform admin belongs to no tenant, whatever the token says. */
    private Caller caller(RoutingContext call) {
        KnownCaller known = call.get(KnownCaller.KEY);
        if (known == null) {
            return Caller.at(addresses.of(
                    String.valueOf(call.request().connection().remoteAddress().hostAddress()),
                    call.request().headers().getAll("X-Forwarded-For")));
        }
        return new Caller(known.subject(), known.roles().contains(Role.PLATFORM_ADMIN) ? null : known.tenantId());
    }

    private synchronized void add(Caller caller, Instant at) {
        heard.add(caller, at);
    }

    /** The calls counted since the last call of this method. */
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
