package io.points.sources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The classes in which PIT plants mutants, and the tests that judge them. */
class PlainTestsTest {

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final List<String> MODULES = List.of(
            "contract",
            "platform",
            "platform/ledger",
            "allocation-service",
            "distribution-service",
            "billing-service",
            "audit-service");
    private static final Pattern STARTS = Pattern.compile("@(\\w+ServiceTest|QuarkusTest|QuarkusTestResource)\\b");

    /** A service that starts takes a minute each time, and hides what the plain tests lack. */
    @Test
    void noMutantIsJudgedByATestThatStartsAService() throws IOException {
        var starting = new ArrayList<Path>();
        for (var judge : named("targetTests", "src/test/java")) {
            if (STARTS.matcher(Files.readString(judge)).find()) {
                starting.add(ROOT.relativize(judge));
            }
        }
        assertEquals(List.of(), starting);
    }

    /** Who moves a class has to say so there, or no mutant is planted in it any more. */
    @Test
    void whatIsNamedIsThere() throws IOException {
        var gone = new ArrayList<>(named("targetTests", "src/test/java"));
        gone.addAll(named("targetClasses", "src/main/java"));
        assertTrue(gone.size() > 50, gone.size() + " classes");
        gone.removeIf(Files::exists);
        assertEquals(List.of(), gone);
    }

    /** The sources of the classes that a list of each module names. */
    private static List<Path> named(String list, String sources) throws IOException {
        var named = new ArrayList<Path>();
        for (var module : MODULES) {
            var params = Pattern.compile("<" + list + ">(.*?)</" + list + ">", Pattern.DOTALL)
                    .matcher(Files.readString(ROOT.resolve(module).resolve("pom.xml")));
            assertTrue(params.find(), module + " has " + list);
            Pattern.compile("<param>([\\w.]+)[$*]*</param>")
                    .matcher(params.group(1))
                    .results()
                    .map(name -> ROOT.resolve(module)
                            .resolve(sources)
                            .resolve(name.group(1).replace('.', '/') + ".java"))
                    .forEach(named::add);
        }
        return named;
    }
}
