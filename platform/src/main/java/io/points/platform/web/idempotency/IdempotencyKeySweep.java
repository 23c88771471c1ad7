package io.points.platform.web.idempotency;

import io.points.platform.background.Round;
import io.points.platform.background.Rounds;
import io.points.platform.background.Schedule;
import io.points.platform.persistence.Background;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Deletes old idempotency keys, 45 days after their request: some at a time, oldest first by the index, a transaction each.
 * Several instances may do it at once.
 */
@ApplicationScoped
public class IdempotencyKeySweep {

    private static final Logger LOG = Logger.getLogger(IdempotencyKeySweep.class);
    private static final int AT_A_TIME = 5_000;
    private static final Duration FIRST = Duration.ofMinutes(10);
    private static final Duration EVERY = Duration.ofHours(6);
    private static final Duration LONGEST_SLICE = Duration.ofSeconds(20);

    private static final String DELETE = """
            delete from idempotency_keys where ctid = any(array(
                select ctid from idempotency_keys where created_at < now() - interval '45 days'
                order by created_at limit $1 for update skip locked))
            """;

    private final Pool database;
    private final Schedule schedule;
    private final Round round;

    IdempotencyKeySweep(@Background Pool database, Schedule schedule, Rounds rounds) {
        this.schedule = schedule;
        this.database = database;
        round = rounds.round("idempotency_keys");
    }

    /** Its round ages from now, not from when it first runs. */
    void start(@Observes StartupEvent event) {
        schedule.every(EVERY, FIRST, this::delete);
    }

    /** Deletes all that are old enough. */
    public Uni<Void> delete() {
        return round.run(() -> database.preparedQuery(DELETE)
                        .execute(Tuple.of(AT_A_TIME))
                        .ifNoItem()
                        .after(LONGEST_SLICE)
                        .fail()
                        .map(deleted -> deleted.rowCount() == AT_A_TIME))
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.warnf("Expired idempotency keys could not be deleted; the next round continues: %s", failure);
                    return Uni.createFrom().voidItem();
                });
    }
}
