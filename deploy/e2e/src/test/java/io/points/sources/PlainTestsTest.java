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

/** Which tests PIT runs against each mutant: plain ones. A service that starts takes a minute each time, and hides what they lack. */
class PlainTestsTest {

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Pattern TARGETS = Pattern.compile("<targetTests>(.*?)</targetTests>", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("<param>io\\.points\\.([\\w.]+)</param>");
    private static final Pattern STARTS = Pattern.compile("@(\\w+ServiceTest|QuarkusTest|QuarkusTestResource)\\b");

    @Test
    void noMutantIsJudgedByATestThatStartsAService() throws IOException {
        var judges = new ArrayList<Path>();
        for (var module : List.of(
                "messaging", "allocation-service", "distribution-service", "billing-service", "audit-service")) {
            var targets = TARGETS.matcher(Files.readString(ROOT.resolve(module).resolve("pom.xml")));
            assertTrue(targets.find(), module + " names the tests of its cores");
            NAME.matcher(targets.group(1))
                    .results()
                    .map(name -> ROOT.resolve(module)
                            .resolve("src/test/java/io/points")
                            .resolve(name.group(1).replace('.', '/') + ".java"))
                    .forEach(judges::add);
        }
        assertTrue(judges.size() > 20, judges.size() + " tests");
        var starting = new ArrayList<Path>();
        for (var judge : judges) {
            if (STARTS.matcher(Files.readString(judge)).find()) {
                starting.add(ROOT.relativize(judge));
            }
        }
        assertEquals(List.of(), starting);
    }
}
