package io.points.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A file system of its own for one folder, which can be filled up: an image file, mounted. Only root on a machine with
 * loop devices can have one.
 */
final class Disk implements AutoCloseable {

    private static final String SIZE = "12G";
    private static final int PIECE = 1 << 20;

    private final Path folder;
    private final Path filler;

    private Disk(Path folder) {
        this.folder = folder;
        filler = folder.resolve("filler");
    }

    /** Empty if this machine does not allow it. */
    static Optional<Disk> at(Path folder) throws IOException {
        Files.createDirectories(folder);
        var image = folder.resolveSibling(folder.getFileName() + ".image");
        // Sparse: it takes only what is written.
        var made = run(List.of("truncate", "-s", SIZE, image.toString()))
                && run(List.of("mkfs.ext4", "-q", "-m", "0", "-E", "lazy_itable_init=1,nodiscard", image.toString()))
                && run(List.of("mount", "-o", "loop", image.toString(), folder.toString()));
        if (!made) {
            Files.deleteIfExists(image);
            return Optional.empty();
        }
        // Ctrl-C must leave nothing mounted either.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> release(folder)));
        return Optional.of(new Disk(folder));
    }

    /** Leaves not one byte free. */
    void fill() throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace();
        // Reserves blocks without writing them, which would take minutes.
        run(List.of("fallocate", "-l", Long.toString(Math.max(1, free - PIECE)), filler.toString()));
        try (var out = Files.newOutputStream(filler.resolveSibling("filler.rest"))) {
            var piece = new byte[4096];
            while (true) {
                out.write(piece);
            }
        } catch (IOException full) {
            // As it should be.
        }
    }

    /** Makes room again. */
    void free() throws IOException {
        Files.deleteIfExists(filler);
        Files.deleteIfExists(filler.resolveSibling("filler.rest"));
    }

    @Override
    public void close() {
        release(folder);
    }

    /** Unmounts what is mounted at the folder, as soon as nobody uses it any more. */
    static void release(Path folder) {
        run(List.of("umount", "--lazy", folder.toString()));
    }

    private static boolean run(List<String> command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
