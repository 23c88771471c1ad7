package io.points.distribution.saga;

import io.points.background.Round;
import io.points.background.Rounds;
import io.points.messaging.outbox.Transactions;
import io.points.messaging.outbox.Tx;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Finds distributions that have heard nothing for too long, in their rows and not in memory, and lets the saga ask:
 * after a restart they are found all the same.
 */
@ApplicationScoped
class Deadlines {

    private static final Logger LOG = Logger.getLogger(Deadlines.class);
    private static final int BATCH = 500;
    private static final Duration LONGEST_SLICE = Duration.ofSeconds(20);

    private final Transactions transactions;
    private final Distributions distributions;
    private final Round round;

    Deadlines(Transactions transactions, Distributions distributions, Rounds rounds) {
        this.transactions = transactions.background();
        this.distributions = distributions;
        round = rounds.round("deadlines");
    }

    @Scheduled(every = "${points.saga.sweep-every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        return round.run(() -> transactions
                        .write(this::askAgain)
                        .ifNoItem()
                        .after(LONGEST_SLICE)
                        .fail()
                        .map(found -> found == BATCH))
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.warnf("Overdue distributions could not be looked at; the next round will: %s", failure);
                    return Uni.createFrom().voidItem();
                });
    }

    private Uni<Integer> askAgain(Tx tx) {
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return distributions.lockOverdue(tx, now, BATCH).chain(overdue -> {
            var changes = new Changes(Map.of());
            if (!overdue.isEmpty()) {
                LOG.warnf(
                        "%s distributions heard nothing in time and ask again; the oldest is %s in state %s",
                        overdue.size(), overdue.get(0).id(), overdue.get(0).state());
            }
            for (var distribution : overdue) {
                changes.step(distribution.bySystem(), Saga.overdue(distribution.state(), distribution.reason()), 0);
            }
            return distributions.write(tx, changes, now).replaceWith(overdue.size());
        });
    }
}
