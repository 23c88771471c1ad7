package io.points.chaos;

import io.points.local.LocalProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Semaphore;

/** A process of the stack as the harness sees it: who holds its {@code turn} may break it, and must mend it. */
final class Part {

    private final LocalProcess process;
    private final Path seams;
    private final Semaphore turn = new Semaphore(1);

    /** @param seams the folder in which its seams are armed */
    Part(LocalProcess process, Path seams) {
        this.process = process;
        this.seams = seams;
    }

    String name() {
        return process.name();
    }

    LocalProcess process() {
        return process;
    }

    Semaphore turn() {
        return turn;
    }

    /** Gives an order for a seam: {@code halt}, {@code hold}, {@code slow N}, {@code fail TYPE TENANT}. */
    void arm(String seam, String order) {
        try {
            Files.deleteIfExists(hit(seam));
            var next = Files.writeString(seams.resolve(seam + ".next"), order);
            Files.move(next, seams.resolve(seam), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes an order back, and says whether it was met. */
    boolean disarm(String seam) {
        try {
            Files.deleteIfExists(seams.resolve(seam));
            return Files.deleteIfExists(hit(seam));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isHit(String seam) {
        return Files.exists(hit(seam));
    }

    private Path hit(String seam) {
        return seams.resolve(seam + ".hit");
    }
}
