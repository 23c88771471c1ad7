package io.points.distribution.wallet;

import io.points.distribution.policy.Dating;
import io.points.ledger.dates.LotColumns;
import io.points.platform.outbox.Tx;
import io.points.platform.persistence.Columns;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The wallets in their tables. Whoever changes a wallet holds its row's lock until the commit. */
@ApplicationScoped
public class Wallets {

    private static final String NAMED = """
            wallets w
            join unnest($1::uuid[], $2::uuid[], $3::text[]) as n (tenant_id, user_id, kind)
              on w.tenant_id = n.tenant_id and w.user_id = n.user_id and w.kind = n.kind
            """;

    private static final String LOOK = """
            select w.tenant_id, w.user_id, w.kind, w.balance, w.entry_number, w.lot_dates, w.lot_points, w.lot_origins,
            """ + Dating.COLUMNS + " from " + NAMED
            // By which rules points are dated is looked up with the wallets: no statement more.
            + "left join policies p on p.tenant_id = w.tenant_id ";

    /** All of them, or none: whoever opens wallets while holding others could wait in a circle. */
    private static final String LOCK = LOOK
            + "where (select count(*) from " + NAMED + ") = cardinality($1::uuid[])"
            + " order by w.tenant_id, w.user_id, w.kind for update of w";

    private static final String OPEN = """
            insert into wallets (tenant_id, user_id, kind)
            select * from unnest($1::uuid[], $2::uuid[], $3::text[]) as n (tenant_id, user_id, kind)
            order by tenant_id, user_id, kind
            on conflict do nothing
            """;

    private static final String UPDATE = """
            update wallets w set balance = n.balance, entry_number = n.entry_number, lot_dates = n.lot_dates::date[],
                   lot_points = n.lot_points::bigint[], lot_origins = n.lot_origins::date[], next_expiry = (n.lot_dates::date[])[1]
            from unnest($1::uuid[], $2::uuid[], $3::text[], $4::bigint[], $5::bigint[], $6::text[], $7::text[], $8::text[])
                 as n (tenant_id, user_id, kind, balance, entry_number, lot_dates, lot_points, lot_origins)
            where w.tenant_id = n.tenant_id and w.user_id = n.user_id and w.kind = n.kind
            """;

    private static final String INSERT_ENTRIES = """
            insert into wallet_ledger (tenant_id, user_id, kind, entry_number, amount, balance_after, distribution_id,
                   event_id, lot_dates, lot_points, lot_origins, cause, created_at)
            select n.tenant_id, n.user_id, n.kind, n.entry_number, n.amount, n.balance_after, n.distribution_id, n.event_id,
                   n.lot_dates::date[], n.lot_points::bigint[], n.lot_origins::date[], n.cause, $9::timestamptz
            from unnest($1::uuid[], $2::uuid[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::uuid[], $8::uuid[],
                        $10::text[], $11::text[], $12::text[], $13::text[])
                 as n (tenant_id, user_id, kind, entry_number, amount, balance_after, distribution_id, event_id,
                       lot_dates, lot_points, lot_origins, cause)
            """;

    /**
     * Locks the wallets in the order of their keys. Those that do not exist yet are opened first, in the same order, while
     * no other is locked.
     */
    public Uni<Map<Wallet.Key, Wallet>> lock(Tx tx, Collection<Wallet.Key> keys) {
        if (keys.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        var ordered = List.copyOf(new TreeSet<>(keys));
        return select(tx, LOCK, ordered)
                .chain(found -> !found.isEmpty()
                        ? Uni.createFrom().item(found)
                        : tx.query(OPEN, arguments(ordered)).chain(() -> select(tx, LOCK, ordered)));
    }

    /** The wallets as they are now; nothing of those that do not exist. */
    public Uni<Map<Wallet.Key, Wallet>> look(Tx tx, Collection<Wallet.Key> keys) {
        return select(tx, LOOK, List.copyOf(keys));
    }

    /** Writes the entries, which belong to wallets locked in this transaction, and the wallets as the last left them. */
    public Uni<Void> append(Tx tx, List<WalletEntry> entries, Instant now) {
        if (entries.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var last = new HashMap<Wallet.Key, Wallet>();
        entries.forEach(entry -> last.put(entry.after().key(), entry.after()));
        var wallets = List.copyOf(last.values());
        var entryKeys =
                arguments(entries.stream().map(entry -> entry.after().key()).toList());
        var lotsOfEntries = LotColumns.of(entries, WalletEntry::lots);
        return Tx.together(
                update(tx, wallets),
                tx.query(
                        INSERT_ENTRIES,
                        entryKeys[0],
                        entryKeys[1],
                        entryKeys[2],
                        Columns.longs(entries, entry -> entry.after().entryNumber()),
                        Columns.longs(entries, WalletEntry::amount),
                        Columns.longs(entries, entry -> entry.after().balance()),
                        Columns.uuids(entries, WalletEntry::distributionId),
                        Columns.uuids(entries, WalletEntry::eventId),
                        now.atOffset(ZoneOffset.UTC),
                        lotsOfEntries[0],
                        lotsOfEntries[1],
                        lotsOfEntries[2],
                        causes(entries)));
    }

    /** Writes other days of a wallet that is locked; nothing moves. */
    public Uni<Void> redate(Tx tx, Wallet wallet) {
        return update(tx, List.of(wallet));
    }

    private static Uni<Void> update(Tx tx, List<Wallet> wallets) {
        var keys = arguments(wallets.stream().map(Wallet::key).toList());
        var lots = LotColumns.of(wallets, Wallet::lots);
        return tx.query(
                        UPDATE,
                        keys[0],
                        keys[1],
                        keys[2],
                        Columns.longs(wallets, Wallet::balance),
                        Columns.longs(wallets, Wallet::entryNumber),
                        lots[0],
                        lots[1],
                        lots[2])
                .replaceWithVoid();
    }

    /** Null if all are distributions. */
    private static @Nullable Object causes(List<WalletEntry> entries) {
        return entries.stream().allMatch(entry -> entry.cause() == null)
                ? null
                : Columns.texts(entries, WalletEntry::cause);
    }

    private static Uni<Map<Wallet.Key, Wallet>> select(Tx tx, String statement, List<Wallet.Key> keys) {
        return tx.query(statement, arguments(keys)).map(rows -> {
            var wallets = new HashMap<Wallet.Key, Wallet>();
            var ofEarned = new HashMap<UUID, Dating>();
            var ofBudgets = new HashMap<UUID, Dating>();
            for (var row : rows) {
                var key = key(row);
                var dating = key.kind() == WalletKind.EARNED
                        ? ofEarned.computeIfAbsent(key.tenantId(), tenant -> Dating.ofEarned(row))
                        : ofBudgets.computeIfAbsent(key.tenantId(), tenant -> Dating.ofBudgets(row));
                wallets.put(key, wallet(key, row, dating));
            }
            return wallets;
        });
    }

    private static Object[] arguments(List<Wallet.Key> keys) {
        return new Object[] {
            Columns.uuids(keys, Wallet.Key::tenantId),
            Columns.uuids(keys, Wallet.Key::userId),
            Columns.texts(keys, key -> key.kind().word())
        };
    }

    private static Wallet.Key key(Row row) {
        return new Wallet.Key(row.getUUID("tenant_id"), row.getUUID("user_id"), WalletKind.of(row.getString("kind")));
    }

    private static Wallet wallet(Wallet.Key key, Row row, Dating dating) {
        return new Wallet(key, row.getLong("balance"), row.getLong("entry_number"), LotColumns.read(row), dating);
    }
}
