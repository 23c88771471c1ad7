package io.points.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPrometheusTest {

    private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");

    @Test
    void everyServiceIsAJobUnderItsModulesName() {
        String text = LocalPrometheus.configuration(new Ports(19000));
        for (Service service : Service.values()) {
            assertTrue(text.contains("  - job_name: " + service.module() + "\n"), text);
            assertTrue(text.contains("[\"127.0.0.1:" + (19000 + service.portOffset()) + "\"]"), text);
        }
    }

    @Test
    void theRulesAreWhatStandsUnderTheSpec() {
        assertEquals("groups:\n  - name: a\n    rules:\n", LocalPrometheus.groups("""
                kind: PrometheusRule
                spec:
                  groups:
                    - name: a
                      rules:
                """));
        assertThrows(CannotStartException.class, () -> LocalPrometheus.groups("spec:\n"));
    }

    @Test
    void itComesUpWithAllRules(@TempDir Path folder) throws Exception {
        String program = installed();
        try (LocalPrometheus prometheus = new LocalPrometheus(folder, Ports.free(), program)) {
            prometheus.start();
            Set<String> loaded = new TreeSet<>();
            for (JsonNode group : get(prometheus.url() + "/api/v1/rules").at("/data/groups")) {
                for (JsonNode rule : group.path("rules")) {
                    if ("alerting".equals(rule.path("type").asText())) {
                        loaded.add(rule.path("name").asText());
                    }
                }
            }
            assertEquals(written(), loaded);
            // It looks for its targets once it is up.
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertEquals(Service.values().length, targets(prometheus)));
        }
    }

    private static int targets(LocalPrometheus prometheus) {
        return get(prometheus.url() + "/api/v1/targets?state=any")
                .at("/data/activeTargets")
                .size();
    }

    private static String installed() {
        if (Shell.onPath("prometheus")) {
            return "prometheus";
        }
        Path fetched = Repository.state().resolve("tools/usr/bin/prometheus");
        Assumptions.assumeTrue(
                Files.isExecutable(fetched), "prometheus is missing: on Debian, apt-get install prometheus");
        return fetched.toString();
    }

    private static Set<String> written() throws IOException {
        Set<String> names = new TreeSet<>();
        ALERT.matcher(Files.readString(Repository.root().resolve("deploy/kubernetes/base/monitoring/rules.yaml")))
                .results()
                .forEach(result -> names.add(result.group(1)));
        assertTrue(!names.isEmpty());
        return names;
    }

    private static JsonNode get(String url) {
        try {
            return new ObjectMapper()
                    .readTree(Http.CLIENT
                            .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                            .body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
