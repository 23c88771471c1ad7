package io.points.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The planted bugs still fit the sources, so that {@code ./points mutants} does not fall behind unnoticed. */
class MutantPatchesTest {

    private static final int FEWEST = 12;
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Pattern HEADER =
            Pattern.compile("Bug: .+\\.\nPromise: [1-9][0-9]?, .+\nAim: (\\S+) (\\S+)\n\ndiff ");
    private static final Pattern CHECK = Pattern.compile("(?:[a-z]+\\.)*([A-Z]\\w+)#(\\w+)");

    @Test
    void thereAreEnough() throws IOException {
        assertTrue(patches().size() >= FEWEST, patches().size() + " patches");
    }

    @ParameterizedTest
    @MethodSource("patches")
    void aPatchSaysWhatItPlantsAndNamesChecksThatExist(String name) throws IOException {
        var header = HEADER.matcher(Files.readString(folder().resolve(name)));
        assertTrue(header.lookingAt(), name + " must begin with Bug, Promise and Aim, see README.md");
        for (var aim : header.group(2).split(",", -1)) {
            var check = CHECK.matcher(aim);
            assertTrue(check.matches(), aim + " must be Class#method");
            var sources = testSources(header.group(1));
            assertTrue(sources.contains("class " + check.group(1) + " "), "there is no " + check.group(1));
            assertTrue(sources.contains("void " + check.group(2) + "("), "there is no " + check.group(2));
        }
    }

    @ParameterizedTest
    @MethodSource("patches")
    void aPatchAppliesToTheSourcesAsTheyAre(String name) throws IOException, InterruptedException {
        var git = new ProcessBuilder(
                        "git", "apply", "--check", folder().resolve(name).toString())
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .start();
        var output = new String(git.getInputStream().readAllBytes());
        assertEquals(0, git.waitFor(), output);
    }

    static List<String> patches() throws IOException {
        try (var files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".patch"))
                    .sorted()
                    .toList();
        }
    }

    private static Path folder() {
        return ROOT.resolve("deploy/e2e/mutants");
    }

    /** The module's own tests, and those that the services share. */
    private static String testSources(String module) throws IOException {
        var text = new StringBuilder();
        for (var sources : List.of(module + "/src/test/java", "platform/testing/src/main/java")) {
            try (var files = Files.walk(ROOT.resolve(sources))) {
                for (var file :
                        files.filter(it -> it.toString().endsWith(".java")).toList()) {
                    text.append(Files.readString(file));
                }
            }
        }
        return text.toString();
    }
}
