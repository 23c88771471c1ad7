package io.points.local;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say which stack a command means. */
final class Place {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where the stack keeps its data and logs (default: .points/local in the repository).")
    private Path data;

    Path folder() {
        Path folder = data == null ? Repository.state().resolve("local") : data;
        return folder.toAbsolutePath().normalize();
    }

    RunRecord running() {
        return RunRecord.runningIn(folder())
                .orElseThrow(() -> new CannotStartException("Points is not running here; start it with ./points up."));
    }

    /** The ports to start on: those asked for, else those of the environment, else the usual ones. */
    static Ports ports(Integer asked) {
        return new Ports(Optional.ofNullable(asked)
                .or(() -> Optional.ofNullable(System.getenv("POINTS_PORT_BASE")).map(Place::number))
                .orElse(Ports.DEFAULT_BASE));
    }

    private static Integer number(String text) {
        try {
            return Integer.valueOf(text.trim());
        } catch (NumberFormatException e) {
            throw new CannotStartException("POINTS_PORT_BASE must be a number, not " + text + ".", e);
        }
    }
}
