package io.points.distribution.approval;

import io.points.platform.background.Round;
import io.points.platform.background.Rounds;
import io.points.platform.background.Schedule;
import io.points.platform.outbox.Transactions;
import io.points.platform.time.BusinessTime;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Ends the proposals to take something back that nobody has decided about in time, one in each transaction. */
@ApplicationScoped
class UndoExpiryRound {

    private static final Logger LOG = Logger.getLogger(UndoExpiryRound.class);
    private static final Duration LONGEST_SLICE = Duration.ofSeconds(20);

    private final Transactions transactions;
    private final UndoApprovals undos;
    private final Schedule schedule;
    private final Round round;

    UndoExpiryRound(Transactions transactions, UndoApprovals undos, Schedule schedule, Rounds rounds) {
        this.transactions = transactions.background();
        this.undos = undos;
        this.schedule = schedule;
        round = rounds.round("undo_proposals");
    }

    void start(@Observes StartupEvent event) {
        schedule.everyConfigured("points.saga.sweep-every", this::turn);
    }

    private Uni<Void> turn() {
        return round.run(() -> transactions
                        .write(tx -> undos.expire(tx, BusinessTime.now()))
                        .ifNoItem()
                        .after(LONGEST_SLICE)
                        .fail())
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.warnf(
                            "Proposals to take something back whose time is over could not be ended; the next round goes on: %s",
                            failure);
                    return Uni.createFrom().voidItem();
                });
    }
}
