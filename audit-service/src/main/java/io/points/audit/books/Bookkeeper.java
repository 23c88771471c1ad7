package io.points.audit.books;

import io.points.audit.quarantine.Quarantine;
import io.points.platform.background.Schedule;
import io.points.platform.persistence.Background;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Keeps the books, again and again: posts the seals that wait, compares the attested balances that wait with them, and looks
 * for entries that are missing. What fails in one of the three does not keep the others from being done.
 */
@ApplicationScoped
class Bookkeeper {

    private static final Logger LOG = Logger.getLogger(Bookkeeper.class);

    private static final Duration LONGEST_CHECK = Duration.ofSeconds(5);

    private static final String ANY = """
            select exists (select from audit_unposted) as seals, exists (select from audit_attestations) as balances
            """;

    private final Pool database;
    private final Quarantine quarantine;
    private final PostingRound posting;
    private final ComparisonRound comparison;
    private final MissingEntries missing;
    private final BooksConfig config;
    private final Schedule schedule;

    Bookkeeper(
            @Background Pool database,
            Quarantine quarantine,
            PostingRound posting,
            ComparisonRound comparison,
            MissingEntries missing,
            BooksConfig config,
            Schedule schedule) {
        this.database = database;
        this.quarantine = quarantine;
        this.posting = posting;
        this.comparison = comparison;
        this.missing = missing;
        this.config = config;
        this.schedule = schedule;
    }

    void start(@Observes StartupEvent event) {
        schedule.every(config.postEvery(), () -> round().onFailure().recoverWithUni(failure -> {
            LOG.warnf("The books could not be posted; the next round retries: %s", failure);
            return Uni.createFrom().voidItem();
        }));
    }

    /** Costs two looks while there is nothing to do. */
    private Uni<Void> round() {
        return quarantine
                .read()
                .chain(() -> database.query(ANY)
                        .execute()
                        .ifNoItem()
                        .after(LONGEST_CHECK)
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
                        Uni.createFrom().deferred(missing::check))
                .usingConcurrencyOf(1)
                .andCollectFailures()
                .replaceWithVoid();
    }

    private static Uni<Void> resting(Runnable rest) {
        return Uni.createFrom().voidItem().invoke(rest);
    }
}
