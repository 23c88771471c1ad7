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
    private final Path faultPoints;
    private final Semaphore turn = new Semaphore(1);

    /** @param faultPoints the folder in which its fault points are armed */
    Part(LocalProcess process, Path faultPoints) {
        this.process = process;
        this.faultPoints = faultPoints;
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

    /** Gives an order for a fault point: {@code halt}, {@code hold}, {@code slow N}, {@code fail TYPE TENANT}. */
    void arm(String faultPoint, String order) {
        try {
            Files.deleteIfExists(hit(faultPoint));
            var next = Files.writeString(faultPoints.resolve(faultPoint + ".next"), order);
            Files.move(next, faultPoints.resolve(faultPoint), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes an order back, and says whether it was met. */
    boolean disarm(String faultPoint) {
        try {
            Files.deleteIfExists(faultPoints.resolve(faultPoint));
            return Files.deleteIfExists(hit(faultPoint));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isHit(String faultPoint) {
        return Files.exists(hit(faultPoint));
    }

    private Path hit(String faultPoint) {
        return faultPoints.resolve(faultPoint + ".hit");
    }
}
