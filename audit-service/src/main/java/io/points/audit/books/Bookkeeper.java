package io.points.audit.books;

import io.points.audit.quarantine.Quarantine;
import io.points.platform.persistence.Background;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the books, again and again: posts the seals that wait, compares the attested balances that wait with them, and looks
 * for entries that are missing. What fails in one of the three does not keep the others from being done.
 */
@ApplicationScoped
class Bookkeeper {

    private static final Logger LOG = Logger.getLogger(Bookkeeper.class);

    private static final Duration LONGEST_LOOK = Duration.ofSeconds(5);

    private static final String ANY = """
            select exists (select from audit_unposted) as seals, exists (select from audit_attestations) as balances
            """;

    private final Pool database;
    private final Quarantine quarantine;
    private final PostingRound posting;
    private final ComparisonRound comparison;
    private final MissingEntries missing;
    private final BooksConfig config;
    private final Vertx vertx;
    private final AtomicBoolean busy = new AtomicBoolean();

    private volatile @Nullable Context own;
    private volatile boolean stopped;

    Bookkeeper(
            @Background Pool database,
            Quarantine quarantine,
            PostingRound posting,
            ComparisonRound comparison,
            MissingEntries missing,
            BooksConfig config,
            Vertx vertx) {
        this.database = database;
        this.quarantine = quarantine;
        this.posting = posting;
        this.comparison = comparison;
        this.missing = missing;
        this.config = config;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        own = vertx.getOrCreateContext();
        vertx.setPeriodic(config.postEvery().toMillis(), timer -> wake());
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        posting.stop();
        comparison.stop();
    }

    private void wake() {
        var context = own;
        if (!stopped && context != null && busy.compareAndSet(false, true)) {
            context.runOnContext(x -> round().subscribe().with(done -> busy.set(false), failure -> {
                LOG.warnf("The books could not be posted; the next round retries: %s", failure);
                busy.set(false);
            }));
        }
    }

    /** Costs two looks while there is nothing to do. */
    private Uni<Void> round() {
        return quarantine
                .read()
                .chain(() -> database.query(ANY)
                        .execute()
                        .ifNoItem()
                        .after(LONGEST_LOOK)
                        .fail())
                .map(rows -> rows.iterator().next())
                .chain(any -> round(any.getBoolean("seals"), any.getBoolean("balances")));
    }

    /** Balances come with seals. */
    private Uni<Void> round(boolean seals, boolean balances) {
        return Uni.join()
                .all(
                        seals ? posting.run() : resting(posting::rest),
                        seals || balances ? comparison.run() : resting(comparison::rest),
                        Uni.createFrom().deferred(missing::look))
                .usingConcurrencyOf(1)
                .andCollectFailures()
                .replaceWithVoid();
    }

    private static Uni<Void> resting(Runnable rest) {
        return Uni.createFrom().voidItem().invoke(rest);
    }
}
