package io.points.audit.books;

import io.points.platform.background.Round;
import io.points.platform.background.Rounds;
import io.points.platform.persistence.Background;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Waits for entries that attested balances have and no event has told of yet. One caller at a time. While Kafka cannot be asked
 * how much there is to be heard, no missing entry is ever reported; so it is asked now and then also if nothing is missing, and
 * the age of the last answer is that of the round {@code missing_entries}.
 */
@ApplicationScoped
class MissingEntries {

    private static final Logger LOG = Logger.getLogger(MissingEntries.class);

    private static final Duration EVERY = Duration.ofSeconds(20);

    private static final String QUEUES = """
            select tenant.id,
                   least((select min(recorded_at) from audit_unsealed join audit_log using (sequence)
                          where audit_log.tenant_id = tenant.id),
                         (select recorded_at from audit_unsealed_held held join audit_log using (sequence)
                          where held.tenant_id = tenant.id order by held.sequence limit 1)) as unsealed,
                   (select min(signed_at) from audit_unposted join audit_checkpoint_log using (tenant_id, tree_size)
                    where tenant_id = tenant.id) as unposted
            from unnest($1::uuid[]) as tenant (id)
            """;

    private final Pool database;
    private final ConsumerProgress progress;
    private final GracePeriod gracePeriod;
    private final Round round;
    private long lookedAt = System.nanoTime();
    private long askedAt = System.nanoTime() - EVERY.toNanos();

    MissingEntries(@Background Pool database, ConsumerProgress progress, BooksConfig config, Rounds rounds) {
        this.database = database;
        this.progress = progress;
        gracePeriod = new GracePeriod(config.missingAfter());
        round = rounds.round("missing_entries");
    }

    boolean isWaitedForNoMore(Attested.Key key) {
        return gracePeriod.isOver(key);
    }

    /** From now on the entries of these balances are waited for, and no others. */
    void waitFor(Collection<Attested.Key> keys) {
        gracePeriod.waitFor(keys);
    }

    /** Costs nothing while nothing is waited for, but for a question now and then. */
    Uni<Void> check() {
        long now = System.nanoTime();
        var passed = Duration.ofNanos(now - lookedAt);
        lookedAt = now;
        var tenants = gracePeriod.tenants();
        if (tenants.isEmpty() && now - askedAt < EVERY.toNanos()) {
            return Uni.createFrom().voidItem();
        }
        askedAt = now;
        var at = Instant.now();
        return progress.check()
                .chain(offsets -> tenants.isEmpty() ? Uni.createFrom().voidItem() : check(tenants, passed, at, offsets))
                .invoke(round::succeeded)
                .onFailure()
                .invoke(failure -> LOG.warnf(
                        "Kafka cannot confirm that all events were consumed, so entries without an event are not"
                                + " reported (%s tenants have some): %s",
                        tenants.size(), failure))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> check(Set<UUID> tenants, Duration passed, Instant at, ConsumerProgress.Offsets offsets) {
        return database.preparedQuery(QUEUES)
                .execute(Tuple.of(tenants.toArray(UUID[]::new)))
                .invoke(rows -> {
                    var unsealed = new HashMap<UUID, Instant>();
                    var unposted = new HashMap<UUID, Instant>();
                    rows.forEach(row -> {
                        put(unsealed, row, "unsealed");
                        put(unposted, row, "unposted");
                    });
                    gracePeriod.check(
                            new GracePeriod.Check(passed, at, offsets.ends(), offsets.heard(), unsealed, unposted));
                })
                .replaceWithVoid();
    }

    private static void put(Map<UUID, Instant> times, Row row, String column) {
        var time = row.getOffsetDateTime(column);
        if (time != null) {
            times.put(row.getUUID("id"), time.toInstant());
        }
    }
}
