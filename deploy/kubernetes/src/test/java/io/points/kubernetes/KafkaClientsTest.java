package io.points.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.local.Service;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A client of Kafka that a service makes by hand is configured like all others: by the same settings, certificates included. */
class KafkaClientsTest {
    private static final Pattern MADE =
            Pattern.compile("\\b(?:Admin(?:Client)?\\.create|new Kafka(?:Producer|Consumer)(?:<|\\())");
    private static final String SETTINGS = "@Identifier(\"default-kafka-broker\") Map<String, Object>";

    @Test
    void everyoneTakesTheSettingsOfAll() {
        List<Path> files = new ArrayList<>();
        for (String shared : Project.SHARED) {
            files.addAll(Project.files(shared + "/src/main", ".java"));
        }
        for (Service service : Service.values()) {
            files.addAll(Project.files(service.module() + "/src/main", ".java"));
        }
        Set<String> made = new TreeSet<>();
        Set<String> bare = new TreeSet<>();
        for (Path file : files) {
            String text = Project.read(file);
            if (MADE.matcher(text).find()) {
                made.add(file.getFileName().toString());
                if (!text.contains(SETTINGS) || text.contains("bootstrap.servers")) {
                    bare.add(file.getFileName().toString());
                }
            }
        }
        assertTrue(
                made.containsAll(Set.of("ConsumerProgress.java", "PublishedSeals.java", "UnreplayedLetters.java")),
                made.toString());
        assertEquals(Set.of(), bare);
    }
}
