package io.points.allocation.proposal;

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
import java.time.Instant;
import org.jboss.logging.Logger;

/** Ends the proposals that nobody has decided about in time, one in each transaction: what they hold goes back to the pool. */
@ApplicationScoped
public class ProposalRound {

    private static final Logger LOG = Logger.getLogger(ProposalRound.class);
    private static final Duration LONGEST_SLICE = Duration.ofSeconds(20);

    private final Transactions transactions;
    private final ProposalService proposals;
    private final Schedule schedule;
    private final Round round;

    ProposalRound(Transactions transactions, ProposalService proposals, Schedule schedule, Rounds rounds) {
        this.transactions = transactions.background();
        this.proposals = proposals;
        this.schedule = schedule;
        round = rounds.round("proposals");
    }

    void start(@Observes StartupEvent event) {
        schedule.everyConfigured("points.proposals.look-every", () -> look(BusinessTime.now()));
    }

    /** Ends those whose time is over by then. */
    public Uni<Void> look(Instant now) {
        return round.run(() -> transactions
                        .write(tx -> proposals.expire(tx, now))
                        .ifNoItem()
                        .after(LONGEST_SLICE)
                        .fail())
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.warnf("Proposals whose time is over could not be ended; the next round goes on: %s", failure);
                    return Uni.createFrom().voidItem();
                });
    }
}
