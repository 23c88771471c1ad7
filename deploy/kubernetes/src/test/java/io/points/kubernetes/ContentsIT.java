package io.points.kubernetes;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.points.local.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What a packaged service, or the console, says of its contents, against its contents. */
class ContentsIT {
    /** Of what there is an image. */
    static final List<String> MODULES = Stream.concat(
                    Arrays.stream(Service.values()).map(Service::module), Stream.of("console"))
            .toList();

    private static final String OURS = "io.points.";

    @ParameterizedTest
    @FieldSource("MODULES")
    void theBillOfMaterialsNamesEveryLibrary(String module) throws IOException {
        JsonNode bill =
                new ObjectMapper().readTree(folder(module).resolve("sbom.json").toFile());
        assertEquals("CycloneDX", bill.path("bomFormat").asText());
        Set<String> named = Manifests.each(bill.path("components"))
                .map(one -> "%s.%s-%s.jar"
                        .formatted(
                                one.path("group").asText(),
                                one.path("name").asText(),
                                one.path("version").asText()))
                .collect(toCollection(TreeSet::new));
        Set<String> missing = libraries(module);
        missing.removeIf(library -> isIn(library, named));
        assertEquals(Set.of(), missing);
        for (JsonNode component : bill.path("components")) {
            assertTrue(component.path("purl").asText().startsWith("pkg:maven/"), component::toString);
            assertFalse(component.path("hashes").isEmpty(), component::toString);
        }
    }

    @ParameterizedTest
    @FieldSource("MODULES")
    void theNoticesNameEveryLibraryWithItsLicence(String module) throws IOException {
        String notices = Files.readString(folder(module).resolve("THIRD-PARTY.txt"));
        Set<String> named = notices.lines()
                .filter(line -> line.startsWith("     ("))
                .map(line -> line.replaceAll("^.*\\((\\S+):(\\S+):(\\S+) - .*$", "$1.$2-$3.jar"))
                .collect(toCollection(TreeSet::new));
        Set<String> missing = libraries(module);
        missing.removeIf(library -> library.startsWith(OURS) || isIn(library, named));
        assertEquals(Set.of(), missing);
        assertFalse(notices.contains("(Unknown license)"), notices);
    }

    /** A library with a classifier has it behind its version. */
    private static boolean isIn(String library, Set<String> named) {
        return named.contains(library)
                || named.stream()
                        .anyMatch(one ->
                                library.startsWith(one.replaceAll("jar$", "").replaceAll("\\.$", "-")));
    }

    private static Set<String> libraries(String module) throws IOException {
        try (Stream<Path> files = Files.walk(folder(module).resolve("lib"))) {
            Set<String> libraries = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .collect(toCollection(TreeSet::new));
            assertTrue(libraries.size() > 100);
            return libraries;
        }
    }

    private static Path folder(String module) {
        return Project.ROOT.resolve(module).resolve("target/quarkus-app");
    }
}
