package io.points.bench;

import io.points.local.CannotStartException;
import io.points.local.Repository;
import io.points.local.Wiring;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The services of another revision of this repository, built beside it. */
final class OtherRevision {

    private static final String SERVICES = "allocation-service,distribution-service,billing-service,audit-service";
    private static final int LENGTH_OF_NAME = 12;

    private final String name;
    private final Path folder;

    private OtherRevision(String name, Path folder) {
        this.name = name;
        this.folder = folder;
    }

    /**
     * Builds it, unless an earlier run has.
     *
     * @param revision as git knows it: a commit, a tag, a branch
     * @param builds where builds of other revisions are kept
     * @throws CannotStartException if git does not know it, or it cannot be built
     */
    static OtherRevision build(String revision, Path builds, PrintStream out) throws IOException {
        var commit = git("rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}");
        if (commit.isEmpty()) {
            throw new CannotStartException("git knows no revision \"" + revision + "\" here.");
        }
        var name = commit.substring(0, LENGTH_OF_NAME);
        var folder = builds.resolve(name);
        var built = folder.resolve("built");
        if (!Files.exists(built)) {
            var log = builds.resolve(name + ".log");
            out.println("Building " + name + ", which takes some minutes; see " + log);
            Files.createDirectories(folder);
            export(commit, folder);
            run(folder, log, "mvn", "-B", "-ntp", "package", "-DskipTests", "-pl", SERVICES, "-am");
            Files.createFile(built);
        }
        return new OtherRevision(name, folder);
    }

    String name() {
        return name;
    }

    /** A stack whose services are this revision's; PostgreSQL, Kafka and Keycloak are the same for both. */
    Wiring wiring() {
        return new Wiring() {
            @Override
            public Path built() {
                return folder;
            }
        };
    }

    /** The sources as they were committed, without git's own files: a build in them changes nothing here. */
    private static void export(String commit, Path folder) throws IOException {
        var archive = folder.resolve("sources.tar");
        run(Repository.root(), folder.resolve("export.log"), "git", "archive", "-o", archive.toString(), commit);
        run(folder, folder.resolve("export.log"), "tar", "-xf", archive.toString());
        Files.delete(archive);
    }

    private static void run(Path folder, Path log, String... command) throws IOException {
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (ended(process) != 0) {
            throw new CannotStartException(String.join(" ", command) + " has failed; see " + log);
        }
    }

    private static String git(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of("git", "-C", Repository.root().toString()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return ended(process) == 0 ? text : "";
    }

    private static int ended(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
