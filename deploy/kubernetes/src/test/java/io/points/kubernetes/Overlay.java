package io.points.kubernetes;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** A copy of an overlay and of what it stands on, to be changed as an operator changes it. */
final class Overlay {
    private final Path root;
    private final String name;

    private Overlay(Path root, String name) {
        this.root = root;
        this.name = name;
    }

    /**
     * Copies one.
     *
     * @param copy what the copy's folder is called, under {@code target}; what was there before is overwritten
     */
    static Overlay copyOf(String name, String copy) {
        Path root = Project.MANIFESTS.resolve("target/overlays").resolve(copy);
        for (String part : List.of("base", "overlays/" + name)) {
            try (Stream<Path> files = Files.walk(Project.MANIFESTS.resolve(part))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path to = root.resolve(Project.MANIFESTS.relativize(file));
                    Files.createDirectories(to.getParent());
                    Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new Overlay(root, name);
    }

    /** Replaces text in a file of the overlay, in which it must stand. */
    Overlay edit(String file, String old, String changed) {
        Path path = root.resolve("overlays").resolve(name).resolve(file);
        String text = Project.read(path);
        assertTrue(text.contains(old), file + " has no " + old);
        try {
            Files.writeString(path, text.replace(old, changed));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** All of it, as it would be applied. */
    Manifests render() {
        return Manifests.rendered(folder());
    }

    /** Relative to {@code deploy/kubernetes}. */
    String folder() {
        return Project.MANIFESTS.relativize(root) + "/overlays/" + name;
    }
}
