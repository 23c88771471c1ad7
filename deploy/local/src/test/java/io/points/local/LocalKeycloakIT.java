package io.points.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalKeycloakIT {
    private static final Set<String> ROLES =
            Set.of("platform-admin", "manager", "lead", "employee", "finance", "auditor");

    @TempDir
    static Path folder;

    private static LocalKeycloak keycloak;

    @BeforeAll
    static void start() {
        keycloak = new LocalKeycloak(folder, 0);
        keycloak.start();
    }

    @AfterAll
    static void stop() throws IOException {
        keycloak.close();
        Cache.delete(folder.resolve("home"));
    }

    @ParameterizedTest
    @CsvSource({
        "admin,platform-admin,,00000000-0000-4000-8000-00000000000a",
        "admin-b,platform-admin,,00000000-0000-4000-8000-00000000000e",
        "finance,finance,,00000000-0000-4000-8000-00000000000b",
        "finance-b,finance,,00000000-0000-4000-8000-00000000000d",
        "auditor,auditor,,00000000-0000-4000-8000-00000000000c",
        "triton-manager,manager,550e8400-e29b-41d4-a716-446655440000,770e8400-e29b-41d4-a716-446655440010",
        "triton-manager-b,manager,550e8400-e29b-41d4-a716-446655440000,770e8400-e29b-41d4-a716-446655440012",
        "triton-lead,lead,550e8400-e29b-41d4-a716-446655440000,770e8400-e29b-41d4-a716-446655440011",
        "triton-employee-a,employee,550e8400-e29b-41d4-a716-446655440000,770e8400-e29b-41d4-a716-446655440001",
        "triton-employee-b,employee,550e8400-e29b-41d4-a716-446655440000,770e8400-e29b-41d4-a716-446655440002",
        "borealis-manager,manager,660e8400-e29b-41d4-a716-446655440000,880e8400-e29b-41d4-a716-446655440010",
        "borealis-lead,lead,660e8400-e29b-41d4-a716-446655440000,880e8400-e29b-41d4-a716-446655440011",
        "borealis-employee,employee,660e8400-e29b-41d4-a716-446655440000,880e8400-e29b-41d4-a716-446655440001",
        "no-tenant,manager,,990e8400-e29b-41d4-a716-446655440001"
    })
    void aTokenSaysWhoWhatAndWhichTenant(String user, String role, String tenant, String id) throws IOException {
        JsonNode token = claims(keycloak.token(user));

        assertEquals(id, token.path("sub").asText());
        assertEquals(keycloak.issuer(), token.path("iss").asText());
        assertTrue(texts(token.path("aud")).contains("points-api"), token.toString());
        Set<String> roles = texts(token.path("realm_access").path("roles"));
        roles.retainAll(ROLES);
        assertEquals(Set.of(role), roles);
        assertEquals(tenant, token.path("tenant_id").asText(null));
        assertEquals(900, token.path("exp").asLong() - token.path("iat").asLong());
    }

    @Test
    void aWrongPasswordGetsNoToken() {
        assertThrows(IllegalStateException.class, () -> keycloak.token("admin", "wrong"));
    }

    @Test
    void itsUsersSurviveKillNine() throws IOException {
        keycloak.kill();
        assertFalse(keycloak.alive());
        keycloak.restart();
        assertEquals(
                "770e8400-e29b-41d4-a716-446655440011",
                claims(keycloak.token("triton-lead")).path("sub").asText());
    }

    /** With Docker there is no launcher to make it; twice, as each start there does. */
    @Test
    void theScriptOfComposeMakesTheConsolesClientAsTheLauncherDoes() throws IOException, InterruptedException {
        String address = "http://127.0.0.1:18085";
        runConsoleClient("one", address);
        JsonNode made = client();
        assertEquals("one", made.path("secret").asText());
        ConsoleClient.provide(keycloak, "two", address);
        assertEquals(withoutSecret(client()), withoutSecret(made));
        runConsoleClient("three", address);
        assertEquals("three", client().path("secret").asText());
        assertEquals(withoutSecret(made), withoutSecret(client()));
        Set<String> roles = new HashSet<>();
        admin("clients/" + made.path("id").asText() + "/scope-mappings/realm")
                .forEach(role -> roles.add(role.path("name").asText()));
        assertEquals(ROLES, roles);
    }

    private static void runConsoleClient(String secret, String address) throws IOException, InterruptedException {
        ProcessBuilder script = new ProcessBuilder(
                        "bash",
                        Repository.root()
                                .resolve("deploy/compose/console-client.sh")
                                .toString(),
                        keycloak.url(),
                        address)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("console-client.log").toFile());
        script.environment()
                .putAll(Map.of(
                        "KCADM", folder.resolve("home/bin/kcadm.sh").toString(),
                        "CLIENT",
                                Repository.root()
                                        .resolve("deploy/local/src/main/resources/console-client.json")
                                        .toString(),
                        "ADMINISTRATOR", LocalKeycloak.ADMINISTRATOR,
                        "ADMINISTRATOR_PASSWORD", keycloak.administratorPassword(),
                        "CLIENT_SECRET", secret));
        assertEquals(0, script.start().waitFor(), () -> read(folder.resolve("console-client.log")));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode client() throws IOException, InterruptedException {
        JsonNode clients = admin("clients?clientId=" + ConsoleClient.ID);
        assertEquals(1, clients.size());
        return clients.path(0);
    }

    private static JsonNode withoutSecret(JsonNode client) {
        ObjectNode rest = client.deepCopy();
        rest.remove("secret");
        rest.withObjectProperty("attributes").remove("client.secret.creation.time");
        return rest;
    }

    private static JsonNode admin(String path) throws IOException, InterruptedException {
        String token = LocalKeycloak.token(
                keycloak.url() + "/realms/master",
                "admin-cli",
                LocalKeycloak.ADMINISTRATOR,
                keycloak.administratorPassword());
        return new ObjectMapper()
                .readTree(Http.CLIENT
                        .send(
                                HttpRequest.newBuilder(URI.create(keycloak.url() + "/admin/realms/points/" + path))
                                        .header("Authorization", "Bearer " + token)
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body());
    }

    private static JsonNode claims(String token) throws IOException {
        return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
    }

    /** An audience may be one text or a list of them (RFC 7519, 4.1.3). */
    private static Set<String> texts(JsonNode node) {
        Set<String> texts = new HashSet<>();
        if (node.isTextual()) {
            texts.add(node.asText());
        }
        node.forEach(item -> texts.add(item.asText()));
        return texts;
    }
}
