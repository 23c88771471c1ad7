package io.points.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yaml.snakeyaml.Yaml;

class ApiRoutesTest {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    /** Every route that a service documents reaches that service. */
    @ParameterizedTest
    @EnumSource
    void whatAServiceDocumentsReachesIt(Upstream service) throws IOException {
        Path file = Path.of("../docs/openapi", service.name().toLowerCase(Locale.ROOT) + ".yaml");
        Map<String, Map<String, Map<String, ?>>> document = new Yaml().load(Files.readString(file));
        List<String> wrong = new ArrayList<>();
        document.get("paths").forEach((path, operations) -> operations.keySet().stream()
                .filter(METHODS::contains)
                .filter(method -> ApiRoutes.of(path.replaceAll("\\{\\w+}", "0192f0c1-7d1e-7b1a-8a51-2f1f4e5d6c7b"))
                        .filter(route -> route.upstream() == service)
                        .filter(route -> route.methods().contains(method.toUpperCase(Locale.ROOT)))
                        .isEmpty())
                .forEach(method -> wrong.add(method + " " + path)));
        assertTrue(document.get("paths").size() > 5);
        assertEquals(List.of(), wrong);
    }
}
