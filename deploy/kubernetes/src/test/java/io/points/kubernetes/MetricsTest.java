package io.points.kubernetes;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each metric of the code says what it is, in Prometheus and in docs/operations.md. */
class MetricsTest {
    private static final Pattern IN_CODE = Pattern.compile("\"(points_[a-z_]+)\"");
    private static final Pattern DESCRIBED = Pattern.compile("(?m)^(points_[a-z_]+)=[A-Z].{10,}$");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`points_[^|]+) \\|");
    private static final Pattern NAME = Pattern.compile("`(points_[a-z_]+)`");

    /** A column has a name of that kind too. */
    private static final String NO_METRIC = "points_allocation_balance";

    @Test
    void everyMetricHasItsHelp() {
        assertEquals(inCode(), described().collect(toCollection(TreeSet::new)));
        assertEquals(described().count(), described().distinct().count(), "a metric is described twice");
    }

    @Test
    void everyMetricIsDocumented() {
        Set<String> documented = new TreeSet<>();
        ROW.matcher(Project.read("docs/operations.md")).results().forEach(row -> NAME.matcher(row.group(1))
                .results()
                .forEach(name -> documented.add(
                        name.group(1).replaceAll("_total$", "").replaceAll("_duration_seconds$", "_duration"))));
        assertEquals(inCode(), documented);
    }

    private static Set<String> inCode() {
        Set<String> names = Project.findInServices(".java", IN_CODE);
        assertTrue(names.remove(NO_METRIC));
        return names;
    }

    private static Stream<String> described() {
        List<Path> files = Stream.of(
                        "platform", "allocation-service", "distribution-service", "billing-service", "audit-service")
                .flatMap(module -> Project.files(module + "/src/main", "META-INF/points/metrics.properties").stream())
                .toList();
        return files.stream()
                .flatMap(file -> DESCRIBED.matcher(Project.read(file)).results().map(found -> found.group(1)));
    }
}
