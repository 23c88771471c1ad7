package io.points.billing.statement;

import io.points.billing.statement.Journal.Accounts;
import io.points.contract.Sha256;
import io.points.platform.outbox.Tx;
import io.points.platform.persistence.Columns;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The journal's batches in their tables. */
@ApplicationScoped
class JournalBatches {

    private static final String LOCK = "select pg_advisory_xact_lock(hashtext('points: journal batches'))";

    private static final String NEXT = "select coalesce(max(number), 0) + 1 as next from journal_batch_log";

    private static final String INSERT = """
            insert into journal_batch_log (number, billing_period, made_at, entries, receivable_account,
                   prepayments_account, currencies, debits, content, content_sha256)
            values ($1, $2, $3, $4, $5, $6, $7, $8::text[]::numeric[], $9, $10)
            """;

    private static final String ASSIGN =
            "update journal_entries set batch = $1 where batch is null and entry_id = any($2::uuid[])";

    private static final String LIST = """
            select number, billing_period, made_at, entries, currencies, debits::text[] as debits, content_sha256
            from journal_batch_log where number > $1 order by number limit $2
            """;

    private static final String FILE = "select content, content_sha256 from journal_batch_log where number = $1";

    /** @param sha256 of its bytes in UTF-8, as 64 hexadecimal digits */
    record BatchFile(String csv, String sha256) {}

    /** Until the transaction ends, nobody else makes a batch. Gives the number of the next one. */
    Uni<Long> lock(Tx tx) {
        return tx.query(LOCK)
                .chain(locked -> tx.query(NEXT))
                .map(rows -> rows.iterator().next().getLong("next"));
    }

    /** Keeps a batch, and says of its entries that it has them. */
    Uni<Void> insert(Tx tx, NewBatch batch, String content, Accounts accounts, Instant now) {
        var debits = batch.debits();
        return tx.query(
                        INSERT,
                        batch.number(),
                        batch.period().firstDay(),
                        now.atOffset(ZoneOffset.UTC),
                        batch.bookings().size(),
                        accounts.receivable(),
                        accounts.prepayments(),
                        debits.keySet().toArray(String[]::new),
                        Columns.texts(debits.values(), BigDecimal::toPlainString),
                        content,
                        Sha256.hex(content.getBytes(StandardCharsets.UTF_8)))
                .chain(() -> tx.query(ASSIGN, batch.number(), Columns.uuids(batch.bookings(), it -> it.entry()
                        .entryId())))
                .invoke(rows -> {
                    if (rows.rowCount() != batch.bookings().size()) {
                        throw new IllegalStateException("an entry has got another batch meanwhile");
                    }
                })
                .replaceWithVoid();
    }

    /** In the order of their numbers. */
    Uni<List<JournalBatch>> after(Tx tx, long number, int atMost) {
        return tx.query(LIST, number, atMost).map(rows -> {
            var batches = new ArrayList<JournalBatch>(rows.rowCount());
            rows.forEach(row -> batches.add(JournalBatch.of(row)));
            return batches;
        });
    }

    /** A batch's file; null if there is no such batch. */
    Uni<@Nullable BatchFile> file(Tx tx, long number) {
        return tx.query(FILE, number).map(rows -> {
            var found = rows.iterator();
            if (!found.hasNext()) {
                return null;
            }
            var row = found.next();
            return new BatchFile(row.getString("content"), row.getString("content_sha256"));
        });
    }
}
