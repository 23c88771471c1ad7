package io.points.allocation.alert;

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
import java.time.Instant;
import org.jboss.logging.Logger;

/**
 * Looks in the background for what raises and ends alerts: at what callers were refused, and at all tenants, slice by slice.
 * The one row of {@code alert_round} is locked for the length of a slice, so of several instances one is at it. Neither look
 * waits for the other to succeed.
 */
@ApplicationScoped
public class AlertScan {

    private static final Logger LOG = Logger.getLogger(AlertScan.class);
    private static final Duration LONGEST_SLICE = Duration.ofSeconds(20);

    private static final String TURN = """
            select due_at <= now() as due, tenant_id from alert_round
            where due_at < 'infinity' and ($1 or due_at <= now()) for update skip locked
            """;

    private static final String GO_ON = "update alert_round set tenant_id = $1";

    private static final String DONE =
            "update alert_round set tenant_id = null, due_at = now() + make_interval(secs => $1)";

    private final Transactions transactions;
    private final RefusedCallsWatch watch;
    private final RefusedCallsCheck calls;
    private final LowPoolCheck pools;
    private final Alerts alerts;
    private final AlertsConfig config;
    private final Schedule schedule;
    private final Round ofCalls;
    private final Round ofTenants;

    AlertScan(
            Transactions transactions,
            RefusedCallsWatch watch,
            RefusedCallsCheck calls,
            LowPoolCheck pools,
            Alerts alerts,
            AlertsConfig config,
            Schedule schedule,
            Rounds rounds) {
        this.schedule = schedule;
        this.transactions = transactions.background();
        this.watch = watch;
        this.calls = calls;
        this.pools = pools;
        this.alerts = alerts;
        this.config = config;
        ofCalls = rounds.round("refused_calls");
        ofTenants = rounds.round("business_alerts");
    }

    void start(@Observes StartupEvent event) {
        schedule.everyConfigured("points.alerts.look-every", this::scan);
    }

    /** Stores the refused calls that this instance has counted, and scans all tenants if a scan is due. */
    public Uni<Void> scan() {
        return lookAtCalls().chain(this::lookAtTenants);
    }

    private Uni<Void> lookAtCalls() {
        var heard = watch.take();
        return transactions
                .write(tx -> check(tx, heard))
                .ifNoItem()
                .after(LONGEST_SLICE)
                .fail()
                .invoke(looked -> {
                    if (!looked) {
                        watch.giveBack(heard);
                    }
                    ofCalls.succeeded();
                })
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(failure -> {
                    watch.giveBack(heard);
                    LOG.warnf("Refused calls could not be scanned; the next scan catches up: %s", failure);
                    return Uni.createFrom().voidItem();
                });
    }

    /** @return false if there is nothing to do, somebody else is at it, or nobody may */
    private Uni<Boolean> check(Tx tx, RefusedCalls heard) {
        return tx.query(TURN, !heard.isEmpty()).chain(turn -> {
            if (turn.rowCount() == 0) {
                return Uni.createFrom().item(false);
            }
            return calls.check(tx, heard, BusinessTime.now()).replaceWith(true);
        });
    }

    private Uni<Void> lookAtTenants() {
        return ofTenants
                .run(() -> transactions
                        .write(this::slice)
                        .ifNoItem()
                        .after(LONGEST_SLICE)
                        .fail())
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.warnf("Pools and budgets could not be scanned; the next scan continues: %s", failure);
                    return Uni.createFrom().voidItem();
                });
    }

    /** @return whether there is more to do at once */
    private Uni<Boolean> slice(Tx tx) {
        return tx.query(TURN, false).chain(turn -> {
            if (turn.rowCount() == 0) {
                return Uni.createFrom().item(false);
            }
            var now = BusinessTime.now();
            return pools.check(tx, turn.iterator().next().getUUID("tenant_id"), now)
                    .chain(last ->
                            last.isPresent() ? tx.query(GO_ON, last.get()).replaceWith(true) : end(tx, now));
        });
    }

    private Uni<Boolean> end(Tx tx, Instant now) {
        return alerts.endEnded(tx, now)
                .chain(() -> alerts.wake(tx, now))
                .chain(() -> tx.query(DONE, config.every().toMillis() / 1e3))
                .replaceWith(false);
    }
}
