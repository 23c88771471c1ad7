package io.points.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashSet;
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
        "finance,finance,,00000000-0000-4000-8000-00000000000b",
        "finance-b,finance,,00000000-0000-4000-8000-00000000000d",
        "auditor,auditor,,00000000-0000-4000-8000-00000000000c",
        "triton-manager,manager,550e8400-e29b-41d4-a716-446655440000,770e8400-e29b-41d4-a716-446655440010",
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
