package io.points.distribution.wish;

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

/** Ends wishes about which nobody has decided in time. */
@ApplicationScoped
class WishRound {

    private static final Logger LOG = Logger.getLogger(WishRound.class);
    private static final Duration LONGEST_SLICE = Duration.ofSeconds(20);
    private static final int SLICE = 200;

    private final Transactions transactions;
    private final Wishes wishes;
    private final WishService service;
    private final Schedule schedule;
    private final Round round;

    WishRound(Transactions transactions, Wishes wishes, WishService service, Schedule schedule, Rounds rounds) {
        this.transactions = transactions.background();
        this.wishes = wishes;
        this.service = service;
        this.schedule = schedule;
        round = rounds.round("wishes");
    }

    void start(@Observes StartupEvent event) {
        schedule.everyConfigured("points.saga.sweep-every", this::sweep);
    }

    private Uni<Void> sweep() {
        return round.run(() -> transactions
                        .write(this::slice)
                        .ifNoItem()
                        .after(LONGEST_SLICE)
                        .fail())
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.warnf("Wishes whose time is over could not be ended; the next round retries: %s", failure);
                    return Uni.createFrom().voidItem();
                });
    }

    /** @return whether there may be more */
    private Uni<Boolean> slice(Tx tx) {
        return wishes.lockDue(tx, BusinessTime.now(), SLICE).chain(due -> {
            var ended = Uni.createFrom().voidItem();
            for (var wish : due) {
                ended = ended.chain(() -> service.expire(tx, wish));
            }
            return ended.replaceWith(due.size() == SLICE);
        });
    }
}
