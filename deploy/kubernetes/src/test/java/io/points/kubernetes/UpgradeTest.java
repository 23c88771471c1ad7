package io.points.kubernetes;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.points.local.Service;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** An upgrade as docs/operations.md has it changes nothing that a cluster does not let anybody change. */
class UpgradeTest {
    private static final String ORIGIN = "https://console.points.example.com";

    @Test
    void twiceInARowWithAnotherTagAndAnotherSetting() {
        Overlay overlay = Overlay.copyOf("prod", "upgrade");
        Manifests first = overlay.render();
        setting(overlay, ORIGIN, "https://one.example.com");
        tag(overlay, "1.0.0", "1.1.0-rc.1");
        Manifests second = overlay.render();
        setting(overlay, "https://one.example.com", "https://two.example.com");
        tag(overlay, "1.1.0-rc.1", "1.1.0");
        Manifests third = overlay.render();

        assertCanBecome(first, second);
        assertCanBecome(second, third);
        for (Service service : Service.values()) {
            assertEquals(service.database() + "-migration-1.1.0-rc.1", Manifests.name(second.migration(service)));
            assertEquals(service.database() + "-migration-1.1.0", Manifests.name(third.migration(service)));
            // The pods hear of the other setting, for their ConfigMap has another name.
            assertNotEquals(settings(first, service), settings(second, service));
            assertNotEquals(settings(second, service), settings(third, service));
        }
    }

    @Test
    void withAnotherSettingAndTheSameTagTheJobThatIsThereStays() {
        Overlay overlay = Overlay.copyOf("prod", "setting");
        Manifests before = overlay.render();
        setting(overlay, ORIGIN, "https://one.example.com");
        Manifests after = overlay.render();
        assertCanBecome(before, after);
        for (Service service : Service.values()) {
            assertEquals(before.migration(service), after.migration(service));
            assertNotEquals(settings(before, service), settings(after, service));
        }
    }

    @Test
    void fromARegistryWithAPort() {
        Overlay overlay = Overlay.copyOf("prod", "registry");
        for (Service service : Service.values()) {
            overlay.edit(
                    service.module() + "/kustomization.yaml", "registry.example.com/", "registry.example.com:5000/");
        }
        Manifests manifests = overlay.render();
        for (Service service : Service.values()) {
            JsonNode job = manifests.migration(service);
            assertEquals(service.database() + "-migration-1.0.0", Manifests.name(job));
            assertEquals(
                    "registry.example.com:5000/points/" + service.module() + ":1.0.0",
                    job.at("/spec/template/spec/containers/0/image").asText());
        }
    }

    /** By what the API server refuses: another template of a Job, another selector of a Deployment. */
    private static void assertCanBecome(Manifests before, Manifests after) {
        Map<String, JsonNode> there = byTitle(before);
        byTitle(after).forEach((title, wanted) -> {
            JsonNode present = there.get(title);
            if (present != null) {
                switch (Manifests.kind(wanted)) {
                    case "Job" -> assertEquals(present.path("spec"), wanted.path("spec"), title);
                    case "Deployment" -> assertEquals(present.at("/spec/selector"), wanted.at("/spec/selector"), title);
                    default -> assertTrue(!present.path("immutable").asBoolean(), title);
                }
            }
        });
        // What a Job names is still called that, for Jobs of all versions.
        for (JsonNode job : before.all("Job")) {
            job.findValues("configMapRef")
                    .forEach(reference ->
                            after.one("ConfigMap", reference.path("name").asText()));
        }
    }

    private static Map<String, JsonNode> byTitle(Manifests manifests) {
        return manifests.all().stream().collect(toMap(Manifests::title, Function.identity()));
    }

    private static String settings(Manifests manifests, Service service) {
        return manifests
                .one("Deployment", service.module())
                .at("/spec/template/spec/containers/0/envFrom/0/configMapRef/name")
                .asText();
    }

    private static void setting(Overlay overlay, String old, String changed) {
        overlay.edit("settings/settings.yaml", "console-origin: " + old, "console-origin: " + changed);
    }

    private static void tag(Overlay overlay, String old, String changed) {
        for (Service service : Service.values()) {
            overlay.edit(service.module() + "/kustomization.yaml", "newTag: " + old, "newTag: " + changed);
        }
    }
}
