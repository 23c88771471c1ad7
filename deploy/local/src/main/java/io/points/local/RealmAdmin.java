package io.points.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The administrator of a running stack's realm: what Keycloak's administrators' API shows and changes. */
public final class RealmAdmin {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LocalKeycloak keycloak;
    private final String token;

    /**
     * Signs in, for as long as Keycloak lets an administrator be signed in: a minute.
     *
     * @param keycloak a running one
     * @throws IllegalStateException if it gives no token
     */
    public RealmAdmin(LocalKeycloak keycloak) {
        this.keycloak = keycloak;
        token = LocalKeycloak.token(
                keycloak.url() + "/realms/master",
                "admin-cli",
                LocalKeycloak.ADMINISTRATOR,
                keycloak.administratorPassword());
    }

    /**
     * Sends a request about the realm.
     *
     * @param method such as {@code GET}
     * @param path what it is about, relative to the realm, such as {@code users?username=admin}
     * @param body what is sent, or null for nothing
     * @return what Keycloak answers; a missing node if that is nothing
     * @throws IOException if Keycloak refuses, or does not answer within 30 s
     */
    public JsonNode send(String method, String path, JsonNode body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(keycloak.url() + "/admin/realms/points/" + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        HttpResponse<String> response = Http.CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IOException(
                    method + " " + path + " is answered with " + response.statusCode() + " " + response.body());
        }
        return response.body().isEmpty() ? JSON.missingNode() : JSON.readTree(response.body());
    }
}
