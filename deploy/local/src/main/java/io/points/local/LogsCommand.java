package io.points.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code points logs NAME}. */
@Command(name = "logs", description = "Prints the log of one part.")
final class LogsCommand implements Callable<Integer> {
    private static final String SUPERVISOR = "supervisor";

    @Mixin
    private StackOptions place;

    @Parameters(paramLabel = "NAME", description = "The part, as in ./points status; or supervisor.")
    private String name;

    @Option(names = "-f", description = "Go on as the log grows, until Ctrl-C.")
    private boolean follow;

    @Override
    public Integer call() throws IOException {
        List<String> names = names(place.folder());
        if (!names.contains(name)) {
            throw new CannotStartException(
                    names.isEmpty()
                            ? "There are no logs yet in " + place.folder() + "."
                            : "There is no log of " + name + "; there are: " + String.join(", ", names) + ".");
        }
        LogReader log = new LogReader(file(place.folder(), name));
        Terminal terminal = new Terminal(System.out);
        log.copyTo(terminal);
        while (follow) {
            Shell.pause(Duration.ofMillis(200));
            log.copyTo(terminal);
        }
        return 0;
    }

    private static List<String> names(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return Stream.concat(entries.map(entry -> entry.getFileName().toString()), Stream.of(SUPERVISOR))
                    .filter(entry -> Files.exists(file(folder, entry)))
                    .sorted()
                    .toList();
        }
    }

    private static Path file(Path folder, String name) {
        return SUPERVISOR.equals(name)
                ? folder.resolve("supervisor.log")
                : folder.resolve(name).resolve(name + ".log");
    }
}
