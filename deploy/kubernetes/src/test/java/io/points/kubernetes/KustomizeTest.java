package io.points.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** That every kubectl which docs/operations.md claims makes the same of the overlays. */
class KustomizeTest {
    static final List<String> OVERLAYS = Manifests.OVERLAYS;

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void theOldestMakesTheSameAsTheInstalledOne(String overlay) {
        String folder = "overlays/" + overlay;
        Tool.Result oldest = Tool.OLDEST_KUBECTL.run(Project.MANIFESTS, "kustomize", folder);
        assertEquals(0, oldest.exitCode(), oldest.output());
        assertEquals(Tool.KUBECTL.run(Project.MANIFESTS, "kustomize", folder).output(), oldest.output());
    }

    /** Those before 1.32 refuse others; where the oldest is missing, this still holds. */
    @Test
    void aFileOfPatchesHasOneDocument() {
        for (Path file : Project.files("deploy/kubernetes", "kustomization.yaml")) {
            if (!file.startsWith(Project.MANIFESTS.resolve("target"))) {
                Manifests.parse(Project.read(file)).get(0).path("patches").forEach(patch -> {
                    patchFile(file, patch)
                            .ifPresent(path -> assertFalse(Project.read(path).contains("\n---"), path::toString));
                });
            }
        }
    }

    private static Optional<Path> patchFile(Path kustomization, JsonNode patch) {
        return Optional.of(patch.path("path").asText())
                .filter(path -> !path.isEmpty())
                .map(kustomization::resolveSibling);
    }
}
