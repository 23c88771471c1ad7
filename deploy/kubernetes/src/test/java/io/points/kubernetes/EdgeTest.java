package io.points.kubernetes;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.points.local.Service;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What clients see: routes and logins. */
class EdgeTest {
    static final List<String> OVERLAYS = Manifests.OVERLAYS;

    private static final Pattern ROUTES = Pattern.compile("@Path\\(\"(/api/[a-z/-]+)");

    /**
     * For the browser itself, readable without being exposed (Fetch, CORS-safelisted response-header name), or only sent by a
     * service that asks itself something.
     */
    private static final Set<String> OF_NO_USE_TO_SCRIPTS = Set.of(
            "Authorization",
            "CONNECTION",
            "CONTENT-TYPE",
            "Cache-Control",
            "Content-Security-Policy",
            "Content-Type",
            "Vary",
            "X-Content-Type-Options");

    /** As a gateway decides: by the longest prefix. */
    @Test
    void everyRouteOfTheCodeLeadsToItsService() {
        Manifests manifests = Manifests.of("prod");
        Map<String, Service> routed = new HashMap<>();
        for (Service service : Service.values()) {
            Manifests.each(manifests.one("HTTPRoute", service.module()).at("/spec/rules"))
                    .flatMap(rule -> Manifests.each(rule.path("matches")))
                    .map(match -> match.at("/path/value").asText())
                    .forEach(prefix -> assertNull(routed.put(prefix, service), prefix + " leads to two services"));
        }
        Set<String> needed = new HashSet<>();
        for (Service service : Service.values()) {
            Set<String> paths = Project.find(service.module() + "/src/main", ".java", ROUTES);
            assertFalse(paths.isEmpty(), service.module());
            for (String path : paths) {
                String prefix = routed.keySet().stream()
                        .filter(one -> (path + "/").startsWith(one + "/"))
                        .max(Comparator.comparingInt(String::length))
                        .orElseThrow(() -> new AssertionError(path + " leads nowhere"));
                assertEquals(service, routed.get(prefix), path);
                needed.add(prefix);
            }
        }
        assertEquals(routed.keySet(), needed);
    }

