package io.points.billing;

import io.points.billing.GeneratedMonths.Told;
import io.points.contract.Account;
import io.points.contract.DistributionKind;
import io.points.contract.LapseReason;
import io.points.contract.Message;
import io.points.contract.PointsSource;
import io.points.contract.PoolEvent.ContractChanged;
import io.points.contract.PoolEvent.PointsAllocated;
import io.points.contract.PoolEvent.PointsClawedBack;
import io.points.contract.PoolEvent.PointsReturned;
import io.points.contract.PoolEvent.PoolDebitCancelled;
import io.points.contract.PoolEvent.PoolDebitRefused;
import io.points.contract.PoolEvent.PoolDebited;
import io.points.contract.PoolEvent.PoolExpired;
import io.points.contract.PoolEvent.PoolRefunded;
import io.points.contract.PoolEvent.PoolReleased;
import io.points.contract.PoolEvent.PoolReserved;
import io.points.contract.PoolEvent.TenantRegistered;
import io.points.contract.RefusalReason;
import io.points.contract.WalletEvent.AwardReversed;
import io.points.contract.WalletEvent.BudgetReturned;
import io.points.contract.WalletEvent.DistributionHeld;
import io.points.contract.WalletEvent.DistributionReleased;
import io.points.contract.WalletEvent.EarnedReturned;
import io.points.contract.WalletEvent.PointsAwarded;
import io.points.contract.WalletEvent.PointsDelegated;
import io.points.contract.WalletEvent.PointsExpired;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.UUID;

/** What one tenant does in {@link GeneratedMonths}, told in the order of time, and what must come of it. */
final class GeneratedTenant {

    private static final Duration LONGEST_PAUSE = Duration.ofHours(12);

