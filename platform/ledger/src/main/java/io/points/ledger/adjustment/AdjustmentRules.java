package io.points.ledger.adjustment;

/**
 * What an adjustment does to a balance: it adds an entry to the ledger, and makes the balance's own row what the ledger
 * then adds up to, whatever stood there. Plain decisions.
 */
public final class AdjustmentRules {

    /** What a balance can be, 2^53 - 1: a sum beyond it could not be read by every JSON reader. */
    static final long MOST = (1L << 53) - 1;

    /** What came of it. */
    public sealed interface Decision {}

    /**
     * It fits.
     *
     * @param entryNumber of the entry
     * @param balanceAfter points, in the row and in the ledger
     */
    public record Adjusted(long entryNumber, long balanceAfter) implements Decision {}

    /**
     * The balance would be below what it must hold or above 2^53 - 1.
     *
     * @param sumOfEntries what the ledger adds up to
     * @param least points that it must hold
     */
    public record OutOfRange(long sumOfEntries, long least) implements Decision {}

    private AdjustmentRules() {}

    /**
     * Adjusts a balance.
     *
     * @param sumOfEntries what its ledger adds up to
     * @param lastEntry the number of its newest entry, by the row or the ledger, whichever is higher; 0 if there is none
     * @param amount signed points; 0 if the ledger is right and only the row is not
     * @param least points that the balance must go on holding, 0 at least
     */
    public static Decision adjust(long sumOfEntries, long lastEntry, long amount, long least) {
        long after = Math.addExact(sumOfEntries, amount);
        return after < least || after > MOST ? new OutOfRange(sumOfEntries, least) : new Adjusted(lastEntry + 1, after);
    }
}
