package io.points.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.points.local.LocalKeycloak;
import io.points.local.RealmAdmin;
import java.io.IOException;
import java.util.UUID;

/**
 * A company that nobody else uses, with people who can sign in: as an administrator of the identity provider makes them. The services
 * do not know it yet.
 */
record Company(String id, String name, Person manager, Person lead, Person employee) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Somebody who can sign in with the password of the demo. */
    record Person(String user, String id, String name) {}

    /** @param word with which the names of its users begin, and of its people */
    static Company in(LocalKeycloak keycloak, String word) throws IOException, InterruptedException {
        String id = UUID.randomUUID().toString();
        return new Company(
                id,
                word + " Textiles",
                person(keycloak, word, "manager", "Meera Shah", id),
                person(keycloak, word, "lead", "Ravi Nair", id),
                person(keycloak, word, "employee", "Asha Rao", id));
    }

    private static Person person(LocalKeycloak keycloak, String word, String role, String name, String tenant)
            throws IOException, InterruptedException {
        var realm = new RealmAdmin(keycloak);
        String user = word.toLowerCase(java.util.Locale.ROOT) + "-" + role;
        ObjectNode wanted = JSON.createObjectNode()
                .put("username", user)
                .put("enabled", true)
                .put("emailVerified", true)
                .put("email", user + "@example.com")
                .put("firstName", name.split(" ")[0])
                .put("lastName", name.split(" ")[1]);
        wanted.putObject("attributes").putArray("tenant_id").add(tenant);
        wanted.putArray("credentials")
                .addObject()
                .put("type", "password")
                .put("value", "demo")
                .put("temporary", false);
        realm.send("POST", "users", wanted);
        String id = realm.send("GET", "users?exact=true&username=" + user, null)
                .path(0)
                .path("id")
                .asText();
        realm.send(
                "POST",
                "users/" + id + "/role-mappings/realm",
                JSON.createArrayNode().add(realm.send("GET", "roles/" + role, null)));
        return new Person(user, id, name);
    }
}