    /** What the documents say is streamed, or as long as a log; all else is answered in time. */
    @Test
    void onlyLongAnswersHaveNoTimeLimit() {
        Manifests manifests = Manifests.of("prod");
        Set<String> unlimited = new TreeSet<>();
        for (Service service : Service.values()) {
            Manifests.each(manifests.one("HTTPRoute", service.module()).at("/spec/rules"))
                    .filter(rule -> "0s".equals(rule.at("/timeouts/request").asText()))
                    .flatMap(rule -> Manifests.each(rule.path("matches")))
                    .forEach(match -> unlimited.add(match.at("/path/value").asText()));
        }
        assertEquals(Set.of("/api/audit", "/api/events", "/api/platform/events"), unlimited);
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void tokensComeFromWhereTheServicesExpectThem(String overlay) {
        Manifests manifests = Manifests.of(overlay);
        String login = manifests
                .one("Keycloak", "keycloak")
                .at("/spec/hostname/hostname")
                .asText();
        String realm = realm(overlay).path("realm").asText();
        List<JsonNode> configs = manifests.all("ConfigMap").stream()
                .filter(one -> one.path("data").has("POINTS_DB_HOST")
                        && one.path("data").has("POINTS_OIDC_ISSUER"))
                .toList();
        assertEquals(Service.values().length, configs.size());
        for (JsonNode config : configs) {
            assertEquals(
                    login + "/realms/" + realm,
                    config.at("/data/POINTS_OIDC_ISSUER").asText());
            assertEquals(
                    "https://keycloak-service:8443/realms/" + realm,
                    config.at("/data/QUARKUS_OIDC_AUTH_SERVER_URL").asText());
            Set<String> origins =
                    Set.of(config.at("/data/QUARKUS_HTTP_CORS_ORIGINS").asText().split(","));
            assertEquals(
                    Manifests.each(realm(overlay).path("clients"))
                            .map(client -> client.at("/webOrigins/0").asText())
                            .collect(toSet()),
                    origins,
                    "whoever may log in from a browser may call the API from there");
        }
    }

    /** What the API descriptions say of methods and headers, a page of another origin must be allowed to use. */
    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void browsersMaySendAndReadWhatTheRoutesTakeAndGive(String overlay) {
        Set<String> methods =
                Project.find("docs/openapi", ".yaml", Pattern.compile("(?m)^    (get|post|put|patch|delete):$"))
                        .stream()
                        .map(method -> method.toUpperCase(Locale.ROOT))
                        .collect(toSet());
        Set<String> taken = Project.find("docs/openapi", ".yaml", Pattern.compile("- name: ([\\w-]+)\\n *in: header"));
        Set<String> given = new TreeSet<>(Project.findInServices(
                ".java", Pattern.compile("(?:\\.header|addHeader|putHeader)\\(\\s*\"([\\w-]+)\"")));
        Project.findInServices(".java", Pattern.compile("(?:\\.header|putHeader)\\(\\s*HttpHeaders\\.(\\w+)"))
                .forEach(constant -> given.add(constant.replace('_', '-')));
        assertTrue(methods.containsAll(Set.of("GET", "DELETE")), methods::toString);
        assertTrue(taken.contains("Idempotency-Key"), taken::toString);
        for (JsonNode config : Manifests.of(overlay).all("ConfigMap").stream()
                .filter(one -> one.path("data").has("QUARKUS_HTTP_CORS_METHODS"))
                .toList()) {
            assertContains(methods, config, "QUARKUS_HTTP_CORS_METHODS");
            assertContains(taken, config, "QUARKUS_HTTP_CORS_HEADERS");
            assertContains(Set.of("Authorization", "Content-Type"), config, "QUARKUS_HTTP_CORS_HEADERS");
            given.removeAll(OF_NO_USE_TO_SCRIPTS);
            assertContains(given, config, "QUARKUS_HTTP_CORS_EXPOSED_HEADERS");
        }
    }

    private static void assertContains(Set<String> wanted, JsonNode config, String setting) {
        Set<String> allowed = Arrays.stream(
                        config.path("data").path(setting).asText().split(","))
                .map(word -> word.toUpperCase(Locale.ROOT))
                .collect(toSet());
        assertEquals(
                Set.of(),
                wanted.stream()
                        .filter(word -> !allowed.contains(word.toUpperCase(Locale.ROOT)))
                        .collect(toSet()),
                setting);
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void noScrapeTakesWithoutEnd(String overlay) {
        Manifests manifests = Manifests.of(overlay);
        for (String kind : List.of("ServiceMonitor", "PodMonitor")) {
            for (JsonNode monitor : manifests.all(kind)) {
                assertTrue(monitor.at("/spec/sampleLimit").asInt() > 0, monitor::toString);
            }
        }
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void theRealmIsThatOfTheLocalStackWithoutItsUsers(String overlay) throws IOException {
        JsonNode realm = realm(overlay);
        assertEquals(Optional.empty(), Models.faultOfRealm(realm));
        assertFalse(realm.has("users"));
        assertFalse(realm.has("passwordPolicy"), "Keycloak's own hashes are slow to make, as they should be");
        ObjectNode local =
                (ObjectNode) new ObjectMapper().readTree(EdgeTest.class.getResourceAsStream("/realm-points.json"));
        assertEquals(comparable(local), comparable(realm.deepCopy()));
        assertTrue(Manifests.each(realm.path("clients"))
                .noneMatch(client -> client.path("directAccessGrantsEnabled").asBoolean()));
    }

    /** Without what must differ: users, how their passwords are kept, where browsers come from, and how strict it is. */
    private static JsonNode comparable(ObjectNode realm) {
        realm.remove(List.of("users", "passwordPolicy", "sslRequired", "bruteForceProtected"));
        ArrayNode clients = (ArrayNode) realm.path("clients");
        for (int i = clients.size() - 1; i >= 0; i--) {
            if ("points-cli".equals(clients.get(i).path("clientId").asText())) {
                clients.remove(i);
            } else {
                ((ObjectNode) clients.get(i)).remove(List.of("redirectUris", "webOrigins"));
            }
        }
        return realm;
    }

    private static JsonNode realm(String overlay) {
        return Manifests.of(overlay).one("KeycloakRealmImport", "points").at("/spec/realm");
    }
}
