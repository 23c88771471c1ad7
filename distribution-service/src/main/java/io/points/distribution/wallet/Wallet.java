package io.points.distribution.wallet;

import io.points.distribution.policy.Dating;
import io.points.ledger.dates.Lots;
import java.util.Comparator;
import java.util.UUID;

/**
 * A member's points of one kind, as they stand.
 *
 * @param balance points, never negative
 * @param entryNumber number of the newest ledger entry; 0 if there is none
 * @param lots what of the balance is dated
 * @param dating until when what is credited now can be used
 */
public record Wallet(Key key, long balance, long entryNumber, Lots lots, Dating dating) {

    /** One that has nothing dated, and gets nothing dated. */
    public Wallet(Key key, long balance, long entryNumber) {
        this(key, balance, entryNumber, Lots.NONE, Dating.NEVER);
    }

    /** Which wallet. The order is the one in which wallets are locked, everywhere. */
    public record Key(UUID tenantId, UUID userId, WalletKind kind) implements Comparable<Key> {

        private static final Comparator<Key> ORDER = Comparator.comparing((Key key) -> key.tenantId.toString())
                .thenComparing(key -> key.userId.toString())
                .thenComparing(key -> key.kind.word());

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }

        public static Key budget(UUID tenantId, UUID userId) {
            return new Key(tenantId, userId, WalletKind.BUDGET);
        }

        public static Key earned(UUID tenantId, UUID userId) {
            return new Key(tenantId, userId, WalletKind.EARNED);
        }
    }

    /** A wallet nothing was ever put into. */
    public static Wallet empty(Key key) {
        return new Wallet(key, 0, 0);
    }

    public boolean holds(long amount) {
        return balance >= amount;
    }

    /**
     * The wallet with other days; its points are the same.
     *
     * @param lots what of the balance is dated then
     */
    public Wallet dated(Lots lots) {
        return new Wallet(key, balance, entryNumber, lots, dating);
    }

    /**
     * The wallet after an entry.
     *
     * @param amount signed points
     * @param left what of the balance is dated then
     * @throws IllegalArgumentException if it does not hold what should come out
     */
    public Wallet after(long amount, Lots left) {
        if (balance + amount < 0) {
            throw new IllegalArgumentException("wallet " + key + " holds less than " + -amount + " points");
        }
        return new Wallet(key, balance + amount, entryNumber + 1, left, dating);
    }
}
