package io.points.audit.reread;

import io.points.audit.quarantine.OfTenant;
import io.points.audit.reread.RereadStretch.Cursor;
import io.points.platform.background.Round;
import io.points.platform.background.Rounds;
import io.points.platform.background.Schedule;
import io.points.platform.persistence.SqlGauges;
import io.points.platform.persistence.TransientErrors;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Reads all sealed records again, a small slice every few seconds, and then from the beginning: so whoever edits one is noticed
 * by the running service, and not only by an auditor's next export. A slice that cannot be read is halved until the tenant
 * is found that it is because of; that one is left out, and it is tried again exactly there when its time has come.
 */
@ApplicationScoped
class RereadRound {

    private static final Logger LOG = Logger.getLogger(RereadRound.class);

    private static final String DIFFERING = """
            select 'points_audit_differing_records' as name, null::text as tag, null::text as of, count(*)::float8 as value
            from audit_differing_records
            """;

    private final Rereading rereading;
    private final RereadConfig config;
    private final SqlGauges figures;
    private final Schedule schedule;
    private final Round round;

    /** Somewhere, so that restarts do not always read the same ones. */
    private Cursor place = new Cursor(UUID.randomUUID(), -1);

    private int most;

    RereadRound(Rereading rereading, RereadConfig config, SqlGauges figures, Schedule schedule, Rounds rounds) {
        this.rereading = rereading;
        this.config = config;
        this.figures = figures;
        this.schedule = schedule;
        most = config.records();
        round = rounds.round("rereading");
    }

    void start(@Observes StartupEvent event) {
        figures.guard(DIFFERING, "points_audit_differing_records");
        schedule.every(config.every(), () -> rereading
                .again(config.records())
                .chain(this::slice)
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.warnf("Sealed records could not be reread; the next round retries: %s", failure);
                    return Uni.createFrom().voidItem();
                }));
    }

    private Uni<Void> slice() {
        return rereading
                .slice(place, most)
                .invoke(this::goOn)
                .invoke(round::succeeded)
                .replaceWithVoid()
                .onFailure(failure -> !TransientErrors.isTransient(failure))
                .recoverWithUni(this::narrow);
    }

    private Uni<Void> narrow(Throwable failure) {
        if (failure instanceof OfTenant of) {
            return rereading
                    .leaveOut(place.of(of.tenant()), of.getCause())
                    .invoke(this::goOn)
                    .replaceWithVoid();
        }
        if (most > 1) {
            most /= 2;
            return Uni.createFrom().voidItem();
        }
        return rereading.leaveOutNext(place, failure).invoke(this::goOn).replaceWithVoid();
    }

    private void goOn(Cursor next) {
        place = next;
        most = Math.min(2 * most, config.records());
    }
}
