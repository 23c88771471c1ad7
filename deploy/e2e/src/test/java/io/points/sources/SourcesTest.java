package io.points.sources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What must not stand in any source of the project, tests among them, since it works on most machines and not on all. */
class SourcesTest {

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    /** These say themselves which threads they use. */
    private static final Set<String> OWN_THREADS =
            Set.of("Parallel.java", "SideBySide.java", "RoundsTest.java", "SlowSenders.java", "SourcesTest.java");

    private static final Pattern COMMON_POOL =
            Pattern.compile("\\b(supplyAsync|runAsync|parallelStream|parallel|commonPool)\\s*\\(");
    private static final Pattern LITERAL = Pattern.compile("\"\"\"[\\s\\S]*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"");

    /** Digits, groups and letters that a person's locale writes otherwise; blanks are left out, for "100 % done". */
    private static final Pattern LOCAL = Pattern.compile("%(?:\\d+\\$)?[-#+0,(]*\\d*(?:\\.\\d+)?[dfeEgGaAtTSX]");

    private static final Pattern FORMATTING = Pattern.compile("\\b(String\\.format|printf)\\(\\s*+(?!Locale\\.ROOT)");
    private static final Pattern LOGGING = Pattern.compile("\\b\\w+\\.(?:trace|debug|info|warn|error|fatal)f\\(");
    private static final Pattern CASE = Pattern.compile("\\.to(?:Lower|Upper)Case\\(\\)");

    private static final List<Source> SOURCES = new ArrayList<>();

    private record Source(Path file, String text) {
        String at(int position) {
            return ROOT.relativize(file) + ":"
                    + (text.substring(0, position).lines().count());
        }
    }

    @BeforeAll
    static void read() throws IOException {
        try (var files = Files.walk(ROOT)) {
            for (var file : files.filter(it -> it.toString().endsWith(".java"))
                    .filter(it -> ROOT.relativize(it).toString().contains("src/"))
                    .filter(it -> !ROOT.relativize(it).toString().matches("\\..*|.*/target/.*"))
                    .toList()) {
                SOURCES.add(new Source(file, Files.readString(file)));
            }
        }
        assertTrue(SOURCES.size() > 300, SOURCES.size() + " sources");
    }

    @Test
    void whatRunsSideBySideHasThreadsOfItsOwn() {
        assertEquals(
                List.of(),
                SOURCES.stream()
                        .filter(source -> !OWN_THREADS.contains(
                                source.file().getFileName().toString()))
                        .flatMap(source -> found(source, COMMON_POOL).stream())
                        .toList());
    }

    @Test
    void noTextForMachinesIsWrittenAsThePersonsLocaleWould() {
        var wrong = new ArrayList<String>();
        for (var source : SOURCES) {
            if (!source.file().endsWith("SourcesTest.java")) {
                wrong.addAll(found(source, FORMATTING));
                wrong.addAll(found(source, CASE));
                wrong.addAll(localFormats(source));
            }
        }
        assertEquals(List.of(), wrong, "Whole numbers are %s; for all else, String.format has Locale.ROOT");
    }

    private static List<String> found(Source source, Pattern pattern) {
        return pattern.matcher(source.text())
                .results()
                .map(match -> source.at(match.start()) + " " + match.group())
                .toList();
    }

    /** The texts before {@code .formatted(} and in the calls of a logger. */
    private static List<String> localFormats(Source source) {
        var wrong = new ArrayList<String>();
        var literals = LITERAL.matcher(source.text());
        while (literals.find()) {
            if (!LOCAL.matcher(literals.group()).find()) {
                continue;
            }
            var after = source.text()
                    .substring(literals.end())
                    .replaceFirst("^(?:\\s*\\+\\s*(?:\"(?:\\\\.|[^\"\\\\\\n])*\"))*[\\s)]*", "");
            var before = source.text().substring(0, literals.start());
            boolean logged = LOGGING.matcher(before.substring(before.lastIndexOf(';') + 1))
                    .find();
            if (after.startsWith(".formatted(") || logged) {
                wrong.add(source.at(literals.start()) + " " + literals.group());
            }
        }
        return wrong;
    }
}
