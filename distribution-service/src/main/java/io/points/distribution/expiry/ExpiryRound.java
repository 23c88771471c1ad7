package io.points.distribution.expiry;

import io.points.contract.Account;
import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.contract.LapseReason;
import io.points.contract.PolicyEvent.PointsExpiring;
import io.points.distribution.expiry.Expiries.Addressed;
import io.points.distribution.expiry.Expiries.Tenant;
import io.points.distribution.expiry.ExpiryRules.Decision;
import io.points.distribution.expiry.ExpiryRules.Told;
import io.points.distribution.saga.Distributions;
import io.points.distribution.wallet.Wallet;
import io.points.distribution.wallet.WalletKind;
import io.points.distribution.wallet.Wallets;
import io.points.ledger.dates.Lots;
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
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Goes through each tenant's wallets once a local day, when it has begun: points lapse whose day is over, and owners are told of what
 * lapses soon. Slice by slice, each a transaction that finds in its table how far it is: whoever dies loses a slice. Between slices
 * everybody else has time to use the wallets.
 */
@ApplicationScoped
class ExpiryRound {

    private static final Logger LOG = Logger.getLogger(ExpiryRound.class);
    private static final Duration LONGEST_SLICE = Duration.ofSeconds(20);

    /**
     * With {@link #SLICE}: some 200 wallets a second. What billing and audit have to do for a slice takes them a small part of the time
     * that they have until the next one, and is over so soon that whoever gives points meanwhile hardly feels it.
     */
    private static final Duration REST = Duration.ofMillis(40);

    private static final int SLICE = 10;

    private final Transactions transactions;
    private final Expiries expiries;
    private final Wallets wallets;
    private final Distributions distributions;
    private final ExpiryMetrics metrics;
    private final Schedule schedule;
    private final Round round;

    ExpiryRound(
            Transactions transactions,
            Expiries expiries,
            Wallets wallets,
            Distributions distributions,
            ExpiryMetrics metrics,
            Schedule schedule,
            Rounds rounds) {
        this.transactions = transactions.background();
        this.expiries = expiries;
        this.wallets = wallets;
        this.distributions = distributions;
        this.metrics = metrics;
        this.schedule = schedule;
        round = rounds.round("expiry");
    }

    void start(@Observes StartupEvent event) {
        schedule.everyConfigured(
                "points.expiry.look-every",
                () -> look(BusinessTime::now).onFailure().recoverWithUni(failure -> {
                    LOG.warnf(
                            "Wallets could not be gone through for points that lapse; the next round goes on: %s",
                            failure);
                    return Uni.createFrom().voidItem();
                }));
    }

    /** What is due at that moment. */
    Uni<Void> look(Supplier<Instant> clock) {
        return round.run(() -> transactions
                .write(tx -> slice(tx, clock))
                .ifNoItem()
                .after(LONGEST_SLICE)
                .fail()
                .chain(rest -> switch (rest) {
                    case NOTHING_DUE -> Uni.createFrom().item(false);
                    case NO_WALLETS -> Uni.createFrom().item(true);
                    case WALLETS ->
                        Uni.createFrom().item(true).onItem().delayIt().by(REST);
                }));
    }

    /** What a slice has come to. */
    private enum Done {
        /** No tenant's day has begun. */
        NOTHING_DUE,
        /** A tenant has no wallets, or no more, of which some lapses soon. */
        NO_WALLETS,
        /** Wallets were locked: others go first. */
        WALLETS
    }

    private Uni<Done> slice(Tx tx, Supplier<Instant> clock) {
        return expiries.lockNext(tx, clock.get())
                .chain(found ->
                        found.isEmpty() ? Uni.createFrom().item(Done.NOTHING_DUE) : slice(tx, found.get(), clock));
    }

