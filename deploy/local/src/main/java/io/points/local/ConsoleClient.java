package io.points.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/**
 * The console as a client of the realm. It is made by the administrators' API and not imported with the realm: a realm that is there
 * is not imported again, and the secret is each stack's own.
 */
public final class ConsoleClient {
    /** Its id. */
    public static final String ID = "points-console";

    /** The roles that its tokens may name, whatever else a person has. */
    private static final Set<String> ROLES =
            Set.of("platform-admin", "manager", "lead", "employee", "finance", "auditor");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RealmAdmin realm;

    private ConsoleClient(RealmAdmin realm) {
        this.realm = realm;
    }

    /**
     * Makes the client if the realm lacks it, and makes it as it should be otherwise.
     *
     * @param keycloak a running one
     * @param secret what the console proves itself with
     * @param console where people reach the console: scheme, host and port
     * @throws CannotStartException if Keycloak refuses
     */
    public static void provide(LocalKeycloak keycloak, String secret, String console) {
        try {
            new ConsoleClient(new RealmAdmin(keycloak)).provide(secret, console);
        } catch (IOException e) {
            throw new CannotStartException("Keycloak did not take the console as a client: " + Sentence.reason(e), e);
        } catch (IllegalStateException e) {
            throw new CannotStartException("The console was not made known to Keycloak: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStartException("Interrupted while the console was made known to Keycloak.", e);
        }
    }

    private void provide(String secret, String console) throws IOException, InterruptedException {
        ObjectNode client;
        try (InputStream file = ConsoleClient.class.getResourceAsStream("/console-client.json")) {
            client = (ObjectNode) JSON.readTree(file);
        }
        client.put("secret", secret);
        client.putArray("redirectUris").add(console + "/bff/callback");
        client.withObjectProperty("attributes").put("post.logout.redirect.uris", console + "/");
        JsonNode known = realm.send("GET", "clients?clientId=" + ID, null).path(0);
        if (known.isMissingNode()) {
            realm.send("POST", "clients", client);
        } else {
            // Without what Keycloak would add once more.
            client.remove("protocolMappers");
            realm.send("PUT", "clients/" + known.path("id").asText(), client);
        }
        String id = realm.send("GET", "clients?clientId=" + ID, null)
                .path(0)
                .path("id")
                .asText();
        ArrayNode roles = JSON.createArrayNode();
        for (JsonNode role : realm.send("GET", "roles?briefRepresentation=true", null)) {
            if (ROLES.contains(role.path("name").asText())) {
                roles.add(role);
            }
        }
        realm.send("POST", "clients/" + id + "/scope-mappings/realm", roles);
    }
}
