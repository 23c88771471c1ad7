package io.points.kubernetes;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All blocks of docs/operations.md, pasted into bash one after another. What they call is a script of this test, which notes
 * the call, answers as the program would, and fails when it is told to; so this needs no cluster, and shows where a block stops.
 */
class OperationsTest {
    private static final Pattern BLOCK = Pattern.compile("(?s)\n```sh\n(.*?)\n```");
    private static final Pattern WRITTEN = Pattern.compile("(?:> |new-key \\S+ )([a-z][\\w./$-]*)");
    private static final String STOPS = "(set -eo pipefail\n";

    /** Whatever the blocks call that is no part of a shell. */
    private static final Set<String> PROGRAMS = Set.of(
            "kubectl",
            "mvn",
            "docker",
            "git",
            "openssl",
            "uuidgen",
            "curl",
            "jq",
            "less",
            "points",
            "kafka-consumer-groups.sh");

    private static final String PROGRAM = """
            #!/bin/sh
            name=${0##*/}
            printf '%s\\n' "$$ $name $*" >> "$CALLS"
            number=$(grep -n "^$$ " "$CALLS")
            number=${number%%:*}
            [ "$number" != "$FAILS" ] || exit 3
            case "$name $*" in
              *" diff "*) exit 1 ;;
              *" apply "*"-o name"*) echo job.batch/any-migration-1.0.0 ;;
              *" get job.batch/"*) echo "$JOB" ;;
              *" get secret "*) echo c2VjcmV0 ;;
              jq*|openssl*|uuidgen*|git*) echo text ;;
            esac
            [ "$name" != jq ] || cat > /dev/null
            """;

    @TempDir
    private Path folder;

    private final List<String> blocks = blocks();

    @BeforeEach
    void makePrograms() throws IOException {
        Files.createDirectories(folder.resolve("bin"));
        Files.createDirectories(folder.resolve("deploy/compose"));
        for (String program : PROGRAMS) {
            for (Path place : List.of(folder.resolve("bin"), folder)) {
                Path file = Files.writeString(place.resolve(program), PROGRAM);
                assertTrue(file.toFile().setExecutable(true));
            }
        }
    }

    @Test
    void allOfThemRunInOrder() throws Exception {
        Run all = paste(String.join("\n", blocks), Map.of());
        assertEquals(0, all.exitCode(), all.said());
        assertTrue(all.calls().size() > 100, all.said());
        // No call has an answer in it that did not come.
        all.calls().forEach(call -> assertFalse(call.contains("=  ") || call.endsWith("="), call));
    }

    /** Whichever call fails, the block fails, and calls nothing more. */
    @Test
    void aBlockStopsAtItsFirstFailure() throws Exception {
        StringBuilder before = new StringBuilder();
        for (String block : blocks) {
            String functions = before.toString();
            int calls = paste(functions + block, Map.of()).calls().size()
                    - paste(functions, Map.of()).calls().size();
            if (calls > 1 && block.replace("\\\n", "").contains("\n")) {
                assertTrue(block.contains(STOPS), "Several commands, and nothing that stops: " + block);
                for (int fails = 1; fails <= calls; fails++) {
                    Run run = paste(functions + block, Map.of("FAILS", Integer.toString(fails)));
                    assertNotEquals(0, run.exitCode(), "call " + fails + " fails, and this does not: " + block);
                    // The other end of a pipe has been started by then.
                    assertTrue(
                            run.calls().size() <= fails + 1
                                    && !changes(run.calls()
                                            .subList(fails, run.calls().size())),
                            () -> "went on: " + String.join("\n", run.calls()));
                }
            }
            before.append(functionsOf(block));
        }
    }

