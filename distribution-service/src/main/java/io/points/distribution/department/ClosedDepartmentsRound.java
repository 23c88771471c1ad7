package io.points.distribution.department;

import io.points.platform.background.Round;
import io.points.platform.background.Rounds;
import io.points.platform.background.Schedule;
import io.points.platform.outbox.Transactions;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Finds what has come back to closed departments, such as a refund that was under way, and has it go on into no envelope. */
@ApplicationScoped
class ClosedDepartmentsRound {

    private static final Logger LOG = Logger.getLogger(ClosedDepartmentsRound.class);
    private static final Duration LONGEST_SLICE = Duration.ofSeconds(20);
    private static final int SLICE = 100;

    private final Transactions transactions;
    private final ClosedDepartments departments;
    private final Schedule schedule;
    private final Round round;

    ClosedDepartmentsRound(Transactions transactions, ClosedDepartments departments, Schedule schedule, Rounds rounds) {
        this.transactions = transactions.background();
        this.departments = departments;
        this.schedule = schedule;
        round = rounds.round("closed_departments");
    }

    void start(@Observes StartupEvent event) {
        schedule.everyConfigured("points.saga.sweep-every", this::sweep);
    }

    private Uni<Void> sweep() {
        return round.run(() -> transactions
                        .write(tx -> departments.emptyNext(tx, SLICE).map(emptied -> emptied == SLICE))
                        .ifNoItem()
                        .after(LONGEST_SLICE)
                        .fail())
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.warnf("Closed departments could not be emptied; the next round retries: %s", failure);
                    return Uni.createFrom().voidItem();
                });
    }
}
