package io.points.allocation.alert;

import io.points.messaging.outbox.Transactions;
import io.points.messaging.outbox.Tx;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jboss.logging.Logger;

/**
 * Looks in the background for what raises and ends alerts. The one row of {@code alert_round} is locked for the length of a
 * look, so of several instances one is at it.
 */
@ApplicationScoped
public class AlertLook {

    private static final Logger LOG = Logger.getLogger(AlertLook.class);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(20);

    private static final String TURN = """
            select due_at <= now() as due from alert_round
            where due_at < 'infinity' and ($1 or due_at <= now()) for update skip locked
            """;

    private static final String DONE = "update alert_round set due_at = now() + make_interval(secs => $1)";

    private final Transactions transactions;
    private final RefusedCallsWatch watch;
    private final RefusedCallsLook calls;
    private final PoolLook pools;
    private final Alerts alerts;
    private final AlertsConfig config;

    AlertLook(
            Transactions transactions,
            RefusedCallsWatch watch,
            RefusedCallsLook calls,
            PoolLook pools,
            Alerts alerts,
            AlertsConfig config) {
        this.transactions = transactions;
        this.watch = watch;
        this.calls = calls;
        this.pools = pools;
        this.alerts = alerts;
        this.config = config;
    }

    /** Adds what this instance has heard to what is known, and looks at all the rest if that is due. */
    @Scheduled(every = "${points.alerts.look-every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public Uni<Void> look() {
        var heard = watch.take();
        return transactions
                .write(tx -> look(tx, heard))
                .ifNoItem()
                .after(LONGEST_LOOK)
                .fail()
                .invoke(looked -> {
                    if (!looked) {
                        watch.giveBack(heard);
                    }
                })
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(failure -> {
                    watch.giveBack(heard);
                    LOG.warnf("It could not be looked for alerts; the next look makes up for it: %s", failure);
                    return Uni.createFrom().voidItem();
                });
    }

    /** @return false if there is nothing to do, somebody else is at it, or nobody may */
    private Uni<Boolean> look(Tx tx, RefusedCalls heard) {
        return tx.query(TURN, !heard.isEmpty()).chain(turn -> {
            if (turn.rowCount() == 0) {
                return Uni.createFrom().item(false);
            }
            boolean due = turn.iterator().next().getBoolean("due");
            var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
            var work = due || !heard.isEmpty()
                    ? calls.look(tx, heard, now)
                    : Uni.createFrom().voidItem();
            return (due ? work.chain(() -> lookAtTheRest(tx, now)) : work).replaceWith(true);
        });
    }

    private Uni<Void> lookAtTheRest(Tx tx, Instant now) {
        return pools.look(tx, now)
                .chain(() -> alerts.wake(tx, now))
                .chain(() -> tx.query(DONE, config.every().toMillis() / 1e3))
                .replaceWithVoid();
    }
}
