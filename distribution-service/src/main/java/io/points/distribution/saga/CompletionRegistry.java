package io.points.distribution.saga;

import io.points.platform.background.Round;
import io.points.platform.background.Rounds;
import io.points.platform.background.Schedule;
import io.points.platform.persistence.Background;
import io.points.platform.web.InTime;
import io.points.platform.web.Stopping;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * HTTP requests that wait for the final state of their distribution. This instance's own consumer completes them immediately; final
 * states written by another instance are found by polling the rows. When the service stops, all waits end, so that
 * every request is answered. Only the waits are kept in memory.
 */
@ApplicationScoped
public class CompletionRegistry {

    private static final Logger LOG = Logger.getLogger(CompletionRegistry.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(20);
    private static final String ENDED = "select id from distributions where id = any($1) and due_at is null";

    private final Map<UUID, Awaited> awaited = new ConcurrentHashMap<>();
    private final Vertx vertx;
    private final Pool database;
    private final Stopping stopping;
    private final Schedule schedule;
    private final Round round;

    CompletionRegistry(Vertx vertx, @Background Pool database, Stopping stopping, Schedule schedule, Rounds rounds) {
        this.schedule = schedule;
        this.vertx = vertx;
        this.database = database;
        this.stopping = stopping;
        round = rounds.round("awaited_distributions");
    }

    /** One distribution, and how many requests wait for it. */
    private static final class Awaited {
        private final CompletableFuture<Void> end = new CompletableFuture<>();
        private int requests;
    }

    void start(@Observes StartupEvent event) {
        schedule.every(LOOK_EVERY, this::look);
        stopping.begun().thenRun(() -> ended(List.copyOf(awaited.keySet())));
    }

    /** Registers a wait. Called before the distribution can end, so that its end is not missed. */
    public Wait expect(UUID id) {
        var one = awaited.compute(id, (x, known) -> {
            var entry = known == null ? new Awaited() : known;
            entry.requests++;
            return entry;
        });
        return new Wait(id, one);
    }

    /** One request's wait. Must be ended by {@link #await} or {@link #giveUp}. */
    public final class Wait {
        private final UUID id;
        private final Awaited one;

        private Wait(UUID id, Awaited one) {
            this.id = id;
            this.one = one;
        }

        /** Completes when the distribution has ended, {@code longest} has passed, or the service stops. */
        public Uni<Void> await(Duration longest) {
            if (longest.isZero() || stopping.hasBegun()) {
                giveUp();
                return Uni.createFrom().voidItem();
            }
            var end = Uni.createFrom().completionStage(one.end::copy);
            return InTime.orFail(vertx.getOrCreateContext(), end, longest)
                    .onFailure(TimeoutException.class)
                    .recoverWithNull()
                    .onTermination()
                    .invoke(this::giveUp);
        }

        public void giveUp() {
            awaited.computeIfPresent(id, (x, known) -> known == one && --one.requests <= 0 ? null : known);
        }
    }

    /** These have ended, and the transaction is committed. */
    public void ended(Collection<UUID> ids) {
        for (var id : ids) {
            var one = awaited.remove(id);
            if (one != null) {
                one.end.complete(null);
            }
        }
    }

    private Uni<Void> look() {
        if (awaited.isEmpty()) {
            round.succeeded();
            return Uni.createFrom().voidItem();
        }
        return database.preparedQuery(ENDED)
                .execute(Tuple.of(awaited.keySet().toArray(UUID[]::new)))
                .ifNoItem()
                .after(LONGEST_LOOK)
                .fail()
                .invoke(rows -> {
                    var ids = new ArrayList<UUID>();
                    rows.forEach(row -> ids.add(row.getUUID("id")));
                    ended(ids);
                    round.succeeded();
                })
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.debugf("Could not poll for final states; the next poll retries: %s", failure);
                    return Uni.createFrom().voidItem();
                });
    }
}