    private final Random random;
    private final UUID id;
    private final String currency;
    private final ExpectedBooks books;
    private final List<Told> pool = new ArrayList<>();
    private final List<Told> wallets = new ArrayList<>();
    private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparing(Due::time));

    private Instant now;
    private String price;
    private long contracts = 1;
    private long balance;
    private long version;
    private long budgets;
    private long earned;

    /** Something that happens later. */
    private record Due(Instant time, Runnable what) {}

    GeneratedTenant(Random random, Period first, String currency, String price) {
        this.random = random;
        this.currency = currency;
        this.price = price;
        id = newId();
        books = new ExpectedBooks(currency);
        now = first.start().plusSeconds(60);
        tell(pool, new TenantRegistered(id, currency, price, 1, "PO-1", "CC-7", now));
        allocate(20_000);
        var end = first.next().end();
        for (var midnight : List.of(first.end(), end)) {
            at(midnight.minusSeconds(9), () -> award(70, Duration.ofSeconds(20)));
            at(midnight.minusSeconds(8), () -> delegate(90, Duration.ofSeconds(30)));
            at(midnight.minusSeconds(7), () -> giveBack(10, Duration.ofSeconds(25)));
            at(midnight.minusSeconds(6), () -> fail(50, Duration.ofSeconds(15)));
            at(midnight.minusNanos(1_000), () -> allocate(111));
            at(midnight, () -> clawBack(150));
        }
        at(first.end().plus(Duration.ofDays(10)), this::changeContract);
        run(end);
    }

    UUID id() {
        return id;
    }

    String currency() {
        return currency;
    }

    /** Number of the pool's newest ledger entry. */
    long version() {
        return version;
    }

    List<Told> pool() {
        return pool;
    }

    List<Told> wallets() {
        return wallets;
    }

    ExpectedBooks books() {
        return books;
    }

    private void run(Instant end) {
        var next = now;
        while (next.isBefore(end)) {
            next = next.plusSeconds(60 + random.nextLong(LONGEST_PAUSE.toSeconds()));
            at(next, this::somethingHappens);
        }
        while (!due.isEmpty()) {
            var first = due.remove();
            now = first.time();
            first.what().run();
        }
    }

    private void at(Instant time, Runnable what) {
        due.add(new Due(time, what));
    }

    private void later(Duration wait, Runnable what) {
        at(now.plus(wait), what);
    }

    private void somethingHappens() {
        long some = 1 + random.nextInt(300);
        var soon = Duration.ofMillis(5 + random.nextInt(60_000));
        switch (random.nextInt(24)) {
            case 0, 1 -> allocate(some * 10);
            case 2 -> clawBack(some * 15);
            case 3, 4, 5, 6 -> award(some, soon);
            case 7, 8 -> delegate(some, soon);
            case 9, 10 -> awardFromBudget(some);
            case 11 -> giveBack(some, soon);
            case 12 -> fail(some, soon);
            case 13 -> cancel(some, soon);
            case 14 -> batch(2 + random.nextInt(4), 1 + random.nextInt(40), soon);
            case 15 -> reserve(some, soon);
            case 16 -> expire(some);
            case 17 -> reverse(some, soon);
            case 18 -> reverseToBudget(some);
            case 19 -> lapse(some, soon);
            case 20 -> expire(some, Account.EARNED);
            case 21 -> hold(some, soon);
            case 22 -> holdOfBudget(some, soon);
            default -> {
                expire(some, Account.BUDGET);
                refuse(balance + some);
            }
        }
    }

    private void reserve(long wanted, Duration wait) {
        long points = Math.min(wanted, balance);
        if (points > 0) {
            var reservation = newId();
            move(Flow.POOL_RESERVED, points);
            tell(pool, new PoolReserved(reservation, id, points, balance, version, null));
            later(wait, () -> {
                move(Flow.POOL_RELEASED, points);
                tell(pool, new PoolReleased(reservation, id, points, balance, version, null));
            });
        }
    }

    private void expire(long wanted) {
        long points = Math.min(wanted, balance);
        if (points > 0) {
            move(Flow.POOL_EXPIRED, points);
            tell(pool, new PoolExpired(newId(), id, today(), points, balance, version));
        }
    }

    private void reverse(long wanted, Duration wait) {
        long points = Math.min(wanted, earned);
        if (points > 0) {
            var reversal = newId();
            earned -= points;
            move(Flow.REVERSED, points);
            tell(wallets, reversed(reversal, PointsSource.POOL, points));
            laterInThePool(wait, reversal, points);
        }
    }

    private void reverseToBudget(long wanted) {
        long points = Math.min(wanted, earned);
        if (points > 0) {
            earned -= points;
            budgets += points;
            move(Flow.REVERSED_TO_BUDGET, points);
            tell(wallets, reversed(newId(), PointsSource.BUDGET, points));
        }
    }

    private AwardReversed reversed(UUID reversal, PointsSource to, long points) {
        return new AwardReversed(reversal, id, newId(), to, newId(), points, 0, 1, 0, null, null, null, null);
    }

    private void lapse(long wanted, Duration wait) {
        long points = Math.min(wanted, earned);
        if (points > 0) {
            var lapse = newId();
            earned -= points;
            move(Flow.EARNED_RETURNED, points);
            tell(wallets, new EarnedReturned(lapse, id, newId(), LapseReason.AGE, today(), points, 1, 0));
            laterInThePool(wait, lapse, points);
        }
    }

    private void expire(long wanted, Account account) {
        long points = Math.min(wanted, account == Account.EARNED ? earned : budgets);
        if (points > 0) {
            earned -= account == Account.EARNED ? points : 0;
            budgets -= account == Account.BUDGET ? points : 0;
            move(account == Account.EARNED ? Flow.EARNED_EXPIRED : Flow.BUDGET_EXPIRED, points);
            tell(wallets, new PointsExpired(newId(), id, newId(), account, LapseReason.AGE, today(), points, 1, 0));
        }
    }

    private void hold(long wanted, Duration wait) {
        long points = Math.min(wanted, balance);
        if (points > 0) {
            var award = debit(DistributionKind.AWARD, points);
            later(wait, () -> {
                move(Flow.HELD, points);
                tell(wallets, held(award, PointsSource.POOL, points));
            });
            later(wait.multipliedBy(2), () -> {
                move(Flow.RELEASED, points);
                tell(wallets, released(award, PointsSource.POOL, points));
                awarded(award, PointsSource.POOL, points, null);
            });
        }
    }

    private void holdOfBudget(long wanted, Duration wait) {
        long points = Math.min(wanted, budgets);
        if (points > 0) {
            var award = newId();
            budgets -= points;
            move(Flow.HELD_FROM_BUDGET, points);
            tell(wallets, held(award, PointsSource.BUDGET, points));
            later(wait, () -> {
                budgets += points;
                move(Flow.RELEASED_TO_BUDGET, points);
                tell(wallets, released(award, PointsSource.BUDGET, points));
            });
        }
    }

    private DistributionHeld held(UUID award, PointsSource source, long points) {
        return new DistributionHeld(
                award, id, DistributionKind.AWARD, source, newId(), newId(), points, 1, now, null, null, null);
    }

    private DistributionReleased released(UUID award, PointsSource source, long points) {
        return new DistributionReleased(award, id, source, newId(), points, null, null, null, null);
    }

    private void laterInThePool(Duration wait, UUID distribution, long points) {
        later(wait, () -> {
            move(Flow.RETURNED, points);
            tell(pool, new PointsReturned(distribution, id, points, balance, version));
        });
    }

    private LocalDate today() {
        return LocalDate.ofInstant(now, ZoneOffset.UTC);
    }

    private void changeContract() {
        price = new BigDecimal(price).multiply(new BigDecimal("1.5")).toPlainString();
        tell(pool, new ContractChanged(id, ++contracts, currency, price, "PO-2", null, now));
    }

    private void allocate(long points) {
        move(Flow.ALLOCATED, points);
        books.bought(now, points, price);
        tell(
                pool,
                new PointsAllocated(
                        newId(),
                        id,
                        points,
                        currency,
                        price,
                        "Invoice #" + version,
                        balance,
                        version,
                        "PO-" + contracts,
                        contracts == 1 ? "CC-7" : null,
                        contracts));
    }

    private void clawBack(long wanted) {
        long points = Math.min(wanted, balance);
        if (points > 0) {
            move(Flow.CLAWED_BACK, points);
            books.clawedBack(now, points);
            tell(pool, new PointsClawedBack(newId(), id, points, currency, price, "unused", balance, version));
        }
    }

    private void award(long wanted, Duration wait) {
        long points = Math.min(wanted, balance);
        if (points > 0) {
            var distribution = debit(DistributionKind.AWARD, points);
            later(wait, () -> awarded(distribution, PointsSource.POOL, points, null));
        }
    }

    private void delegate(long wanted, Duration wait) {
        long points = Math.min(wanted, balance);
        if (points > 0) {
            var distribution = debit(DistributionKind.DELEGATION, points);
            later(wait, () -> {
                budgets += points;
                move(Flow.DELEGATED, points);
                tell(wallets, new PointsDelegated(distribution, id, newId(), newId(), points, 1, points));
            });
        }
    }

    private void awardFromBudget(long wanted) {
        long points = Math.min(wanted, budgets);
        if (points > 0) {
            budgets -= points;
            awarded(newId(), PointsSource.BUDGET, points, null);
        }
    }

    private void giveBack(long wanted, Duration wait) {
        long points = Math.min(wanted, budgets);
        if (points > 0) {
            var distribution = newId();
            budgets -= points;
            move(Flow.BUDGET_RETURNED, points);
            tell(wallets, new BudgetReturned(distribution, id, newId(), points, 1, 0));
            laterInThePool(wait, distribution, points);
        }
    }

    private void fail(long wanted, Duration wait) {
        long points = Math.min(wanted, balance);
        if (points > 0) {
            var distribution = debit(DistributionKind.AWARD, points);
            later(wait, () -> {
                move(Flow.REFUNDED, points);
                tell(pool, new PoolRefunded(distribution, id, points, balance, version));
            });
        }
    }

    private void cancel(long wanted, Duration wait) {
        long points = Math.min(wanted, balance);
        if (points > 0) {
            var distribution = debit(DistributionKind.AWARD, points);
            later(wait, () -> {
                move(Flow.REFUNDED, points);
                tell(pool, new PoolDebitCancelled(distribution, id, points, balance, version));
            });
        }
        later(wait, () -> tell(pool, new PoolDebitCancelled(newId(), id, 0, balance, version)));
    }

    private void batch(int receivers, long each, Duration wait) {
        if (receivers * each <= balance) {
            var batch = debit(DistributionKind.BATCH, receivers * each);
            later(wait, () -> {
                for (int i = 0; i < receivers; i++) {
                    awarded(newId(), PointsSource.POOL, each, batch);
                }
            });
        }
    }

    private void refuse(long points) {
        tell(
                pool,
                new PoolDebitRefused(newId(), id, points, RefusalReason.INSUFFICIENT_POOL_BALANCE, balance, version));
    }

    private UUID debit(DistributionKind kind, long points) {
        var distribution = newId();
        move(Flow.DISTRIBUTED, points);
        tell(pool, new PoolDebited(distribution, id, kind, points, balance, version));
        return distribution;
    }

    private void awarded(UUID distribution, PointsSource source, long points, UUID debit) {
        earned += points;
        move(source == PointsSource.POOL ? Flow.AWARDED_FROM_POOL : Flow.AWARDED_FROM_BUDGET, points);
        tell(
                wallets,
                new PointsAwarded(
                        distribution, id, source, newId(), newId(), points, 1, points, null, null, debit, null));
    }

    private void move(Flow flow, long points) {
        books.moved(now, flow, points);
        balance += flow.pool() * points;
        version += flow.pool() == 0 ? 0 : 1;
    }

    private void tell(List<Told> topic, Message message) {
        topic.add(new Told(newId(), message, now));
    }

    /** Version 7 in its bits, so that it is a UUID like any other. */
    private UUID newId() {
        return new UUID(
                random.nextLong() & ~0xf000L | 0x7000L, random.nextLong() & 0x3fffffffffffffffL | 0x8000000000000000L);
    }
}
