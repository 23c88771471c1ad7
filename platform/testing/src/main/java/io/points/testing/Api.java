package io.points.testing;

import io.points.platform.web.caller.Role;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A service's routes, and a tenant whose people call them.
 *
 * @param people by role; whoever is missing is somebody new
 */
public record Api(UUID tenant, Map<String, UUID> people, List<Route> routes) {

    static final List<String> ROLES =
            List.of(Role.PLATFORM_ADMIN, Role.MANAGER, Role.LEAD, Role.EMPLOYEE, Role.FINANCE, Role.AUDITOR);

    private static final Map<List<Object>, String> TOKENS = new ConcurrentHashMap<>();

    /** A token that is right for its role. */
    String token(String role) {
        return token(person(role), tenant, role);
    }

    UUID person(String role) {
        return people.getOrDefault(role, new UUID(0x4000, 0x8000_0000_0000_0000L | ROLES.indexOf(role)));
    }

    /** A token of somebody who may call the route. */
    String tokenFor(Route route) {
        return ROLES.stream()
                .filter(route.roles()::contains)
                .findFirst()
                .map(this::token)
                .orElseThrow(() -> new IllegalArgumentException("Nobody may call " + route.name()));
    }

    private static String token(UUID person, UUID tenant, String role) {
        return TOKENS.computeIfAbsent(List.of(person, tenant, role), key -> Tokens.of(person, tenant, role));
    }
}
