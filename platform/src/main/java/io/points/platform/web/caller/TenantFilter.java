package io.points.platform.web.caller;

import io.points.platform.web.problem.Problems;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * On a route for a tenant's people, a token without a tenant is refused before anything of the request is read.
 * {@link CallerFilter} has refused those who are of no use anywhere; this is for people who have a role of the platform too.
 */
class TenantFilter {

    private final Map<Method, Boolean> ofATenant = new ConcurrentHashMap<>();

    @ServerRequestFilter
    @Nullable
    Response requireTenant(ResourceInfo route, RoutingContext request) {
        KnownCaller caller = request.get(KnownCaller.KEY);
        var lacks = caller != null
                && caller.tenantId() == null
                && ofATenant.computeIfAbsent(route.getResourceMethod(), TenantFilter::isOfATenant);
        return lacks ? Problems.response(Problems.noTenant()) : null;
    }

    private static boolean isOfATenant(Method route) {
        var own = route.getAnnotation(RolesAllowed.class);
        var roles = own == null ? route.getDeclaringClass().getAnnotation(RolesAllowed.class) : own;
        return roles != null && KnownCaller.OF_A_TENANT.containsAll(List.of(roles.value()));
    }
}
