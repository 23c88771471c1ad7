package io.points.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.points.local.LocalKeycloak;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The realm's signing keys, in the hands of its administrator. Keycloak must run. */
final class RealmKeys {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** On two busy cores, a new key alone may take many seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String SIGNS = "rsa-generated";
    private static final String PROVIDER = "org.keycloak.keys.KeyProvider";

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final LocalKeycloak keycloak;

    RealmKeys(LocalKeycloak keycloak) {
        this.keycloak = keycloak;
    }

    /** The providers of keys that sign now. */
    List<String> signing() throws IOException {
        var ids = new ArrayList<String>();
        for (var provider :
                JSON.readTree(send(request("/components?type=" + PROVIDER).GET()))) {
            if (provider.path("providerId").asText().equals(SIGNS)) {
                ids.add(provider.path("id").asText());
            }
        }
        return ids;
    }

    /** From now on tokens are signed with a new key; those of older keys stay good. */
    void add() throws IOException {
        JsonNode realm = JSON.readTree(send(request("").GET()));
        // The highest priority signs.
        var priority = Long.toString(System.currentTimeMillis() / 1_000);
        var provider = Map.of(
                "name",
                SIGNS + "-" + priority,
                "parentId",
                realm.path("id").asText(),
                "providerId",
                SIGNS,
                "providerType",
                PROVIDER,
                "config",
                Map.of(
                        "priority", List.of(priority),
                        "enabled", List.of("true"),
                        "active", List.of("true"),
                        "algorithm", List.of("RS256"),
                        "keySize", List.of("2048")));
        send(request("/components").POST(BodyPublishers.ofString(JSON.writeValueAsString(provider))));
    }

    /** From now on no token of theirs is good. */
    void withdraw(List<String> providers) throws IOException {
        for (var id : providers) {
            send(request("/components/" + id).DELETE());
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(keycloak.url() + "/admin/realms/points" + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + administrator())
                .header("Content-Type", "application/json");
    }

    private String administrator() {
        return LocalKeycloak.token(
                keycloak.url() + "/realms/master",
                "admin-cli",
                LocalKeycloak.ADMINISTRATOR,
                keycloak.administratorPassword());
    }

    private String send(HttpRequest.Builder request) throws IOException {
        try {
            var answer = http.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IOException(
                        "Keycloak answered its administrator " + answer.statusCode() + ": " + answer.body());
            }
            return answer.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        }
    }
}
