package io.points.kubernetes;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.points.local.Databases;
import io.points.local.Ports;
import io.points.local.Service;
import io.points.local.Topics;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;

/** The same system with Docker alone, against the code. */
class ComposeTest {
    private static final String FOLDER = "deploy/compose/";
    private static final Pattern ASKED = Pattern.compile("\\$\\{([A-Z_]+):\\?");

    private final JsonNode services = compose().path("services");

    @Test
    void itsTopicsAreThoseOfTheCode() {
        Map<String, String> expected = new TreeMap<>();
        Topics.declared()
                .forEach((name, topic) -> expected.put(
                        name, topic.numPartitions() + " " + topic.configs().get(TopicConfig.RETENTION_MS_CONFIG)));
        Map<String, String> listed = Project.read(FOLDER + "topics.txt")
                .lines()
                .map(line -> line.split(" ", 2))
                .collect(toMap(line -> line[0], line -> line[1], (one, other) -> one, TreeMap::new));
        assertEquals(expected, listed);
    }

    @Test
    void itsDatabasesAreThoseOfTheCode() {
        String script = Project.read(FOLDER + "databases.sh");
        for (String setting : Databases.APP_SETTINGS) {
            assertTrue(script.contains("ALTER ROLE :app SET " + setting.replace("=", " = ")), setting);
        }
        for (Service service : Service.values()) {
            assertEquals(service.database() + "_owner", service.ownerLogin());
            assertEquals(service.database() + "_app", service.appLogin());
        }
        assertTrue(script.contains("for service in allocation distribution billing audit;"));
    }

    @Test
    void aServiceWaitsForItsMigrationAndHasNoOwnersLogin() {
        Ports ports = new Ports(Ports.DEFAULT_BASE);
        for (Service service : Service.values()) {
            JsonNode serving = services.path(service.module());
            JsonNode migrating = services.path(service.database() + "-migration");
            assertEquals("points/" + service.module(), serving.path("image").asText());
            assertEquals(serving.path("image"), migrating.path("image"));
            assertEquals(service.module(), serving.at("/build/args/SERVICE").asText());
            assertEquals(
                    "127.0.0.1:" + ports.of(service) + ":8080",
                    serving.at("/ports/0").asText());
            assertEquals(
                    "service_completed_successfully",
                    serving.path("depends_on")
                            .path(service.database() + "-migration")
                            .path("condition")
                            .asText());
        }
        String text = Project.read(FOLDER + "compose.yaml");
        String serving = text.substring(text.indexOf("x-serving:"), text.indexOf("x-migrating:"));
        assertTrue(serving.contains("QUARKUS_FLYWAY_OWNER_MIGRATE_AT_START: \"false\""));
        assertTrue(!serving.contains("POINTS_DB_OWNER_PASSWORD"));
    }

    @Test
    void theConsoleIsAClientBeforeItServes() {
        Ports ports = new Ports(Ports.DEFAULT_BASE);
        JsonNode console = services.path("console");
        assertEquals("points/console", console.path("image").asText());
        assertEquals(
                "127.0.0.1:" + ports.console() + ":8080", console.at("/ports/0").asText());
        assertEquals(
                "service_completed_successfully",
                console.at("/depends_on/console-client/condition").asText());
        for (Service service : Service.values()) {
            assertEquals(
                    "http://" + service.module() + ":8080",
                    console.at("/environment/POINTS_CONSOLE_" + service.name()).asText());
        }
        JsonNode maker = services.path("console-client");
        assertEquals(
                "http://127.0.0.1:" + ports.console(),
                maker.path("entrypoint").path(3).asText());
        assertEquals(
                maker.at("/environment/CLIENT_SECRET"), console.at("/environment/POINTS_CONSOLE_SECRET"), "one secret");
        assertEquals(
                services.at("/keycloak/environment/KC_BOOTSTRAP_ADMIN_PASSWORD"),
                maker.at("/environment/ADMINISTRATOR_PASSWORD"));
    }

    /** Whatever has to be set is in the file that docs/operations.md makes. */
    @Test
    void whatIsAskedForIsDocumented() {
        Set<String> asked = ASKED.matcher(Project.read(FOLDER + "compose.yaml"))
                .results()
                .map(match -> match.group(1))
                .collect(toCollection(TreeSet::new));
        assertTrue(asked.contains("POINTS_CONSOLE_COOKIE_KEY"), asked::toString);
        String operations = Project.read("docs/operations.md");
        asked.forEach(name -> assertTrue(operations.contains("\n" + name + "=$"), name));
    }

    @Test
    void nothingListensForOtherMachines() {
        for (JsonNode service : services) {
            service.path("ports").forEach(port -> assertTrue(port.asText().startsWith("127.0.0.1:"), port.asText()));
        }
    }

    private static JsonNode compose() {
        try {
            return new ObjectMapper(new YAMLFactory()).readTree(Project.read(FOLDER + "compose.yaml"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