    private Uni<Done> slice(Tx tx, Tenant tenant, Supplier<Instant> clock) {
        var today = tenant.days().firstNotOver(clock.get());
        var next = ExpiryRules.beginOfNext(today, tenant.days());
        return expiries.wallets(
                        tx,
                        tenant,
                        earnedUntil(tenant, today),
                        today.plusDays(ExpiryRules.NOTICES_OF_BUDGETS.get(0)),
                        SLICE)
                .chain(keys -> keys.isEmpty()
                        ? expiries.done(tx, tenant, next, waitsUntil(tenant, today))
                                .replaceWith(Done.NO_WALLETS)
                        : wallets.lock(tx, keys)
                                .chain(locked -> expiries.told(tx, tenant.id(), keys)
                                        .chain(told -> settle(tx, tenant, locked, told, clock)))
                                .chain(() -> keys.size() < SLICE
                                        ? expiries.done(tx, tenant, next, waitsUntil(tenant, today))
                                        : expiries.reached(
                                                tx,
                                                tenant,
                                                keys.get(keys.size() - 1).userId()))
                                .replaceWith(Done.WALLETS));
    }

    /** Nobody can use what they have earned while their tenant is suspended; what was bought lapses all the same. */
    private static @Nullable LocalDate earnedUntil(Tenant tenant, LocalDate today) {
        return tenant.suspended() || tenant.noticeDays().isEmpty()
                ? null
                : today.plusDays(tenant.noticeDays().get(0));
    }

    private static @Nullable LocalDate waitsUntil(Tenant tenant, LocalDate today) {
        if (tenant.suspended()) {
            // The suspension may end at any moment before the next day, so the day after that counts.
            return today.plusDays(1L + ExpiryRules.DAYS_AFTER_SUSPENSION);
        }
        return waits(tenant, today) ? tenant.waitsUntil() : null;
    }

    private static boolean waits(Tenant tenant, LocalDate today) {
        return tenant.waitsUntil() != null && !tenant.waitsUntil().isBefore(today);
    }

    private Uni<Void> settle(
            Tx tx,
            Tenant tenant,
            Map<Wallet.Key, Wallet> locked,
            Map<Wallet.Key, Map<LocalDate, List<Told>>> told,
            Supplier<Instant> clock) {
        // After the locks, so that a later entry of a wallet never has an earlier time.
        var now = clock.get();
        var today = tenant.days().firstNotOver(now);
        var lapses = new Lapses(LapseReason.AGE, now, locked);
        var notices = new ArrayList<Addressed>();
        for (var wallet : locked.values()) {
            var key = wallet.key();
            var decision = decide(tenant, wallet, told.getOrDefault(key, Map.of()), today);
            decision.lapsed().forEach(ofOneDay -> lapse(tenant, key, ofOneDay, today, lapses));
            for (var notice : decision.notices()) {
                var id = Ids.next(now);
                tx.send(
                        id,
                        new PointsExpiring(
                                tenant.id(),
                                key.userId(),
                                key.kind() == WalletKind.BUDGET ? Account.BUDGET : Account.EARNED,
                                notice.expiresOn(),
                                notice.points(),
                                notice.days()),
                        now,
                        Envelope.Actor.SYSTEM);
                notices.add(new Addressed(key, notice, id));
            }
        }
        tx.afterCommit(() -> metrics.expired(lapses));
        return Tx.together(
                lapses.write(tx, distributions),
                expiries.tell(tx, tenant.id(), notices, tenant.days().dayOf(now), now));
    }

    private static Decision decide(Tenant tenant, Wallet wallet, Map<LocalDate, List<Told>> told, LocalDate today) {
        return wallet.key().kind() == WalletKind.BUDGET
                ? ExpiryRules.decideOfBudget(wallet.lots(), told, today)
                : ExpiryRules.decide(wallet.lots(), told, tenant.noticeDays(), today, !waits(tenant, today));
    }

    /** What was bought until a day that is over lapses for good, wherever it is: the pool would have it for minutes. */
    private static void lapse(Tenant tenant, Wallet.Key key, Lots ofOneDay, LocalDate today, Lapses lapses) {
        var forGood = ExpiryRules.boughtUntilBefore(ofOneDay, today);
        lapses.lapse(key, forGood, null);
        lapses.lapse(key, ofOneDay.take(forGood).left(), tenant.toPoolFor(key.kind()));
    }
}
