package io.points.audit.books;

import io.points.audit.quarantine.OfTenant;
import io.points.audit.quarantine.Quarantine;
import io.points.audit.quarantine.Work;
import io.points.platform.background.Round;
import io.points.platform.background.Rounds;
import io.points.platform.background.Schedule;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.platform.persistence.TransientErrors;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Posts seals to the books, each tenant's in the order in which they were made, each in a transaction of its own. A tenant whose leaves
 * cannot be added up is left out, and all others go on.
 */
@ApplicationScoped
class PostingRound {

    private static final Duration LONGEST_SLICE = Duration.ofSeconds(20);

    /** A backlog of seals must not keep balances from being compared: what is left is posted in the next round. */
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(30);

    /** If so many tenants fail for a reason that passes, it is not because of them. */
    private static final int MOST_FAILURES = 3;

    private static final String FIRST = """
            select tenant_id, tree_size, signed_at
            from audit_unposted join audit_checkpoint_log using (tenant_id, tree_size)
            where tenant_id <> all($1::uuid[]) order by tenant_id, tree_size limit 1
            """;

    /** A statement of its own, so that the index leads past the backlog of those before. */
    private static final String NEXT = FIRST.replace("where ", "where tenant_id > $2 and ");

    private static final String POSTED = "delete from audit_unposted where tenant_id = $1 and tree_size = $2";

    private final Transactions transactions;
    private final BooksTables tables;
    private final Quarantine quarantine;
    private final Schedule schedule;
    private final Round round;

    /** Tenants take turns, seal by seal: a backlog of one is no backlog of those behind it. Null before the first of all. */
    private volatile @Nullable UUID last;

    PostingRound(
            Transactions transactions, BooksTables tables, Quarantine quarantine, Schedule schedule, Rounds rounds) {
        this.schedule = schedule;
        this.transactions = transactions.background();
        this.tables = tables;
        this.quarantine = quarantine;
        round = rounds.round("books_posting");
    }

    /** What a round remembers. */
    private static final class Pass {

        private final long begun = System.nanoTime();

        /** Tenants whose posting failed transiently: retried in the next round. */
        private final List<UUID> failed = new ArrayList<>();

        private @Nullable Throwable failure;

        boolean isOver() {
            return System.nanoTime() - begun > LONGEST_ROUND.toNanos();
        }

        Uni<Boolean> end() {
            return failure == null
                    ? Uni.createFrom().item(false)
                    : Uni.createFrom().failure(failure);
        }
    }

    /** Posts what waits; fails if that of one tenant or more could not be posted, for a reason that passes. */
    Uni<Void> run() {
        var pass = new Pass();
        return round.run(() -> slice(pass));
    }

    /** There is nothing to post. */
    void rest() {
        round.succeeded();
    }

    private Uni<Boolean> slice(Pass pass) {
        if (schedule.isStopped() || pass.isOver()) {
            return pass.end();
        }
        return transactions
                .write(tx -> Alone.in(tx, false, () -> next(tx, pass)))
                .ifNoItem()
                .after(LONGEST_SLICE)
                .fail()
                .onFailure(OfTenant.class)
                .recoverWithUni(failure -> goOnWithout(failure, pass))
                .chain(more -> more ? Uni.createFrom().item(true) : pass.end());
    }

    private Uni<Boolean> next(Tx tx, Pass pass) {
        return nextAfter(tx, last, pass)
                .chain(rows -> rows.rowCount() == 0 && last != null
                        ? nextAfter(tx, null, pass)
                        : Uni.createFrom().item(rows))
                .chain(rows -> {
                    if (rows.rowCount() == 0) {
                        return Uni.createFrom().item(false);
                    }
                    var seal = rows.iterator().next();
                    var tenant = seal.getUUID("tenant_id");
                    last = tenant;
                    return OfTenant.whenFailing(tenant, post(tx, tenant, seal)).replaceWith(true);
                });
    }

    private Uni<RowSet<Row>> nextAfter(Tx tx, @Nullable UUID tenant, Pass pass) {
        return tenant == null ? tx.query(FIRST, (Object) leftOut(pass)) : tx.query(NEXT, leftOut(pass), tenant);
    }

    private UUID[] leftOut(Pass pass) {
        var all = new ArrayList<>(Arrays.asList(quarantine.leftOut(Work.POSTING)));
        all.addAll(pass.failed);
        return all.toArray(UUID[]::new);
    }

    private Uni<Void> post(Tx tx, UUID tenant, Row seal) {
        long size = seal.getLong("tree_size");
        var sealedAt = seal.getOffsetDateTime("signed_at").toInstant();
        return tables.find(tx, tenant)
                .chain(books -> tables.moves(tx, tenant, books.treeSize(), size)
                        .chain(moves -> tables.transit(tx, tenant, moves).chain(transit -> {
                            var posting = new Posting(books, transit);
                            posting.post(moves, size);
                            return tables.save(tx, posting, sealedAt);
                        }))
                        .chain(() -> tables.toBeCompared(tx, tenant, books.treeSize(), size)))
                .chain(() -> tx.query(POSTED, tenant, size))
                .chain(() -> quarantine.release(tx, Work.POSTING, Set.of(tenant)));
    }

    private Uni<Boolean> goOnWithout(OfTenant failed, Pass pass) {
        if (!TransientErrors.isTransient(failed.getCause())) {
            return quarantine
                    .add(Work.POSTING, failed.tenant(), failed.getCause())
                    .replaceWith(true);
        }
        pass.failed.add(failed.tenant());
        pass.failure = failed.getCause();
        return pass.failed.size() < MOST_FAILURES ? Uni.createFrom().item(true) : pass.end();
    }
}
