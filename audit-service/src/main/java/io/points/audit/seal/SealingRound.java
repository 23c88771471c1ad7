package io.points.audit.seal;

import io.points.audit.quarantine.OfTenant;
import io.points.audit.quarantine.Quarantine;
import io.points.audit.quarantine.Work;
import io.points.platform.background.Round;
import io.points.platform.background.Rounds;
import io.points.platform.background.Schedule;
import io.points.platform.persistence.Background;
import io.points.platform.persistence.TransientErrors;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Seals again and again, turn by turn. A turn that fails for a reason that does not pass is halved until the record is found
 * that cannot be sealed; its tenant is left out, and all others go on.
 */
@ApplicationScoped
class SealingRound {

    private static final Logger LOG = Logger.getLogger(SealingRound.class);
    private static final Duration LONGEST_TURN = Duration.ofSeconds(20);

    /** Then it is read anew who is left out, and whose time has come; the rest of a backlog is sealed in the next pass. */
    private static final Duration LONGEST_PASS = Duration.ofSeconds(30);

    private static final String ANY = "select exists (select from audit_waiting) as any";

    private final Pool database;
    private final Sealer sealer;
    private final Restoration restoration;
    private final Quarantine quarantine;
    private final AuditConfig config;
    private final Schedule schedule;
    private final Round round;

    SealingRound(
            @Background Pool database,
            Sealer sealer,
            Restoration restoration,
            Quarantine quarantine,
            AuditConfig config,
            Schedule schedule,
            Rounds rounds) {
        this.database = database;
        this.sealer = sealer;
        this.restoration = restoration;
        this.quarantine = quarantine;
        this.config = config;
        this.schedule = schedule;
        round = rounds.round("sealing");
    }

    /** What a pass remembers. */
    private static final class Pass {

        private final long begun = System.nanoTime();

        /** How many records are taken at a time: fewer while it is looked for one that cannot be sealed. */
        private int most = Sealer.SLICE;

        /** It does not end while it is looked for such a record. */
        boolean isOver() {
            return most == Sealer.SLICE && System.nanoTime() - begun > LONGEST_PASS.toNanos();
        }
    }

    void start(@Observes StartupEvent event) {
        schedule.every(config.sealEvery(), this::turn);
    }

    private Uni<Void> turn() {
        if (!restoration.isKnown()) {
            return Uni.createFrom().voidItem();
        }
        return run().onFailure().recoverWithUni(failure -> {
            LOG.warnf("Audit records could not be sealed and will be retried: %s", failure);
            sealer.lagIsUnknown();
            return Uni.createFrom().voidItem();
        });
    }

    /** When idle, it costs two reads of empty tables. */
    private Uni<Void> run() {
        return quarantine
                .read()
                .chain(() -> database.query(ANY)
                        .execute()
                        .ifNoItem()
                        .after(LONGEST_TURN)
                        .fail())
                .map(rows -> rows.iterator().next().getBoolean("any"))
                .chain(any -> {
                    var pass = new Pass();
                    return round.run(() -> any ? slice(pass) : nothing());
                });
    }

    private Uni<Boolean> nothing() {
        sealer.rest();
        return Uni.createFrom().item(false);
    }

    private Uni<Boolean> slice(Pass pass) {
        if (schedule.isStopped() || pass.isOver()) {
            return Uni.createFrom().item(false);
        }
        return sealer.turn(pass.most)
                .ifNoItem()
                .after(LONGEST_TURN)
                .fail()
                .map(taken -> isFollowed(taken, pass))
                .onFailure(failure -> !TransientErrors.isTransient(failure))
                .recoverWithUni(failure -> narrow(pass, failure));
    }

    /** A backlog may go on for ever under load, so what was sealed of it is a success. */
    private boolean isFollowed(int taken, Pass pass) {
        boolean more = taken == pass.most;
        pass.most = Math.min(2 * pass.most, Sealer.SLICE);
        if (more) {
            round.succeeded();
        } else {
            sealer.rest();
        }
        return more;
    }

    private Uni<Boolean> narrow(Pass pass, Throwable failure) {
        if (failure instanceof OfTenant of) {
            return quarantine.add(Work.SEALING, of.tenant(), of.getCause()).replaceWith(true);
        }
        if (pass.most > 1) {
            pass.most /= 2;
            return Uni.createFrom().item(true);
        }
        return sealer.leaveOutOldest(failure).replaceWith(true);
    }
}
