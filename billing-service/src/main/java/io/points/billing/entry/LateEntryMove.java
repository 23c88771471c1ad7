package io.points.billing.entry;

import io.points.billing.Period;
import io.points.contract.Ids;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Late entries on their way into the month to which they belong. Nothing is rewritten: each is reversed where it was booked,
 * and booked again in its month. Points and amounts go with it.
 *
 * @param to the month to which they belong
 * @param entries with each entry, all others of the same event
 */
public record LateEntryMove(Period to, List<LateEntry> entries) {

    /**
     * An entry that a move books.
     *
     * @param line within the event, after those that are there
     * @param isReversal true of the one that takes the original back, false of the one that books it again
     */
    public record Booking(
            UUID originalId,
            UUID entryId,
            int line,
            boolean isReversal,
            @Nullable String chargeClass) {}

    /** By how much a move changes what a month was billed in a currency: signed, in the minor unit. */
    public record Change(Period period, String currency, BigInteger amountMinor) {}

    /**
     * What cannot be left behind, for people; null if nothing is missing. A credit cannot be booked in a month before its
     * purchase, and no month can close with less than nothing in the pool.
     *
     * @param pool points that each month adds to the pool, as it is counted now
     */
    public @Nullable String missing(Map<Period, Long> pool) {
        var moved = ids();
        for (var late : entries) {
            var purchase = late.creditedIn();
            if (purchase != null
                    && to.isBefore(purchase)
                    && !moved.contains(late.entry().creditedEntryId())) {
                return "Entry %s credits entry %s, which is booked in %s: move that one too."
                        .formatted(late.entry().entryId(), late.entry().creditedEntryId(), purchase);
            }
        }
        return overdrawn(pool);
    }

    private @Nullable String overdrawn(Map<Period, Long> pool) {
        var changes = new TreeMap<Period, Long>();
        for (var late : entries) {
            changes.merge(to, late.entry().points(), Long::sum);
            changes.merge(late.bookedIn(), -late.entry().points(), Long::sum);
        }
        var months = new TreeMap<>(pool);
        changes.keySet().forEach(month -> months.putIfAbsent(month, 0L));
        long closing = 0;
        long change = 0;
        for (var month : months.entrySet()) {
            closing += month.getValue();
            change += changes.getOrDefault(month.getKey(), 0L);
            if (change < 0 && closing + change < 0) {
                return "The pool would close %s with %s points: what it was clawed back from is counted in a later month."
                        .formatted(month.getKey(), closing + change);
            }
        }
        return null;
    }

    /** A reversal and a rebooking of each entry, in the order of the pool. */
    public List<Booking> bookings() {
        var linesOfEvents = new HashMap<UUID, Integer>();
        entries.forEach(it -> linesOfEvents.merge(it.entry().eventId(), 1, Integer::sum));
        var bookings = new ArrayList<Booking>();
        for (var late : entries) {
            var entry = late.entry();
            int lines = linesOfEvents.get(entry.eventId());
            bookings.add(new Booking(
                    entry.entryId(), reversalId(entry.entryId()), lines + entry.line(), true, Charge.CORRECTION));
            bookings.add(new Booking(
                    entry.entryId(),
                    rebookingId(entry.entryId()),
                    2 * lines + entry.line(),
                    false,
                    isCorrection(late) ? Charge.CORRECTION : null));
        }
        return bookings;
    }

    /** It is booked in its own month now, so only what it credits can be of an earlier one. */
    private boolean isCorrection(LateEntry late) {
        return late.creditedIn() != null && late.creditedIn().isBefore(to);
    }

    /** In the order of the months and currencies. */
    public List<Change> changes() {
        SortedMap<Period, SortedMap<String, BigInteger>> sums = new TreeMap<>();
        for (var late : entries) {
            var entry = late.entry();
            add(sums, to, entry.currency(), entry.amountMinor());
            add(sums, late.bookedIn(), entry.currency(), entry.amountMinor().negate());
        }
        return sums.entrySet().stream()
                .flatMap(month -> month.getValue().entrySet().stream()
                        .map(sum -> new Change(month.getKey(), sum.getKey(), sum.getValue())))
                .toList();
    }

    private static void add(
            SortedMap<Period, SortedMap<String, BigInteger>> sums, Period period, String currency, BigInteger amount) {
        sums.computeIfAbsent(period, month -> new TreeMap<>()).merge(currency, amount, BigInteger::add);
    }

    private Set<UUID> ids() {
        return entries.stream().map(it -> it.entry().entryId()).collect(Collectors.toCollection(HashSet::new));
    }

    /** Follows from the original's id, so that nothing can be reversed twice. */
    public static UUID reversalId(UUID entryId) {
        return Ids.derive(entryId, "BillingEntryReversed");
    }

    public static UUID rebookingId(UUID entryId) {
        return Ids.derive(entryId, "BillingEntryRebooked");
    }
}
