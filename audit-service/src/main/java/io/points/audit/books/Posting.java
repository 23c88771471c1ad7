package io.points.audit.books;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Adds leaves to the books, one after the other. Plain Java. */
final class Posting {

    private final Map<String, Long> transit;
    private Books books;
    private Optional<Books> cut = Optional.empty();

    /**
     * What a leaf moves: signed points by place. Where it is about a pool's entry, with its number and balance.
     *
     * @param subject the allocation, clawback, distribution or adjustment
     * @param platform what the platform put in, or took out
     * @param transit what left and has not arrived
     * @param mends makes up for entries of the pool that no event told of
     */
    record Move(
            long leafIndex,
            String subject,
            long platform,
            long pool,
            long transit,
            long budget,
            long earned,
            long reserved,
            long expired,
            @Nullable Long poolVersion,
            @Nullable Long poolBalance,
            boolean mends) {}

    /**
     * @param books so far
     * @param transit of each subject that will be moved, what has left and not arrived so far
     */
    Posting(Books books, Map<String, Long> transit) {
        this.books = books;
        this.transit = new HashMap<>(transit);
    }

    /**
     * Adds what the leaves up to a tree size move.
     *
     * @param moves in the order of their leaves; leaves without any are left out
     * @throws ArithmeticException if a sum is beyond 64 bits
     */
    void post(List<Move> moves, long treeSize) {
        lookForCut();
        for (var move : moves) {
            if (move.leafIndex() > books.treeSize()) {
                grow(move.leafIndex());
                lookForCut();
            }
            add(move);
        }
        grow(treeSize);
        lookForCut();
    }

    private void lookForCut() {
        if (books.isWhole() && books.treeSize() > 0) {
            cut = Optional.of(books);
        }
    }

    private void grow(long treeSize) {
        books = new Books(
                books.tenantId(),
                treeSize,
                books.allocated(),
                books.clawedBack(),
                books.pool(),
                books.inFlight(),
                books.budget(),
                books.earned(),
                books.reserved(),
                books.expired(),
                books.creditedEarly(),
                books.poolEntries(),
                books.poolVersion(),
                books.poolBalance());
    }

    private void add(Move move) {
        long before = transit.getOrDefault(move.subject(), 0L);
        long after = Math.addExact(before, move.transit());
        transit.put(move.subject(), after);
        books = new Books(
                books.tenantId(),
                books.treeSize(),
                Math.addExact(books.allocated(), Math.max(move.platform(), 0)),
                Math.addExact(books.clawedBack(), owed(move.platform())),
                Math.addExact(books.pool(), move.pool()),
                Math.addExact(books.inFlight(), Math.max(after, 0) - Math.max(before, 0)),
                Math.addExact(books.budget(), move.budget()),
                Math.addExact(books.earned(), move.earned()),
                Math.addExact(books.reserved(), move.reserved()),
                Math.addExact(books.expired(), move.expired()),
                Math.addExact(books.creditedEarly(), owed(after) - owed(before)),
                entries(move),
                isNewest(move) ? move.poolVersion() : books.poolVersion(),
                isNewest(move) && move.poolBalance() != null ? move.poolBalance() : books.poolBalance());
    }

    private static long owed(long points) {
        return Math.max(Math.negateExact(points), 0);
    }

    private long entries(Move move) {
        if (move.poolVersion() == null) {
            return books.poolEntries();
        }
        long entries = books.poolEntries() + 1;
        return move.mends() ? Math.max(entries, move.poolVersion()) : entries;
    }

    private boolean isNewest(Move move) {
        return move.poolVersion() != null && move.poolVersion() > books.poolVersion();
    }

    /** The books with all that was posted. */
    Books books() {
        return books;
    }

    /** The newest books at which everything was whole, if there were such since the beginning of this posting. */
    Optional<Books> cut() {
        return cut;
    }

    /** Of each subject given or moved, what has left and not arrived; 0 if it is all there. */
    Map<String, Long> transit() {
        return Map.copyOf(transit);
    }
}
