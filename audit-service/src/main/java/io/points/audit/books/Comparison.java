package io.points.audit.books;

import io.points.audit.quarantine.Quarantine;
import io.points.audit.quarantine.Work;
import io.points.contract.Account;
import io.points.contract.AuditEvent.AlertRaised;
import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Compares attested balances with what their events add up to, and raises alerts. */
@ApplicationScoped
class Comparison {

    private static final Logger LOG = Logger.getLogger(Comparison.class);

    private final ComparedRows rows;
    private final Quarantine quarantine;

    Comparison(ComparedRows rows, Quarantine quarantine) {
        this.rows = rows;
        this.quarantine = quarantine;
    }

    /**
     * What became of a page.
     *
     * @param waiting those whose entries may yet come
     * @param last where the next page begins
     * @param more whether there is one
     */
    record Page(List<Attested.Key> waiting, Attested.Key last, boolean more) {

        /** Before all balances. */
        static final Attested.Key START = new Attested.Key(new UUID(0, 0), Account.BUDGET, new UUID(0, 0));
    }

    /**
     * Compares the balances that come after one, of tenants that are not in quarantine.
     *
     * @param most so many
     */
    Uni<Page> page(Tx tx, Attested.Key after, int most, Predicate<Attested.Key> patienceIsOver) {
        return rows.waiting(tx, after, most, quarantine.leftOut(Work.COMPARISON))
                .chain(cases -> {
                    var waiting = new ArrayList<Attested.Key>();
                    var done = new ArrayList<Attested.Key>();
                    var outcomes = new ArrayList<ComparedRows.Result>();
                    var alerts = new ArrayList<AlertRaised>();
                    for (var one : cases) {
                        var key = one.attested().key();
                        var verdict = one.before().with(one.attested(), one.told(), patienceIsOver.test(key));
                        if (verdict instanceof Compared.Wait) {
                            waiting.add(key);
                            continue;
                        }
                        done.add(key);
                        if (verdict instanceof Compared.Settled settled) {
                            outcomes.add(new ComparedRows.Result(key, settled.now()));
                        } else if (verdict instanceof Compared.Alert alert) {
                            outcomes.add(new ComparedRows.Result(key, alert.now()));
                            alerts.add(alert(one.attested(), alert));
                        }
                    }
                    var last = cases.isEmpty()
                            ? after
                            : cases.get(cases.size() - 1).attested().key();
                    var page = new Page(waiting, last, cases.size() == most);
                    var tenants = cases.stream()
                            .map(one -> one.attested().key().tenantId())
                            .collect(Collectors.toSet());
                    return (done.isEmpty()
                                    ? Uni.createFrom().voidItem()
                                    : Tx.together(rows.done(tx, done), rows.keep(tx, outcomes), raise(tx, alerts)))
                            .chain(() -> quarantine.release(tx, Work.COMPARISON, tenants))
                            .replaceWith(page);
                });
    }

    /** The balance that comes after one; none if there is no more, of tenants that are not in quarantine. */
    Uni<Optional<Attested.Key>> next(Tx tx, Attested.Key after) {
        return rows.next(tx, after, quarantine.leftOut(Work.COMPARISON));
    }

    /** Leaves the tenant out to whom the balance after one belongs: it cannot be compared. */
    Uni<Void> leaveOut(Tx tx, Attested.Key after, Throwable failure) {
        return next(tx, after)
                .chain(key -> key.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : quarantine.add(tx, Work.COMPARISON, key.get().tenantId(), failure.toString()));
    }

    private static AlertRaised alert(Attested attested, Compared.Alert alert) {
        var key = attested.key();
        return new AlertRaised(
                Ids.derive(attested.eventId(), "AlertRaised/" + key.account().word() + "/" + key.holderId()),
                key.tenantId(),
                alert.kind(),
                key.account(),
                key.holderId(),
                attested.entryNumber(),
                alert.now().balance(),
                attested.stored(),
                attested.sumOfEntries(),
                alert.now().known().missingEntries(),
                attested.eventId());
    }

    private Uni<Void> raise(Tx tx, List<AlertRaised> alerts) {
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        var all = Uni.createFrom().voidItem();
        for (var alert : alerts) {
            LOG.errorf(
                    "ALARM: the %s of %s (tenant %s) has %s points in its row and %s in its entries, where the events add"
                            + " up to %s; of its %s entries, %s are missing among the events",
                    alert.account().word(),
                    alert.holderId(),
                    alert.tenantId(),
                    alert.storedBalance(),
                    alert.sumOfEntries(),
                    alert.expectedBalance(),
                    alert.entryNumber(),
                    alert.missingEntries());
            tx.send(alert.alertId(), alert, now, Envelope.Actor.SYSTEM);
            all = all.chain(() -> rows.raise(tx, alert, now));
        }
        return all;
    }
}
