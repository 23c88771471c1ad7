package io.points.ledger.dates;

import io.points.contract.DatedPoints;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What of a balance can be used until which day. The rest of the balance is undated and stays for ever. Immutable; the earliest day
 * comes first, and each day (of a budget: with the same day in the pool) is there once. Plain Java.
 *
 * <p>Whatever is taken is taken from these, never beyond: {@code sum() <= balance} holds as long as the caller asks for no more than
 * the balance.
 */
public final class Lots {

    /** Nothing is dated. */
    public static final Lots NONE = new Lots(List.of());

    /** Of points that have no day in the pool, behind those that have one. */
    private static final Comparator<DatedPoints> ORDER = Comparator.comparing(DatedPoints::expiresOn)
            .thenComparing(DatedPoints::purchaseExpiresOn, Comparator.nullsLast(Comparator.naturalOrder()));

    /** From so many days on, a balance is given no more days but ends of years: messages tell of 400 at most. */
    static final int MOST_EXACT_DAYS = 320;

    private final List<DatedPoints> lots;

    private Lots(List<DatedPoints> lots) {
        this.lots = lots;
    }

    /**
     * What is left of a balance's lots, and what was taken from them.
     *
     * @param taken may be less than was asked for: the rest was undated
     */
    public record Taken(Lots left, Lots taken) {}

    /**
     * Lots in any order; those of the same day are added up.
     *
     * @throws IllegalArgumentException if one has less than a point
     * @throws ArithmeticException if a sum is beyond 64 bits
     */
    public static Lots of(List<DatedPoints> lots) {
        var sums = new TreeMap<DatedPoints, Long>(ORDER);
        for (var lot : lots) {
            if (lot.points() < 1) {
                throw new IllegalArgumentException(
                        "points: must be at least 1 on " + lot.expiresOn() + ", not " + lot.points());
            }
            sums.merge(lot, lot.points(), Math::addExact);
        }
        if (sums.isEmpty()) {
            return NONE;
        }
        var merged = new ArrayList<DatedPoints>(sums.size());
        sums.forEach((lot, points) -> merged.add(with(lot, points)));
        return new Lots(List.copyOf(merged));
    }

    /** So many points until that day; none if there is no day, or no point. */
    public static Lots until(@Nullable LocalDate day, long points) {
        return day == null || points == 0 ? NONE : of(List.of(new DatedPoints(day, points, null)));
    }

    private static DatedPoints with(DatedPoints lot, long points) {
        return new DatedPoints(lot.expiresOn(), points, lot.purchaseExpiresOn());
    }

    /** Earliest first. */
    public List<DatedPoints> list() {
        return lots;
    }

    public boolean isEmpty() {
        return lots.isEmpty();
    }

    /** How many points are dated. */
    public long sum() {
        long sum = 0;
        for (var lot : lots) {
            sum = Math.addExact(sum, lot.points());
        }
        return sum;
    }

    /** The first day after which some lapse; null if none do. */
    public @Nullable LocalDate first() {
        return lots.isEmpty() ? null : lots.get(0).expiresOn();
    }

    /**
     * The day that points are given which are credited: as a rule, the one that they are to have. A balance that tells too many days
     * apart gives them the last day of its year, in favour of whoever has them.
     */
    public @Nullable LocalDate dayOfCredit(@Nullable LocalDate day) {
        return fitting(until(day, 1)).first();
    }

    /**
     * The lots that points are given which are credited: as a rule, those that they are to have. Of what a balance of too many days
     * would have to tell apart besides, each gets the last day of its year, in favour of whoever has them; the latest first.
     */
    public Lots fitting(Lots credit) {
        if (lots.size() + credit.lots.size() <= MOST_EXACT_DAYS) {
            return credit;
        }
        var there = new TreeSet<>(ORDER);
        there.addAll(lots);
        var fitting = new ArrayList<DatedPoints>(credit.lots.size());
        for (var lot : credit.lots) {
            boolean exact = there.contains(lot) || there.size() < MOST_EXACT_DAYS && there.add(lot);
            fitting.add(exact ? lot : atTheEndOfItsYear(lot));
        }
        return of(fitting);
    }

    private static DatedPoints atTheEndOfItsYear(DatedPoints lot) {
        var origin = lot.purchaseExpiresOn();
        return new DatedPoints(endOfYear(lot.expiresOn()), lot.points(), origin == null ? null : endOfYear(origin));
    }

    private static LocalDate endOfYear(LocalDate day) {
        return day.with(TemporalAdjusters.lastDayOfYear());
    }

    /**
     * Of a pool's points, in a wallet that gives them a day: they keep the one that they had besides, and the earlier counts.
     *
     * @param amount that these lots are of; the rest of it is undated in the pool
     * @param lastDay that the wallet gives them; null: for ever
     */
    public Lots inWallet(long amount, @Nullable LocalDate lastDay) {
        var wallet = new ArrayList<DatedPoints>(lots.size());
        for (var lot : lots) {
            var purchase = lot.expiresOn();
            var first = lastDay != null && lastDay.isBefore(purchase) ? lastDay : purchase;
            wallet.add(new DatedPoints(first, lot.points(), purchase));
        }
        return of(wallet).plus(until(lastDay, amount - sum()));
    }

    /** Of a budget's lots: in the pool, they have the day again that they had there, or none. */
    public Lots inPool() {
        return of(lots.stream()
                .filter(lot -> lot.purchaseExpiresOn() != null)
                .map(lot -> new DatedPoints(lot.purchaseExpiresOn(), lot.points(), null))
                .toList());
    }

