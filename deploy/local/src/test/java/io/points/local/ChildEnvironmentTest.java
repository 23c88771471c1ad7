package io.points.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChildEnvironmentTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "KC_DB",
                "KAFKA_OPTS",
                "PGHOST",
                "QUARKUS_HTTP_PORT",
                "POINTS_DB_POOL",
                "JAVA_TOOL_OPTIONS",
                "_JAVA_OPTIONS",
                "JDK_JAVA_OPTIONS",
                "CLASSPATH",
                "LANG",
                "LC_NUMERIC",
                "LD_PRELOAD",
                "OTEL_EXPORTER_OTLP_ENDPOINT"
            })
    void aChildInheritsNoSetting(String name) {
        assertTrue(ChildEnvironment.from(Map.of(name, "x")).keySet().stream().noneMatch(name::equals));
    }

    @Test
    void aChildKeepsWhatEveryProgramNeeds() {
        Map<String, String> clean =
                ChildEnvironment.from(Map.of("PATH", "/bin", "HOME", "/root", "TZ", "UTC", "LC_ALL", "mr_IN"));
        assertEquals(
                Map.of("PATH", "/bin", "HOME", "/root", "TZ", "UTC", "LC_ALL", "C.UTF-8", "MALLOC_ARENA_MAX", "2"),
                clean);
    }

    @Test
    void aRealChildSeesNothingElse() throws IOException {
        ProcessBuilder builder = new ProcessBuilder("env");
        builder.environment().put("KC_DB", "postgres");
        Process process = ChildEnvironment.of(builder).start();
        Set<String> names = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.substring(0, line.indexOf('=')))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(ChildEnvironment.from(System.getenv()).keySet(), names);
    }
}
