package io.points.ledger.adjustment;

import io.points.platform.background.Loop;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds up the entries of one ledger, some at a time: all that are there before its lock is taken, for they never change, and the
 * rest under the lock.
 */
public final class EntrySums {

    private static final long AT_A_TIME = 50_000;

    private final Tx tx;
    private final String sql;
    private final List<Object> key;
    private final List<String> names;
    private final Map<String, Long> sums = new LinkedHashMap<>();
    private long total;
    private long lastEntry;

    /**
     * For one ledger in one transaction.
     *
     * @param sql gives one row of the next entries above a number, at most so many, these two being its last parameters:
     *     {@code entries}, {@code last_entry}, {@code total}, and the sums that are named
     * @param key the parameters before those two
     */
    public EntrySums(Tx tx, String sql, List<Object> key, List<String> names) {
        this.tx = tx;
        this.sql = sql;
        this.key = key;
        this.names = names;
    }

    /** Adds up what is there. Nobody needs to be locked out. */
    public Uni<Void> addUp() {
        return Loop.run(() -> next(AT_A_TIME).map(entries -> entries == AT_A_TIME));
    }

    /**
     * Adds the entries since the last sum, under the lock of the writers of entries.
     *
     * @param numberInRow the newest entry that the balance's row knows of
     * @param least points that the balance must go on holding
     */
    public Uni<AdjustableLedger.LedgerState> ledgerState(long numberInRow, long least) {
        return next(Long.MAX_VALUE)
                .replaceWith(() -> new AdjustableLedger.LedgerState(
                        total, Math.max(numberInRow, lastEntry), Map.copyOf(sums), least));
    }

    /** @return how many there were */
    private Uni<Long> next(long most) {
        var arguments = new ArrayList<>(key);
        arguments.add(lastEntry);
        arguments.add(most);
        return tx.query(sql, arguments.toArray()).map(rows -> {
            var row = rows.iterator().next();
            lastEntry = Math.max(lastEntry, row.getLong("last_entry"));
            total = Math.addExact(total, row.getLong("total"));
            names.forEach(name -> sums.merge(name, row.getLong(name), Math::addExact));
            return row.getLong("entries");
        });
    }
}
