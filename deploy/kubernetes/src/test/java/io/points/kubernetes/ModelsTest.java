package io.points.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ModelsTest {
    static final List<String> OVERLAYS = Manifests.OVERLAYS;

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void everyManifestFitsWhatItsPublisherReads(String overlay) {
        for (JsonNode manifest : Manifests.of(overlay).all()) {
            if (Models.has(manifest)) {
                assertEquals(Optional.empty(), Models.fault(manifest), Manifests.title(manifest));
            } else {
                assertEquals(List.of(), Fields.faults(manifest), Manifests.title(manifest));
            }
        }
    }

    @Test
    void aFieldThatDoesNotExistIsFound() {
        ObjectNode deployment =
                Manifests.of("prod").one("Deployment", "allocation-service").deepCopy();
        ((ObjectNode) deployment.at("/spec/template/spec/containers/0")).put("imagePullPolice", "Always");
        assertTrue(Models.fault(deployment).orElse("").contains("imagePullPolice"));

        ObjectNode user = Manifests.of("prod").one("KafkaUser", "finance").deepCopy();
        ((ObjectNode) user.at("/spec/authorization/acls/0")).put("operatons", "Read");
        assertTrue(Models.fault(user).isPresent());

        ObjectNode database =
                Manifests.of("prod").one("Cluster", "allocation-db").deepCopy();
        ((ObjectNode) database.at("/spec/postgresql/synchronous")).put("number", "1");
        assertFalse(Fields.faults(database).isEmpty());
        ((ObjectNode) database.at("/spec/managed/roles/0")).put("canLogin", true);
        assertEquals(2, Fields.faults(database).size());
    }
}
