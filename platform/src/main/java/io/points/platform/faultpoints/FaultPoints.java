package io.points.platform.faultpoints;

import io.points.platform.background.Loop;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Lets a fault harness decide what happens at a {@link FaultPoint}. Off, and free of cost, unless {@code points.fault-points.folder}
 * names a folder, which must not be set in production. There, a file with the name of a fault point arms it; its content is one of:
 *
 * <ul>
 *   <li>{@code halt}: the next process that reaches it dies immediately, as by {@code kill -9};
 *   <li>{@code hold}: each caller waits until the file is deleted, a minute at most;
 *   <li>{@code slow N}: each caller is delayed by N milliseconds;
 *   <li>{@code fail TYPE TENANT}: publishing a tenant's messages of that type fails (at {@link
 *       FaultPoint#OUTBOX_BEFORE_SEND} only).
 * </ul>
 *
 * A file with the fault point's name and {@code .hit} beside it shows that a halt or a hold was reached.
 */
@ApplicationScoped
public class FaultPoints {

    private static final Logger LOG = Logger.getLogger(FaultPoints.class);
    private static final Uni<Void> NOTHING = Uni.createFrom().voidItem();
    private static final long LOOK_EVERY_MS = 20;
    private static final long LONGEST_HOLD_MS = Duration.ofMinutes(1).toMillis();

    /** As after {@code kill -9}: 128 + 9. */
    private static final int KILLED = 137;

    private final @Nullable Path folder;
    private final Vertx vertx;

    FaultPoints(@ConfigProperty(name = "points.fault-points.folder") Optional<Path> folder, Vertx vertx) {
        this.folder = folder.orElse(null);
        this.vertx = vertx;
        folder.ifPresent(path -> LOG.warnf("Fault points can be armed in %s: never set this in production", path));
    }

    /** Passed between the two steps; completes at once unless the fault point is armed. */
    public Uni<Void> at(FaultPoint faultPoint) {
        return folder == null
                ? NOTHING
                : Uni.createFrom().deferred(() -> act(faultPoint, folder.resolve(faultPoint.word())));
    }

    /** Whether something would happen there now. */
    public boolean isArmed(FaultPoint faultPoint) {
        return folder != null && order(folder.resolve(faultPoint.word())) != null;
    }

    /** Whether sending a tenant's message of this type is to fail now. */
    public boolean failsToSend(String type, UUID tenantId) {
        return folder != null
                && ("fail " + type + " " + tenantId)
                        .equals(order(folder.resolve(FaultPoint.OUTBOX_BEFORE_SEND.word())));
    }

    private Uni<Void> act(FaultPoint faultPoint, Path file) {
        var order = order(file);
        if (order == null) {
            return NOTHING;
        }
        if (order.equals("halt")) {
            halt(faultPoint, file);
        }
        if (order.equals("hold")) {
            return hold(file);
        }
        return order.startsWith("slow ") ? later(Long.parseLong(order.substring("slow ".length()))) : NOTHING;
    }

    private void halt(FaultPoint faultPoint, Path file) {
        try {
            Files.move(file, hit(file), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // Taken back, or met by another thread that is about to die for it.
            return;
        }
        LOG.warnf("Halted at %s, as armed", faultPoint);
        Runtime.getRuntime().halt(KILLED);
    }

    private Uni<Void> hold(Path file) {
        try {
            Files.writeString(hit(file), "");
        } catch (IOException e) {
            throw new IllegalStateException(hit(file) + " cannot be written", e);
        }
        return waitForEnd(file);
    }

    private Uni<Void> waitForEnd(Path file) {
        var looks = new AtomicLong(LONGEST_HOLD_MS / LOOK_EVERY_MS);
        return Loop.run(() -> looks.getAndDecrement() <= 0 || order(file) == null
                ? Uni.createFrom().item(false)
                : later(LOOK_EVERY_MS).replaceWith(true));
    }

    /** On the thread that asked, for a database connection must not change its own. */
    private Uni<Void> later(long milliseconds) {
        var own = vertx.getOrCreateContext();
        return Uni.createFrom().emitter(emitter -> own.owner()
                .setTimer(milliseconds, timer -> own.runOnContext(x -> emitter.complete(null))));
    }

    private static @Nullable String order(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new IllegalStateException(file + " cannot be read", e);
        }
    }

    private static Path hit(Path file) {
        return file.resolveSibling(file.getFileName() + ".hit");
    }
}
