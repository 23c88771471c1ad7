package io.points.testing;

import io.points.platform.web.caller.Role;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** As {@link RouteMatrix}, for routes that act within the tenant of the token: no tenant sees anything of another. */
public abstract class TenantRouteMatrix extends RouteMatrix {

    /** The second tenant: the same objects and people as the first has, as its own. */
    protected abstract Neighbour neighbour();

    /**
     * Another tenant.
     *
     * @param api the same routes, with its own objects in their paths
     * @param person a member whom the first tenant may name in vain
     */
    public record Neighbour(Api api, UUID person) {
        private Route its(Route route) {
            return api.routes().stream()
                    .filter(it -> it.name().equals(route.name()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void whoHasNoTenantActsInNone() {
        var inOneHour = Instant.now().plusSeconds(3_600);
        for (var route : api.routes()) {
            if (!route.isOfATenant()) {
                continue;
            }
            for (var role : route.roles()) {
                for (var tenant : new String[] {null, "", "triton", "null", "1-1-1-1-1", new UUID(0, 0).toString()}) {
                    var token = Tokens.of(api.person(role), tenant, "points-api", inOneHour, role);
                    assert403(
                            route,
                            role + " of tenant " + tenant,
                            "no-tenant",
                            route.ask().by(token));
                    assert403(
                            route,
                            role + " of tenant " + tenant + ", who sends a garbled body,",
                            "no-tenant",
                            route.askGarbled().by(token));
                }
                assertTenantFirst(route, role, inOneHour);
            }
        }
        findings.assertNone();
    }

    /** Whoever has another role too, for which no tenant is needed, is told of the tenant first all the same. */
    private void assertTenantFirst(Route route, String role, Instant inOneHour) {
        var token = Tokens.of(api.person(role), null, "points-api", inOneHour, role, Role.FINANCE);
        assert403(route, role + " of finance", "no-tenant", route.askGarbled().by(token));
        for (var parameter : route.ids().keySet()) {
            var ask = route.ask().by(token);
            var bad = new Ask(ask.method(), route.target(parameter, "x"), ask.headers(), ask.body(), false);
            assert403(route, role + " of finance, with a bad id", "no-tenant", bad);
        }
    }

    @Test
    void anotherTenantsObjectIsLikeOneThatDoesNotExist() {
        var objects = api.routes().stream()
                .filter(route -> route.isOfATenant()
                        && "GET".equals(route.method())
                        && !route.ids().isEmpty())
                .toList();
        if (objects.isEmpty()) {
            return;
        }
        var neighbour = neighbour();
        for (var route : objects) {
            var theirs = neighbour.its(route);
            var seen = theirs.ask().by(neighbour.api().tokenFor(theirs)).send(service);
            findings.check(seen.status() == 200, theirs.target() + " should exist for its tenant: " + seen);
            for (var role : route.roles()) {
                Protocol.each(protocol -> {
                    var toForeign = protocol.send(theirs.ask().by(api.token(role)), service);
                    var none = Ask.of("GET", route.targetWithNewIds());
                    var toNone = protocol.send(none.by(api.token(role)), service);
                    var broken = ProblemRules.broken(toForeign, 404, "not-found");
                    findings.check(broken.isEmpty(), route.name() + " of a neighbour: " + broken + " " + toForeign);
                    assertSame(route, toForeign, toNone);
                });
            }
        }
        findings.assertNone();
    }

    @Test
    void anotherTenantsPersonIsLikeNobody() {
        var naming = api.routes().stream()
                .filter(route -> route.fields().stream().anyMatch(TenantRouteMatrix::namesAPerson))
                .toList();
        if (naming.isEmpty()) {
            return;
        }
        var neighbour = neighbour();
        for (var route : naming) {
            for (var field : route.fields()) {
                if (!namesAPerson(field)) {
                    continue;
                }
                for (var role : route.roles()) {
                    Protocol.each(protocol -> {
                        var toForeign = naming(protocol, route, role, field, neighbour.person());
                        var toNobody = naming(protocol, route, role, field, UUID.randomUUID());
                        findings.check(
                                toForeign.status() >= 400 && toForeign.status() < 500,
                                "%s reaches a neighbour's %s: %s".formatted(route.name(), field.name(), toForeign));
                        assertSame(route, toForeign, toNobody);
                    });
                }
            }
        }
        findings.assertNone();
    }

    private static boolean namesAPerson(Field field) {
        return field.name().endsWith("_id") && !field.name().equals("tenant_id");
    }

    private Answer naming(Protocol protocol, Route route, String role, Field field, UUID person) {
        return protocol.send(
                route.ask().by(api.token(role)).withJson(route.bodyWith(field, '"' + person.toString() + '"')),
                service);
    }

    private void assertSame(Route route, Answer toForeign, Answer toNone) {
        findings.check(
                toForeign.status() == toNone.status() && toForeign.text().equals(toNone.text()),
                "%s tells a neighbour's from none: %s, %s".formatted(route.name(), toForeign, toNone));
    }
}
