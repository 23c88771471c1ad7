package io.points.audit.books;

import io.micrometer.core.instrument.MeterRegistry;
import io.points.messaging.outbox.Transactions;
import io.points.messaging.outbox.Tx;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Posts seals to the books, in the order in which they were made, and compares attested balances with them. Each seal is
 * a transaction, and so is a page of balances; of several instances one works at a time, and whoever dies, another goes on.
 */
@ApplicationScoped
class Bookkeeper {

    private static final Logger LOG = Logger.getLogger(Bookkeeper.class);
    private static final Duration LONGEST_ROUND = Duration.ofMinutes(2);

    private static final String ANY = """
            select exists (select from audit_unposted) or exists (select from audit_attestations) as any
            """;

    private static final String LOCK = "select pg_try_advisory_xact_lock(hashtext('audit_books')) as mine";

    private static final String NEXT = """
            select tenant_id, tree_size, signed_at
            from audit_unposted join audit_checkpoint_log using (tenant_id, tree_size)
            where tenant_id <> all($1::uuid[]) order by tenant_id, tree_size limit 1
            """;

    private static final String POSTED = "delete from audit_unposted where tenant_id = $1 and tree_size = $2";

    /** What balances differ by, and what was credited a while ago and never debited. */
    private static final String IMBALANCE = """
            select (coalesce((select sum(greatest(abs(stored_difference), abs(sum_difference))) from audit_balances
                              where stored_difference <> 0 or sum_difference <> 0), 0)
                    + coalesce((select sum(-points) from audit_transit
                                where points < 0 and since < now() - make_interval(secs => $1)), 0))::bigint as points
            """;

    private final Transactions transactions;
    private final Pool database;
    private final BooksTables tables;
    private final Comparison comparison;
    private final MissingEntries missing;
    private final BooksConfig config;
    private final Vertx vertx;
    private final MeterRegistry metrics;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicLong imbalance = new AtomicLong();

    /** Tenants whose leaves cannot be posted. Somebody has to look at them; all others go on. */
    private final Set<UUID> broken = ConcurrentHashMap.newKeySet();

    private volatile @Nullable Context own;
    private volatile boolean stopped;

    Bookkeeper(
            Transactions transactions,
            Pool database,
            BooksTables tables,
            Comparison comparison,
            MissingEntries missing,
            BooksConfig config,
            Vertx vertx,
            MeterRegistry metrics) {
        this.transactions = transactions;
        this.database = database;
        this.tables = tables;
        this.comparison = comparison;
        this.missing = missing;
        this.config = config;
        this.vertx = vertx;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent event) {
        metrics.gauge("points_ledger_imbalance", imbalance);
        metrics.gaugeCollectionSize("points_audit_broken_books", List.of(), broken);
        own = vertx.getOrCreateContext();
        vertx.setPeriodic(config.postEvery().toMillis(), timer -> wake());
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    private void wake() {
        var context = own;
        if (!stopped && context != null && busy.compareAndSet(false, true)) {
            context.runOnContext(x -> round().ifNoItem()
                    .after(LONGEST_ROUND)
                    .fail()
                    .subscribe()
                    .with(done -> busy.set(false), failure -> {
                        LOG.warnf("The books could not be kept and will be tried again: %s", failure);
                        busy.set(false);
                    }));
        }
    }

    /** Costs two looks while there is nothing to do. */
    private Uni<Void> round() {
        return database.query(ANY)
                .execute()
                .map(rows -> rows.iterator().next().getBoolean("any"))
                .chain(any -> any ? keep() : Uni.createFrom().voidItem().invoke(() -> missing.waitFor(List.of())))
                .chain(missing::look)
                .chain(this::measure);
    }

    private Uni<Void> keep() {
        return post().chain(() -> compare(Comparison.Page.START, new ArrayList<>()));
    }

    /** Posts all that waits. */
    private Uni<Void> post() {
        return transactions
                .write(tx -> alone(tx, false, () -> next(tx)))
                .chain(more -> more && !stopped ? post() : Uni.createFrom().voidItem());
    }

    /** Of several instances one works at a time; the others have {@code otherwise}. */
    private static <T> Uni<T> alone(Tx tx, T otherwise, Supplier<Uni<T>> work) {
        return tx.query(LOCK)
                .chain(rows -> rows.iterator().next().getBoolean("mine")
                        ? work.get()
                        : Uni.createFrom().item(otherwise));
    }

    private Uni<Boolean> next(Tx tx) {
        return tx.query(NEXT, (Object) broken.toArray(UUID[]::new)).chain(rows -> {
            if (rows.rowCount() == 0) {
                return Uni.createFrom().item(false);
            }
            var seal = rows.iterator().next();
            return post(tx, seal)
                    .onFailure(Bookkeeper::isOfTheLeaves)
                    .invoke(failure -> setAside(seal.getUUID("tenant_id"), failure))
                    .replaceWith(true);
        });
    }

    private Uni<Void> post(Tx tx, Row seal) {
        var tenant = seal.getUUID("tenant_id");
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
                .replaceWithVoid();
    }

    private static boolean isOfTheLeaves(Throwable failure) {
        return failure instanceof ArithmeticException;
    }

    private void setAside(UUID tenant, Throwable failure) {
        broken.add(tenant);
        LOG.errorf(
                "ALARM: the books of tenant %s cannot be kept any more, until audit-service is started again: %s",
                tenant, failure);
    }

    private Uni<Void> compare(Attested.Key after, List<Attested.Key> waiting) {
        return transactions
                .write(tx -> alone(tx, Optional.<Comparison.Page>empty(), () -> comparison
                        .page(tx, after, missing::isWaitedForNoMore)
                        .map(Optional::of)))
                .chain(mine -> {
                    if (mine.isEmpty()) {
                        return Uni.createFrom().voidItem();
                    }
                    var page = mine.get();
                    waiting.addAll(page.waiting());
                    if (page.more() && !stopped) {
                        return compare(page.last(), waiting);
                    }
                    missing.waitFor(waiting);
                    return Uni.createFrom().voidItem();
                });
    }

    private Uni<Void> measure() {
        return database.preparedQuery(IMBALANCE)
                .execute(Tuple.of(config.missingAfter().toMillis() / 1e3))
                .invoke(rows -> imbalance.set(rows.iterator().next().getLong("points")))
                .replaceWithVoid();
    }
}
