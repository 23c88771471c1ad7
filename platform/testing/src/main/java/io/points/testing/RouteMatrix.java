package io.points.testing;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.platform.web.caller.Role;
import io.quarkus.test.common.http.TestHTTPResource;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jose4j.jwk.PublicJsonWebKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Who may call what: every route of the running service's API description, by every role and with every kind of token.
 * A service's test declares its routes; one that is not declared fails, and so does a declaration without a route.
 */
public abstract class RouteMatrix {

    /** Dots, and what looks like a token from afar: quarkus#55887 made a 500 of them. */
    private static final List<String> NO_TOKENS = List.of(
            ".",
            "..",
            "...",
            "....",
            "a.b",
            "a.b.c",
            ".b.c",
            "a..c",
            "a.b.",
            "a.b.c.d.e",
            "e30.e30.e30",
            "=.=.=",
            "\u00e9.\u00e9.\u00e9");

    @TestHTTPResource("/")
    URI service;

    private static final PublicJsonWebKey STRANGE = Tokens.newKey("a-key-of-a-stranger");

    final Findings findings = new Findings();
    Api api;

    /** The service's routes, and a tenant whose people call them. */
    protected abstract Api api();

    @BeforeEach
    void prepare() {
        api = api();
    }

    @Test
    void everyRouteHasARuleAndEveryRuleARoute() {
        var described = new TreeMap<String, String>();
        ApiDescription.of(service)
                .forEach(it ->
                        described.put(it.name(), shape(it.fields(), it.headers().contains("Idempotency-Key"))));
        var declared = new TreeMap<String, String>();
        api.routes()
                .forEach(it -> declared.put(
                        it.name(),
                        shape(
                                it.fields().stream().map(Field::name).collect(Collectors.toCollection(TreeSet::new)),
                                it.takesKey())));
        assertEquals(lines(described), lines(declared));
        for (var route : api.routes()) {
            findings.check(route.path().startsWith("/api/"), route.name() + " lies outside /api");
            findings.check(
                    !route.isOfATenant() || this instanceof TenantRouteMatrix,
                    route.name() + " belongs to tenants and is not tested so");
        }
        findings.assertNone();
    }

    @Test
    void whoCannotShowWhoTheyAreGetsNowhere() {
        var tampered = tampered(api.token(Role.EMPLOYEE), api.token(Role.MANAGER));
        var wrong = Api.ROLES.stream().collect(Collectors.toMap(role -> role, this::wrongTokens));
        var empty = Api.ROLES.stream().collect(Collectors.toMap(role -> role, this::tokensOfNobody));
        for (var route : api.routes()) {
            assert401(route, "no token", route.ask());
            assert401(route, "no token and a garbled body", route.askGarbled());
            assert401(route, "no token and a query that is not known", route.askAnd("surprise=1"));
            assert401(route, "an empty token", route.ask().by(""));
            assert401(route, "a token that is none", route.ask().by("nobody"));
            for (var none : NO_TOKENS) {
                assert401(route, "the token '" + none + "'", route.ask().by(none));
            }
            assert401(route, "a bearer without a token", route.ask().with("Authorization", "Bearer"));
            assert401(route, "a password", route.ask().with("Authorization", "Basic ZGVtbzpkZW1v"));
            assert401(route, "a token with another's signature", route.ask().by(tampered));
            if ("GET".equals(route.method())) {
                Protocol.each(protocol -> {
                    var head = protocol.send(Ask.of("HEAD", route.target()), service);
                    findings.check(
                            head.status() == 401 && head.body().length == 0,
                            "HEAD %s with no token by %s: %s".formatted(route.path(), protocol, head));
                });
            }
            for (var role : Api.ROLES) {
                wrong.get(role)
                        .forEach((fault, token) -> assert401(
                                route, role + " with " + fault, route.ask().by(token)));
            }
            var role = route.roles().iterator().next();
            empty.get(role)
                    .forEach((fault, token) -> assert401(
                            route, role + " with " + fault, route.ask().by(token)));
        }
        findings.assertNone();
    }

    @Test
    void aRoleMayDoWhatItsRulesSayAndNothingElse() {
        for (var route : api.routes()) {
            assert403(route, "somebody without a role", "forbidden", route.ask().by(tokenOf()));
            assert403(
                    route,
                    "a role that does not exist",
                    "forbidden",
                    route.ask().by(tokenOf("root")));
            for (var role : Api.ROLES) {
                var ask = route.ask().by(api.token(role));
                if (route.roles().contains(role)) {
                    assertServed(route, "as " + role, ask);
                } else {
                    assert403(route, role, "forbidden", ask);
                    assert403(
                            route,
                            role + " with a garbled body",
                            "forbidden",
                            route.askGarbled().by(api.token(role)));
                }
            }
        }
        findings.assertNone();
    }

