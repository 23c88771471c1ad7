package io.points.console;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.local.ConsoleClient;
import io.points.local.LocalKeycloak;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** What a Keycloak administrator changes meanwhile; the console's client is as it was again afterwards. */
final class KeycloakAdmin implements AutoCloseable {
    private final LocalKeycloak keycloak = ConsoleSurroundings.keycloak();
    private final HttpClient client = HttpClient.newHttpClient();
    private final String token = LocalKeycloak.token(
            keycloak.url() + "/realms/master",
            "admin-cli",
            LocalKeycloak.ADMINISTRATOR,
            keycloak.administratorPassword());

    void updateClient(JsonObject changes) {
        JsonObject known = new JsonArray(send("GET", "clients?clientId=" + ConsoleClient.ID, null)).getJsonObject(0);
        send("PUT", "clients/" + known.getString("id"), known.mergeIn(changes, true));
    }

    void grant(String user, List<String> roles) {
        JsonArray granted = new JsonArray();
        for (String role : roles) {
            send("POST", "roles", new JsonObject().put("name", role));
            granted.add(new JsonObject(send("GET", "roles/" + role, null)));
        }
        send("POST", "users/" + id(user) + "/role-mappings/realm", granted);
    }

    void signOut(String user) {
        send("POST", "users/" + id(user) + "/logout", new JsonObject());
    }

    private String id(String user) {
        return new JsonArray(send("GET", "users?exact=true&username=" + user, null))
                .getJsonObject(0)
                .getString("id");
    }

    private String send(String method, String path, Object body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(keycloak.url() + "/admin/realms/points/" + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(Json.encode(body)))
                .build();
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertTrue(response.statusCode() / 100 == 2, () -> path + ": " + response.body());
            return response.body();
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        updateClient(new JsonObject()
                .put("fullScopeAllowed", false)
                .put("attributes", new JsonObject().put("access.token.lifespan", "300")));
    }
}
