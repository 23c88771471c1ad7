package io.points.kubernetes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * A program that these tests run and do not install. Where it is missing, the tests that need it are skipped and say so;
 * with {@code -Dpoints.tools=required}, as on the build server, they fail.
 */
enum Tool {
    /** Version 1.27 or newer, for what kustomize can do since. */
    KUBECTL("kubectl", "install kubectl 1.27 or newer and put it on the PATH; it needs no cluster"),
    /** The oldest that docs/operations.md claims. */
    OLDEST_KUBECTL("kubectl-1.27", ".ci/run puts one of that name on the PATH, with kubectl 1.27 in it"),
    /** Says what it would not commit. */
    GIT("git", "on Debian: apt-get install git"),
    /** Checks alerting rules. */
    PROMTOOL("promtool", "it comes with Prometheus; on Debian: apt-get install prometheus");

    private final String program;
    private final String remedy;

    Tool(String program, String remedy) {
        this.program = program;
        this.remedy = remedy;
    }

    /** What came of a run. */
    record Result(int exitCode, String output) {}

    /** Runs it in a folder; skips or fails the test if it is missing. */
    Result run(Path folder, String... arguments) {
        requirePresent();
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        try {
            Path errors = Files.createTempFile(program, ".err");
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectError(errors.toFile())
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exitCode = process.waitFor();
            String said = Files.readString(errors);
            Files.delete(errors);
            return new Result(exitCode, exitCode == 0 ? output : output + said);
        } catch (IOException e) {
            throw new IllegalStateException(program + " could not be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void requirePresent() {
        boolean present = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        if (present) {
            return;
        }
        String message = program + " is missing, so the manifests were not checked: " + remedy + ".";
        if ("required".equals(System.getProperty("points.tools"))) {
            Assertions.fail(message);
        }
        System.err.println("SKIPPED: " + message);
        Assumptions.abort(message);
    }
}
