package io.points.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Prometheus's program: the installed one, else that of Debian's package, fetched and unpacked without being installed. */
final class PrometheusProgram {
    private static final String NAME = "prometheus";
    private static final String FETCH =
            "cd \"$1\" && apt-get download -q prometheus && dpkg -x prometheus_*.deb . && rm prometheus_*.deb";

    private PrometheusProgram() {}

    /**
     * What to run.
     *
     * @throws CannotStartException with what to do, if there is none and none can be fetched
     */
    static String find() {
        return find(Repository.state().resolve("tools"));
    }

    static String find(Path tools) {
        if (Shell.onPath(NAME)) {
            return NAME;
        }
        Path program = tools.resolve("usr/bin").resolve(NAME);
        if (!Files.isExecutable(program) && Shell.onPath("apt-get") && Shell.onPath("dpkg")) {
            fetch(tools);
        }
        if (!Files.isExecutable(program)) {
            throw new CannotStartException(
                    "Prometheus was not found, and nothing is observed: put the program prometheus on the"
                            + " PATH (on Debian: apt-get install prometheus), then ./points down and ./points up --observe.");
        }
        return program.toString();
    }

    /** A failure is in its log, and seen by what is not there then. */
    private static void fetch(Path tools) {
        try {
            Files.createDirectories(tools);
            Shell.run(List.of("sh", "-c", FETCH, "sh", tools.toString()), tools.resolve("fetch.log"));
        } catch (IOException e) {
            throw new CannotStartException(
                    "Prometheus was not found, and Debian's package of it could not be fetched, so nothing is observed: "
                            + e.getMessage() + ".",
                    e);
        }
    }
}
