package io.points.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The files of this repository, wherever in it a test runs. */
public final class Checkout {

    private static final Path ROOT = Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
            .filter(folder -> Files.isDirectory(folder.resolve("docs").resolve("openapi")))
            .findFirst()
            .orElseThrow();

    private Checkout() {}

    /** @param file from the root on, with slashes */
    public static Path file(String file) {
        return ROOT.resolve(file);
    }
}
