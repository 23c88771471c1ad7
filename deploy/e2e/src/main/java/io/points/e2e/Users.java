package io.points.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.points.local.LocalKeycloak;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** More users in the realm than the demo has. Their password is the demo's. */
public final class Users {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final LocalKeycloak keycloak;

    /** The users of this Keycloak, which must run. */
    public Users(LocalKeycloak keycloak) {
        this.keycloak = keycloak;
    }

    /** Somebody of a tenant. */
    public record User(String name, UUID id, UUID tenantId, String role) {}

    /** Takes the users in, who must not be there yet. */
    public void add(List<User> users) throws IOException {
        var all = users.stream().map(Users::representation).toList();
        var answer = send(HttpRequest.newBuilder(URI.create(keycloak.url() + "/admin/realms/points/partialImport"))
                .header("Authorization", "Bearer " + administrator())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        JSON.writeValueAsString(Map.of("ifResourceExists", "FAIL", "users", all)))));
        if (JSON.readTree(answer).path("added").asInt() != users.size()) {
            throw new IllegalStateException("Keycloak did not take the users: " + answer);
        }
    }

    private static Map<String, Object> representation(User user) {
        return Map.of(
                "id",
                user.id(),
                "username",
                user.name(),
                "enabled",
                true,
                "emailVerified",
                true,
                "email",
                user.name() + "@example.com",
                "firstName",
                user.role(),
                "lastName",
                user.name(),
                "attributes",
                Map.of("tenant_id", List.of(user.tenantId())),
                "credentials",
                List.of(Map.of("type", "password", "value", LocalKeycloak.DEMO_PASSWORD, "temporary", false)),
                "realmRoles",
                List.of(user.role()));
    }

    private String administrator() throws IOException {
        var form = "grant_type=password&client_id=admin-cli&username=" + LocalKeycloak.ADMINISTRATOR + "&password="
                + keycloak.administratorPassword();
        var answer =
                send(HttpRequest.newBuilder(URI.create(keycloak.url() + "/realms/master/protocol/openid-connect/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form)));
        return JSON.readTree(answer).path("access_token").asText();
    }

    private String send(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(request.build(), BodyHandlers.ofString()).body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        }
    }
}
