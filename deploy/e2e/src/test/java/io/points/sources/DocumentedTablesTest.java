package io.points.sources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables that docs/architecture.md names of each service, and those that its migrations leave behind. */
class DocumentedTablesTest {

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Pattern COMMENT = Pattern.compile("--.*");
    private static final Pattern CHANGE = Pattern.compile(
            "(create|drop|alter)\\s+table\\s+(?:if\\s+(?:not\\s+)?exists\\s+)?(\\w+)(?:\\s+rename\\s+to\\s+(\\w+))?",
            Pattern.CASE_INSENSITIVE);

    @ParameterizedTest
    @ValueSource(strings = {"allocation", "distribution", "billing", "audit"})
    void areTheSame(String service) throws IOException {
        var tables = tables(service);
        assertTrue(tables.size() > 10, service + " has " + tables);
        assertEquals(tables, documented(service));
    }

    private static TreeSet<String> documented(String service) throws IOException {
        var row = Pattern.compile("^\\| " + service + " \\| (`.*)$", Pattern.MULTILINE)
                .matcher(Files.readString(ROOT.resolve("docs/architecture.md")));
        assertTrue(row.find(), "a row for " + service);
        return Pattern.compile("`(\\w+)`")
                .matcher(row.group(1))
                .results()
                .map(name -> name.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static TreeSet<String> tables(String service) throws IOException {
        var tables = new TreeSet<String>();
        for (var migration : migrations(service)) {
            var sql = COMMENT.matcher(Files.readString(migration)).replaceAll("");
            CHANGE.matcher(sql).results().forEach(change -> {
                var renamed = change.group(3);
                if (!change.group(1).equalsIgnoreCase("alter") || renamed != null) {
                    tables.remove(change.group(2));
                }
                if (change.group(1).equalsIgnoreCase("create")) {
                    tables.add(change.group(2));
                } else if (renamed != null) {
                    tables.add(renamed);
                }
            });
        }
        return tables;
    }

    /** In the order in which they are applied. */
    private static List<Path> migrations(String service) throws IOException {
        try (var files = Files.walk(ROOT.resolve(service + "-service/src/main/resources/db"))) {
            return files.filter(file -> file.toString().endsWith(".sql"))
                    .sorted(Comparator.comparing(file -> file.getFileName().toString()))
                    .toList();
        }
    }
}
