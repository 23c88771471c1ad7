package io.points.local.demo;

import io.points.local.LocalKeycloak;
import io.points.local.Ports;
import io.points.local.Service;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The demo's users, each with a real token, at each service of a running stack. */
final class DemoUsers {
    private final Ports ports;
    private final Map<String, String> tokens = new ConcurrentHashMap<>();

    DemoUsers(Ports ports) {
        this.ports = ports;
    }

    Api at(Service service, String user) {
        String token = tokens.computeIfAbsent(
                user,
                any -> LocalKeycloak.token(LocalKeycloak.issuer(ports.keycloak()), user, LocalKeycloak.DEMO_PASSWORD));
        return new Api(user, token, ports.url(service));
    }

    Api allocation() {
        return at(Service.ALLOCATION, "admin");
    }

    /** Who decides about what the first has proposed. */
    Api secondAdmin() {
        return at(Service.ALLOCATION, "admin-b");
    }

    Api distribution(String user) {
        return at(Service.DISTRIBUTION, user);
    }

    Api billing() {
        return at(Service.BILLING, "finance");
    }

    Api audit() {
        return at(Service.AUDIT, "auditor");
    }
}
