package io.points.local;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The options that say which stack a command means. */
final class StackOptions {
    /** What separates class paths, options of a database's URL or expressions; as in the script {@code points}. */
    private static final Pattern UNFIT = Pattern.compile("[:;!*?#%\\\\\"${}|\\p{Cntrl}]");

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where the stack keeps its data and logs (default: .points/local in the repository).")
    private Path data;

    Path folder() {
        return folder(usual());
    }

    /** The folder that was asked for, or {@code otherwise}. */
    Path folder(Path otherwise) {
        if (data == null) {
            return otherwise;
        }
        if (data.toString().isBlank()) {
            throw new CannotStartException("--data names no folder.");
        }
        Path folder = data.toAbsolutePath().normalize();
        Matcher unfit = UNFIT.matcher(folder.toString());
        if (unfit.find()) {
            throw new CannotStartException("The data cannot be kept in " + folder
                    + ", since Java or Keycloak would take the character "
                    + visible(unfit.group().charAt(0))
                    + " in it for something else: give another folder with --data.");
        }
        return folder;
    }

    private static String visible(char character) {
        return Character.isISOControl(character) ? "\\u%04x".formatted((int) character) : String.valueOf(character);
    }

    /** Where a stack is that nobody has asked to be elsewhere. */
    static Path usual() {
        return Repository.state().resolve("local").toAbsolutePath().normalize();
    }

    RunRecord running() {
        return RunRecord.runningIn(folder())
                .orElseThrow(() -> new CannotStartException(
                        "Points is not running here; start it with " + Hint.command("up", folder()) + "."));
    }

    /** The ports to start on: those asked for, else those of the environment, else the usual ones. */
    static Ports ports(Integer asked) {
        return new Ports(Optional.ofNullable(asked)
                .or(() -> Optional.ofNullable(System.getenv("POINTS_PORT_BASE")).map(StackOptions::number))
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
