package io.points.audit.books;

import java.time.Instant;

/**
 * A balance by its events, as far as it was compared. Plain Java.
 *
 * @param entryNumber up to which entry: the greatest that its owner attested, whatever numbers events name
 * @param entries how many entries events told of that count
 * @param balance their sum
 * @param at when its owner attested it
 * @param known the difference that an alert was raised for
 */
record Compared(long entryNumber, long entries, long balance, Instant at, Difference known) {

    /** Nothing was ever compared. */
    static final Compared NEVER = new Compared(0, 0, 0, Instant.MIN, Difference.NONE);

    /** What is to be done about an attested balance. */
    sealed interface Verdict {}

    /** It says nothing new: a later one was compared already. */
    record Stale() implements Verdict {}

    /** Entries are missing that may yet come. */
    record Wait() implements Verdict {}

    /** Compared up to there, and nothing to be said that was not said. */
    record Settled(Compared now) implements Verdict {}

    /** Compared up to there, and it differs. */
    record Alert(Compared now) implements Verdict {

        String kind() {
            return now.known().missingEntries() > 0 ? "entry-missing" : "balance-differs";
        }
    }

    /**
     * What events told of entries that are not part of what was compared, as far as they count: those up to the attested one or
     * the one compared before, and those that events told of so long before the attestation that the balance must have them.
     *
     * @param points their sum
     * @param mends whether an adjustment is among them: two people have seen to it that the balance is right again, so
     *     entries of which nobody told are made up for
     */
    record Told(long entries, long points, boolean mends) {}

    /**
     * Compares.
     *
     * @param patienceIsOver whether what is missing has had its time
     * @throws ArithmeticException if a sum or a difference is beyond 64 bits
     */
    Verdict with(Attested attested, Told told, boolean patienceIsOver) {
        if (!attested.at().isAfter(at)) {
            return new Stale();
        }
        long expected = Math.addExact(balance, told.points());
        long heard = Math.addExact(entries, told.entries());
        var found = new Difference(
                Math.subtractExact(attested.stored(), expected),
                Math.subtractExact(attested.sumOfEntries(), expected),
                Math.subtractExact(attested.entryNumber(), heard));
        if (told.mends() && found.stored() == 0 && found.sum() == 0) {
            found = Difference.NONE;
            heard = attested.entryNumber();
        }
        var now = new Compared(Math.max(attested.entryNumber(), entryNumber), heard, expected, attested.at(), found);
        if (found.equals(known) || found.equals(Difference.NONE)) {
            return new Settled(now);
        }
        return found.missingEntries() > 0 && !patienceIsOver ? new Wait() : new Alert(now);
    }
}