    /** Day by day, the earliest first. */
    public List<Lots> byDay() {
        var days = new TreeMap<LocalDate, List<DatedPoints>>();
        lots.forEach(lot ->
                days.computeIfAbsent(lot.expiresOn(), day -> new ArrayList<>()).add(lot));
        return days.values().stream().map(Lots::of).toList();
    }

    /** As messages tell them; null if nothing is dated. */
    public @Nullable List<DatedPoints> told() {
        return lots.isEmpty() ? null : lots;
    }

    /** From a message; null if nothing is dated. */
    public static Lots ofTold(@Nullable List<DatedPoints> told) {
        return told == null ? NONE : of(told);
    }

    /** With these besides: a credit, or what is put back with the days that it had. */
    public Lots plus(Lots more) {
        if (more.isEmpty()) {
            return this;
        }
        var all = new ArrayList<>(lots);
        all.addAll(more.lots);
        return of(all);
    }

    /**
     * What of a balance was moved to a later day.
     *
     * @param left what of the balance is dated then
     * @param before what has moved, with the day that it had
     * @param after the same, with its new day
     */
    public record Extended(Lots left, Lots before, Lots after) {}

    /**
     * Moves all that has that day to a later one, but what is in a budget no further than to the day until which it was bought.
     *
     * @return of which {@code before} is empty if there is nothing of that day that could move
     */
    public Extended extend(LocalDate from, LocalDate to) {
        var before = new ArrayList<DatedPoints>();
        var after = new ArrayList<DatedPoints>();
        for (var lot : lots) {
            var bought = lot.purchaseExpiresOn();
            var day = bought != null && bought.isBefore(to) ? bought : to;
            if (lot.expiresOn().equals(from) && day.isAfter(from)) {
                before.add(lot);
                after.add(new DatedPoints(day, lot.points(), bought));
            }
        }
        var moved = of(after);
        return new Extended(take(of(before)).left().plus(moved), of(before), moved);
    }

    /** What can be used until exactly that day. */
    public Lots until(LocalDate day) {
        return of(lots.stream().filter(lot -> lot.expiresOn().equals(day)).toList());
    }

    /**
     * Takes exactly these.
     *
     * @throws IllegalArgumentException if they are not there
     */
    public Taken take(Lots these) {
        var left = new TreeMap<DatedPoints, Long>(ORDER);
        lots.forEach(lot -> left.put(lot, lot.points()));
        for (var lot : these.lots) {
            long before = left.getOrDefault(lot, 0L);
            if (before < lot.points()) {
                throw new IllegalArgumentException("of " + lot.expiresOn() + ", less is there than " + lot.points());
            }
            left.computeIfPresent(lot, (same, points) -> points == lot.points() ? null : points - lot.points());
        }
        return new Taken(of(left), these);
    }

    private static Lots of(Map<DatedPoints, Long> points) {
        var all = new ArrayList<DatedPoints>(points.size());
        points.forEach((lot, still) -> all.add(with(lot, still)));
        return of(all);
    }

    /**
     * Takes points to use them: those that lapse first, and undated ones last.
     *
     * @param points at most the balance
     */
    public Taken take(long points) {
        return takeInOrder(points, lots);
    }

    /**
     * Takes points that should not have been there: of the preferred day first, then undated ones, then those that lapse last. So whoever
     * had them keeps what lapses first, as if they had never come.
     *
     * @param points at most the balance
     * @param balance that these lots are of
     * @param preferred the day that they had been given; null if none
     */
    public Taken takeLatest(long points, long balance, @Nullable LocalDate preferred) {
        var ofThatDay =
                lots.stream().filter(lot -> lot.expiresOn().equals(preferred)).toList();
        var first = takeInOrder(points, ofThatDay);
        long undated = balance - sum();
        long rest = points - first.taken().sum() - undated;
        if (rest <= 0) {
            return first;
        }
        var latest = new ArrayList<>(first.left().lots);
        latest.sort(ORDER.reversed());
        var last = first.left().takeInOrder(rest, latest);
        return new Taken(last.left(), first.taken().plus(last.taken()));
    }

    /** Takes what does not fit into another balance of theirs: undated points, or those that lapse last, should not have been there. */
    public Taken within(long balance) {
        return takeLatest(Math.max(0, sum() - balance), sum(), null);
    }

    /** Takes all of the lots whose day is before that one. */
    public Taken takeOver(LocalDate day) {
        var over = lots.stream().filter(lot -> lot.expiresOn().isBefore(day)).toList();
        return takeInOrder(Long.MAX_VALUE, over);
    }

    private Taken takeInOrder(long points, List<DatedPoints> inOrder) {
        if (inOrder.isEmpty()) {
            return new Taken(this, NONE);
        }
        var taken = new ArrayList<DatedPoints>();
        var left = new TreeMap<DatedPoints, Long>(ORDER);
        lots.forEach(lot -> left.put(lot, lot.points()));
        long open = points;
        for (var lot : inOrder) {
            if (open <= 0) {
                break;
            }
            long some = Math.min(open, lot.points());
            taken.add(with(lot, some));
            open -= some;
            left.computeIfPresent(lot, (same, before) -> before == some ? null : before - some);
        }
        return new Taken(of(left), of(taken));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Lots that && lots.equals(that.lots);
    }

    @Override
    public int hashCode() {
        return lots.hashCode();
    }

    @Override
    public String toString() {
        return lots.toString();
    }
}
