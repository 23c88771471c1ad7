package io.points.testing;

import io.points.platform.faultpoints.FaultPoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.awaitility.Awaitility;

/** Stops the service under test at a {@link FaultPoint}, until it is closed: the place where a crash would hurt most. */
public final class Hold implements AutoCloseable {

    private final Path order;
    private final Path hit;

    private Hold(Path order) {
        this.order = order;
        hit = order.resolveSibling(order.getFileName() + ".hit");
    }

    /** From now on, whoever gets there waits. The database ends a transaction that waits for longer than 15 seconds. */
    public static Hold at(FaultPoint faultPoint) {
        var hold = new Hold(PointsTestResource.surroundings().faultPoints().resolve(faultPoint.word()));
        try {
            Files.deleteIfExists(hold.hit);
            // In one step, so that nobody reads half an order.
            var draft = Files.writeString(hold.order.resolveSibling("draft"), "hold");
            Files.move(draft, hold.order, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return hold;
    }

    /** Returns when somebody waits there. */
    public void awaitHit() {
        Awaitility.await().until(() -> Files.exists(hit));
    }

    /** Lets them go on. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(order);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
