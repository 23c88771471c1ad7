package io.points.sources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * How many files a reader opens to follow one award from the pool, from the request to the response. docs/architecture.md lists
 * them; this counts them, and finds what it leaves out.
 */
class AwardPathTest {

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    /** From one to the next, down to the first SQL statement. */
    private static final List<String> TO_THE_FIRST_STATEMENT =
            List.of("DistributionResource", "AwardService", "Coalescer", "Transactions", "Tx", "Directory");

    private static final int MOST_FILES = 35;

    /** Packages that are beside the way, whatever is in them. */
    private static final Set<String> BESIDE = Set.of(
            // The words of the messages, and how they are written.
            "io.points.contract",
            // What is measured, traced, logged; what time it is; where faults are put in; what loops.
            "io.points.platform.telemetry",
            "io.points.platform.faultpoints",
            "io.points.platform.background",
            "io.points.platform.time",
            "io.points.platform.internals");

    /** Classes that are beside the way. */
    private static final Set<String> BESIDE_BY_NAME = Set.of(
            // What a request says of itself, and how it is refused.
            "Caller",
            "InTime",
            "Params",
            "Problem",
            "Problems",
            "Stopping",
            "TransientErrors",
            "Columns",
            // Lists and what a recognition adds.
            "Branches",
            "Conditions",
            "People",
            "Proof",
            "Recognition",
            // Until when points can be used, for tenants that say so; awards that are taken back; tenants that are
            // closed.
            "LotColumns",
            "Lots",
            "Policies",
            "Reversals",
            "TenantClosings",
            "UndoApprovals",
            // What a debit brings about that makes a pool low, or finds it empty.
            "PoolAlerts",
            // Who may give how much, for tenants that say so.
            "Judgements",
            "Limits",
            // Departments' envelopes, for tenants that have any.
            "DepartmentBalances",
            "DepartmentPools",
            "Departments",
            // What cannot be handled.
            "DeadLetters",
            "PollFault",
            // What is counted.
            "SagaLog",
            "SagaMetrics",
            "WalletTotals");

    private final List<Path> files = listed();
    private final JavaClasses code = new ClassFileImporter()
            .importPaths(
                    Stream.of("contract", "platform", "platform/ledger", "allocation-service", "distribution-service")
                            .map(module -> ROOT.resolve(module).resolve("target/classes"))
                            .toList());

    @Test
    void noMoreFilesThanAReaderKeepsInMind() {
        assertTrue(files.size() > 20 && files.size() <= MOST_FILES, files.size() + " files");
        assertEquals(
                List.of(), files.stream().filter(file -> !Files.exists(file)).toList());
        assertEquals(names().size(), files.size(), "each once");
    }

    @Test
    void theFirstStatementIsFiveCallsAway() {
        for (int i = 1; i < TO_THE_FIRST_STATEMENT.size(); i++) {
            var before = TO_THE_FIRST_STATEMENT.subList(0, i);
            var next = TO_THE_FIRST_STATEMENT.get(i);
            assertTrue(
                    before.stream().anyMatch(name -> called(name).contains(next)),
                    next + " is called by one of " + before);
        }
        assertTrue(names().containsAll(TO_THE_FIRST_STATEMENT));
    }

    @Test
    void whatIsCalledOnTheWayIsListedOrBesideIt() {
        var missing = new TreeSet<String>();
        for (var name : names()) {
            called(name).stream()
                    .filter(other -> !names().contains(other) && !BESIDE_BY_NAME.contains(other))
                    .forEach(other -> missing.add(name + " calls " + other));
        }
        assertEquals(Set.of(), missing);
    }

    @Test
    void whatIsSaidToBeBesideItIsCalledFromIt() {
        var called = names().stream().flatMap(name -> called(name).stream()).collect(Collectors.toSet());
        var forgotten = new TreeSet<>(BESIDE_BY_NAME);
        forgotten.removeAll(called);
        assertEquals(Set.of(), forgotten);
    }

    /** What a class of ours calls of ours that can do something: records and enums only hold it. */
    private Set<String> called(String name) {
        var called = new TreeSet<String>();
        for (var one : code) {
            if (!outermost(one).getSimpleName().equals(name)) {
                continue;
            }
            one.getMethodCallsFromSelf().stream()
                    .map(call -> outermost(call.getTargetOwner()))
                    .filter(other -> other.getPackageName().startsWith("io.points."))
                    .filter(other -> names().contains(other.getSimpleName()) || canDoSomething(other))
                    .map(JavaClass::getSimpleName)
                    .forEach(called::add);
        }
        called.remove(name);
        return called;
    }

    private static boolean canDoSomething(JavaClass one) {
        return !one.isRecord()
                && !one.isEnum()
                && !one.isInterface()
                && BESIDE.stream().noneMatch(one.getPackageName()::startsWith);
    }

    private Set<String> names() {
        return files.stream()
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static JavaClass outermost(JavaClass one) {
        var outer = one;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer;
    }

    private static List<Path> listed() {
        try {
            var text = Files.readString(ROOT.resolve("docs/architecture.md"));
            var table = text.substring(text.indexOf("| step | files |"));
            var rows = table.substring(0, table.indexOf("\n\n"));
            var files = new ArrayList<Path>();
            Pattern.compile("\\]\\((\\.\\./[^)]+\\.java)\\)")
                    .matcher(rows)
                    .results()
                    .forEach(link -> files.add(
                            ROOT.resolve("docs").resolve(link.group(1)).normalize()));
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