    @Test
    void aMigrationThatFailsStopsTheUpgradeAtOnce() throws Exception {
        String upgrade = blocks.stream()
                .filter(block -> block.contains("migrate $s\n") && !block.contains("migrate()"))
                .findFirst()
                .orElseThrow();
        String text = blocks.stream().map(OperationsTest::functionsOf).collect(joining()) + "s=billing folder=any\n"
                + upgrade;
        Run good = paste(text, Map.of());
        assertEquals(0, good.exitCode(), good.said());
        assertTrue(good.calls().stream().anyMatch(call -> call.contains("rollout status")));

        Run bad = paste(text, Map.of("JOB", "FailureTarget Failed"));
        assertNotEquals(0, bad.exitCode());
        assertTrue(bad.calls().stream().anyMatch(call -> call.contains("logs job.batch/any-migration-1.0.0")));
        assertTrue(bad.calls().stream().noneMatch(call -> call.contains("rollout")), bad.said());
        assertEquals(
                1, bad.calls().stream().filter(call -> call.contains("apply")).count());
    }

    @Test
    void whatTheyWriteIsIgnored() throws Exception {
        Tool.GIT.run(folder, "init", "-q");
        Files.copy(Project.ROOT.resolve(".gitignore"), folder.resolve(".gitignore"));
        Set<String> written = new TreeSet<>();
        Stream.of("docs/operations.md", "docs/audit.md")
                .flatMap(document -> WRITTEN.matcher(blocksOf(document).collect(joining("\n")))
                        .results())
                .forEach(match -> written.add(match.group(1).replace("$s", "billing")));
        assertTrue(written.containsAll(Set.of(
                "signing-key.pem",
                "public-keys.txt",
                "user.p12",
                "client.properties",
                "deploy/compose/.env",
                "lost-billing.yaml")));
        for (String file : written) {
            assertEquals(0, Tool.GIT.run(folder, "check-ignore", "-q", file).exitCode(), file + " could be committed");
        }
    }

    private static boolean changes(List<String> calls) {
        return calls.stream()
                .anyMatch(call -> call.matches(".* (create|apply|delete|annotate|label|push|exec) .*")
                        && !call.contains("kcadm.sh get"));
    }

    /** Its functions and variables, without what it does. */
    private static String functionsOf(String block) {
        int stops = block.indexOf(STOPS);
        return (stops < 0 ? block : block.substring(0, stops))
                        .lines()
                        .anyMatch(line -> line.matches("\\w+\\(\\) .*|\\w+=\\w+.*"))
                ? (stops < 0 ? "" : block.substring(0, stops))
                : "";
    }

    private static List<String> blocks() {
        List<String> blocks = blocksOf("docs/operations.md").toList();
        assertTrue(blocks.size() > 12);
        return blocks;
    }

    private static Stream<String> blocksOf(String document) {
        return BLOCK.matcher(Project.read(document)).results().map(match -> match.group(1));
    }

    private record Run(int exitCode, List<String> calls, String said) {}

    private Run paste(String text, Map<String, String> environment) throws IOException, InterruptedException {
        Path calls = folder.resolve("calls");
        Files.deleteIfExists(calls);
        Files.createFile(calls);
        Path output = folder.resolve("output");
        ProcessBuilder bash = new ProcessBuilder("bash")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(Files.writeString(folder.resolve("pasted"), text).toFile())
                .redirectOutput(output.toFile());
        bash.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        bash.environment()
                .putAll(Map.of("CALLS", calls.toString(), "FAILS", "0", "JOB", "SuccessCriteriaMet Complete"));
        Stream.of("REGISTRY", "ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "BOOTSTRAP", "TENANT", "TOKEN", "PASSWORD")
                .forEach(variable -> bash.environment().put(variable, "any"));
        bash.environment().putAll(environment);
        Process process = bash.start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        List<String> called = Files.readAllLines(calls).stream()
                .map(call -> call.substring(call.indexOf(' ') + 1))
                .toList();
        return new Run(process.exitValue(), called, String.join("\n", called) + "\n" + Project.read(output));
    }
}