    @Test
    void aTokenThatWasGoodIsRefusedOnceItHasExpired() {
        var route = api.routes().get(0);
        var role = route.roles().iterator().next();
        var expiry = Instant.now().plusSeconds(4);
        var token = Tokens.of(api.person(role), api.tenant().toString(), "points-api", expiry, role);
        var ask = route.ask().by(token);
        assertTrue(isServed(ask.send(service)));
        await().until(() -> Instant.now().isAfter(expiry.plusSeconds(1)));
        assert401(route, "a token that was good", ask);
        findings.assertNone();
    }

    @Test
    void aBodyAsLargeAsItMayBeIsServed() {
        for (var route : api.routes()) {
            if (!route.hasBody()) {
                continue;
            }
            var spaces = route.largestBody() - TestKafka.bytes(route.body()).length;
            var body = TestKafka.bytes(route.body() + " ".repeat(spaces));
            var ask = route.ask().by(api.tokenFor(route)).withBody(body);
            for (var sent : List.of(ask, ask.inChunks())) {
                assertServed(route, "with %s bytes".formatted(body.length), sent);
            }
        }
        if (api.routes().stream().anyMatch(Route::hasBody)) {
            findings.assertNone();
        }
    }

    /** One after the other: side by side, one might find the other's change under way. */
    private void assertServed(Route route, String how, Ask ask) {
        for (var protocol : Protocol.values()) {
            var answer = protocol.send(ask, service);
            findings.check(
                    isServed(answer),
                    "%s %s by %s should be served: %s".formatted(route.name(), how, protocol, answer));
        }
    }

    private void assert401(Route route, String who, Ask ask) {
        findings.byEach(protocol -> {
            var answer = protocol.send(ask, service);
            var broken = ProblemRules.broken(answer, 401, "unauthorized");
            if (!answer.headers().containsKey("www-authenticate")) {
                broken.add("WWW-Authenticate is missing");
            }
            findings.check(
                    broken.isEmpty(),
                    "%s with %s by %s: %s: %s".formatted(route.name(), who, protocol, broken, answer));
        });
    }

    void assert403(Route route, String who, String slug, Ask ask) {
        findings.byEach(protocol -> {
            var answer = protocol.send(ask, service);
            var broken = ProblemRules.broken(answer, 403, slug);
            findings.check(
                    broken.isEmpty(), "%s by %s by %s: %s: %s".formatted(route.name(), who, protocol, broken, answer));
        });
    }

    /** Done, or refused by the rules of the business; the request itself is right. */
    private static boolean isServed(Answer answer) {
        return answer.status() < 300 || answer.status() == 404 || answer.status() == 409 || answer.status() == 422;
    }

    private Map<String, String> wrongTokens(String role) {
        var person = api.person(role);
        var tenant = api.tenant().toString();
        var now = Instant.now();
        var tokens = new LinkedHashMap<String, String>();
        tokens.put("an expired token", Tokens.of(person, tenant, "points-api", now.minusSeconds(60), role));
        tokens.put("a token for another API", Tokens.of(person, tenant, "account", now.plusSeconds(3_600), role));
        tokens.put("a token of another issuer", Tokens.ofAnotherIssuer(person, tenant, role));
        tokens.put("a token of a stranger", Tokens.sign(Tokens.claims(person, api.tenant(), role), STRANGE));
        return tokens;
    }

    /** What is signed by the right key, and is no access token of anybody all the same. */
    private Map<String, String> tokensOfNobody(String role) {
        var claims = new LinkedHashMap<String, JwtClaimsBuilder>();
        for (var subject : List.of("", "somebody", "x".repeat(200), "a\0b", "1-1-1-1-1", new UUID(0, 0).toString())) {
            claims.put("the subject '" + subject + "'", right(role).subject(subject));
        }
        claims.put("no subject", right(role).remove("sub"));
        claims.put("an ID token", right(role).claim("typ", "ID"));
        claims.put("a token of no kind", right(role).remove("typ"));
        claims.put("roles that are a text", right(role).claim("realm_access", role));
        claims.put("roles that are no list", right(role).claim("realm_access", Map.of("roles", role)));
        claims.put("roles that are numbers", right(role).claim("realm_access", Map.of("roles", List.of(1))));
        var tokens = new LinkedHashMap<String, String>();
        claims.forEach((fault, wrong) -> tokens.put(fault, Tokens.sign(wrong, Tokens.KEY)));
        return tokens;
    }

    private JwtClaimsBuilder right(String role) {
        return Tokens.claims(api.person(role), api.tenant(), role);
    }

    private String tokenOf(String... roles) {
        return Tokens.of(UUID.randomUUID(), api.tenant(), roles);
    }

    /** The claims of one token under the signature of another. */
    private static String tampered(String signed, String claiming) {
        return claiming.substring(0, claiming.lastIndexOf('.')) + signed.substring(signed.lastIndexOf('.'));
    }

    private static String shape(Object fields, boolean takesKey) {
        return "takes " + fields + (takesKey ? " and an Idempotency-Key" : "");
    }

    private static String lines(Map<String, String> byName) {
        return byName.entrySet().stream().map(Object::toString).collect(Collectors.joining("\n"));
    }
}
