package io.points.distribution.limit;

import io.points.distribution.limit.CountedForNothing.Counted;
import io.points.distribution.rule.GivingRules;
import io.points.distribution.rule.Tally;
import io.points.platform.background.Round;
import io.points.platform.background.Rounds;
import io.points.platform.background.Schedule;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/**
 * Takes off what was counted and did not happen, or was taken back: until then a limit is too strict, never too lax. Whoever ends a
 * distribution holds its row, and what was given is locked before that; so it is a transaction of its own. That it is taken off once is seen to
 * by the distribution's row.
 */
@ApplicationScoped
class TallyRound {

    private static final Logger LOG = Logger.getLogger(TallyRound.class);
    private static final int SLICE = 200;
    private static final Duration LONGEST_SLICE = Duration.ofSeconds(20);

    private final Transactions transactions;
    private final CountedForNothing counted;
    private final Tallies tallies;
    private final Schedule schedule;
    private final Round round;

    TallyRound(
            Transactions transactions, CountedForNothing counted, Tallies tallies, Schedule schedule, Rounds rounds) {
        this.transactions = transactions.background();
        this.counted = counted;
        this.tallies = tallies;
        this.schedule = schedule;
        round = rounds.round("tallies");
    }

    void start(@Observes StartupEvent event) {
        schedule.everyConfigured("points.saga.sweep-every", this::takeOff);
    }

    private Uni<Void> takeOff() {
        return round.run(() -> transactions
                        .write(this::slice)
                        .ifNoItem()
                        .after(LONGEST_SLICE)
                        .fail())
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.warnf(
                            "What was counted for nothing could not be taken off; the next round retries: %s", failure);
                    return Uni.createFrom().voidItem();
                });
    }

    /** @return whether there may be more */
    private Uni<Boolean> slice(Tx tx) {
        return counted.next(tx, SLICE)
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().item(false)
                        : takeOff(tx, found).replaceWith(true));
    }

    private Uni<Void> takeOff(Tx tx, List<Counted> found) {
        var keys = new TreeSet<Tallies.Key>();
        found.forEach(one -> keys.addAll(one.keys()));
        return tallies.lock(tx, keys).chain(locked -> counted.lock(tx, found).chain(still -> {
            var changed = new HashMap<Tallies.Key, Tally>();
            found.stream().filter(one -> still.contains(one.id())).forEach(one -> takeOff(one, locked, changed));
            return Tx.together(tallies.save(tx, changed), counted.takenOff(tx, still));
        }));
    }

    private static void takeOff(Counted one, Map<Tallies.Key, Tally> locked, Map<Tallies.Key, Tally> changed) {
        GivingRules.shares(one.subjects(), one.giving()).forEach((subject, share) -> {
            var key = new Tallies.Key(one.giving().tenantId(), subject);
            var before = changed.getOrDefault(key, locked.get(key));
            changed.put(key, before.minus(one.day(), one.giving().kind(), share.points(), share.awards()));
        });
    }
}
