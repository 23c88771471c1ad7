package io.points.billing.period;

import io.points.platform.background.Round;
import io.points.platform.background.Rounds;
import io.points.platform.background.Schedule;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Writes down which proposals to reopen a month have lapsed, whether anybody looks at them or not. */
@ApplicationScoped
class LapsedProposalsRound {

    private static final Logger LOG = Logger.getLogger(LapsedProposalsRound.class);
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration LONGEST_SLICE = Duration.ofSeconds(20);

    private final Transactions transactions;
    private final PeriodRows rows;
    private final PeriodService service;
    private final Schedule schedule;
    private final Round round;

    LapsedProposalsRound(
            Transactions transactions, PeriodRows rows, PeriodService service, Schedule schedule, Rounds rounds) {
        this.transactions = transactions.background();
        this.rows = rows;
        this.service = service;
        this.schedule = schedule;
        round = rounds.round("lapsed_proposals");
    }

    void start(@Observes StartupEvent event) {
        schedule.every(EVERY, this::turn);
    }

    private Uni<Void> turn() {
        return round.run(() -> transactions
                        .write(this::slice)
                        .ifNoItem()
                        .after(LONGEST_SLICE)
                        .fail())
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.warnf("Lapsed proposals could not be written down; the next round does so: %s", failure);
                    return Uni.createFrom().voidItem();
                });
    }

    /** One proposal at a time. Another instance may have been faster: then there is nothing left to write down. */
    private Uni<Boolean> slice(Tx tx) {
        return rows.oldestProposal(tx, BusinessTime.now().minus(PeriodRules.PROPOSAL_LIFE))
                .chain(month -> month == null ? Uni.createFrom().item(false) : service.lapse(tx, month));
    }
}
