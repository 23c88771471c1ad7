package io.points.audit.quarantine;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.platform.persistence.Background;
import io.points.platform.persistence.SqlGauge;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Tenants that a kind of work leaves out for now, because something of theirs cannot be worked on. Each is an {@code ALARM} in
 * the log, counts in a gauge that must be 0, and is tried again after some minutes, or when an operator asks for it; when that
 * succeeds, it is released. What is known stands in a table and is read before each round, so a restart forgets nothing; nothing is shown while it cannot be read.
 */
@ApplicationScoped
public class Quarantine {

    private static final Logger LOG = Logger.getLogger(Quarantine.class);
    private static final int LONGEST_REASON = 1_000;
    private static final Duration LONGEST_READ = Duration.ofSeconds(5);

    private static final String ALL = "select work, tenant_id, retry_at > now() as waits from audit_quarantine";

    private static final String ADD = """
            insert into audit_quarantine (work, tenant_id, since, failures, reason, retry_at)
            values ($1, $2, now(), 1, $3, now() + make_interval(secs => $4))
            on conflict (work, tenant_id) do update
               set failures = audit_quarantine.failures + 1, reason = excluded.reason, retry_at = excluded.retry_at
             where audit_quarantine.retry_at < 'infinity'
            """;

    private static final String ADD_FOR_GOOD = """
            insert into audit_quarantine (work, tenant_id, since, failures, reason, retry_at)
            values ($1, $2, now(), 1, $3, 'infinity')
            on conflict (work, tenant_id) do update
               set failures = audit_quarantine.failures + 1, reason = excluded.reason, retry_at = excluded.retry_at
            """;

    /** Not one that another instance has put off again meanwhile. */
    private static final String RELEASE = """
            delete from audit_quarantine where work = $1 and tenant_id = any($2::uuid[]) and retry_at <= now()
            """;

    private final Pool database;
    private final Transactions transactions;
    private final Duration retryAfter;
    private final Map<Work, SqlGauge> gauges = new EnumMap<>(Work.class);

    private volatile Snapshot known = Snapshot.EMPTY;

    Quarantine(
            @Background Pool database,
            Transactions transactions,
            MeterRegistry metrics,
            @ConfigProperty(name = "points.quarantine.retry-after", defaultValue = "5M") Duration retryAfter) {
        this.database = database;
        this.transactions = transactions;
        this.retryAfter = retryAfter;
        for (var work : Work.values()) {
            gauges.put(work, new SqlGauge(work.gauge(), metrics));
        }
    }

    /**
     * Reads anew who is left out. Comes before each round: what other instances found, and whose time has come. Fails within 5 s
     * if the database does not answer; nothing is shown from then on.
     */
    public Uni<Void> read() {
        return database.query(ALL)
                .execute()
                .ifNoItem()
                .after(LONGEST_READ)
                .fail()
                .invoke(rows -> show(Snapshot.of(rows)))
                .onFailure()
                .invoke(this::showNothing)
                .replaceWithVoid();
    }

    /** Those that are to be left out now. */
    public UUID[] leftOut(Work work) {
        return known.waiting(work).toArray(UUID[]::new);
    }

    /** All that have not been released: those of {@link #leftOut}, and those due for a retry. */
    public UUID[] all(Work work) {
        return known.all(work).toArray(UUID[]::new);
    }

    /** Leaves a tenant out from now on, in a transaction of its own: that of the work has failed. */
    public Uni<Void> add(Work work, UUID tenant, Throwable failure) {
        return transactions.background().write(tx -> add(tx, work, tenant, failure.toString()));
    }

    /** Leaves a tenant out once this transaction has committed. */
    public Uni<Void> add(Tx tx, Work work, UUID tenant, String reason) {
        LOG.errorf(
                "ALARM: the " + work.consequence() + ", and will be retried in %s s: %s",
                tenant,
                retryAfter.toSeconds(),
                reason);
        tx.afterCommit(() -> show(known.with(work, tenant)));
        return tx.query(ADD, work.word(), tenant, shortened(reason), retryAfter.toMillis() / 1e3)
                .replaceWithVoid();
    }

    /**
     * As above, and it is not tried again until an operator sets {@code retry_at}: trying would do harm. Stays so whoever tries
     * and fails meanwhile.
     */
    public Uni<Void> addForGood(Tx tx, Work work, UUID tenant, String reason) {
        LOG.errorf("ALARM: the " + work.consequence() + ", until an operator releases it: %s", tenant, reason);
        tx.afterCommit(() -> show(known.with(work, tenant)));
        return tx.query(ADD_FOR_GOOD, work.word(), tenant, shortened(reason)).replaceWithVoid();
    }

    /** The work has succeeded for these tenants. Costs nothing unless one of them was left out before. */
    public Uni<Void> release(Tx tx, Work work, Set<UUID> tenants) {
        var released = known.all(work).stream().filter(tenants::contains).toArray(UUID[]::new);
        if (released.length == 0) {
            return Uni.createFrom().voidItem();
        }
        tx.afterCommit(() -> {
            LOG.infof("The %s of %s has succeeded again", work.word(), List.of(released));
            show(known.without(work, Set.of(released)));
        });
        return tx.query(RELEASE, work.word(), released).replaceWithVoid();
    }

    /** PostgreSQL text cannot contain NUL; longer reasons are cut. */
    private static String shortened(String reason) {
        var text = reason.replace('\0', ' ');
        return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON);
    }

    private synchronized void show(Snapshot now) {
        known = now;
        gauges.forEach((work, gauge) ->
                gauge.show(Map.of(Tags.empty(), (double) now.all(work).size())));
    }

    private synchronized void showNothing() {
        gauges.values().forEach(SqlGauge::showNothing);
    }

    /**
     * What stood in the table.
     *
     * @param all tenants that are in quarantine
     * @param waiting those of them whose time has not come yet
     */
    private record Snapshot(Map<Work, Set<UUID>> all, Map<Work, Set<UUID>> waiting) {

        private static final Snapshot EMPTY = new Snapshot(Map.of(), Map.of());

        static Snapshot of(RowSet<Row> rows) {
            var all = new EnumMap<Work, Set<UUID>>(Work.class);
            var waiting = new EnumMap<Work, Set<UUID>>(Work.class);
            for (var row : rows) {
                var work = Work.valueOf(row.getString("work").toUpperCase(Locale.ROOT));
                add(all, work, row.getUUID("tenant_id"));
                if (row.getBoolean("waits")) {
                    add(waiting, work, row.getUUID("tenant_id"));
                }
            }
            return new Snapshot(all, waiting);
        }

        Set<UUID> all(Work work) {
            return all.getOrDefault(work, Set.of());
        }

        Set<UUID> waiting(Work work) {
            return waiting.getOrDefault(work, Set.of());
        }

        Snapshot with(Work work, UUID tenant) {
            var copy = new Snapshot(copy(all), copy(waiting));
            add(copy.all, work, tenant);
            add(copy.waiting, work, tenant);
            return copy;
        }

        Snapshot without(Work work, Set<UUID> tenants) {
            var copy = new Snapshot(copy(all), copy(waiting));
            copy.all.getOrDefault(work, new HashSet<>()).removeAll(tenants);
            copy.waiting.getOrDefault(work, new HashSet<>()).removeAll(tenants);
            return copy;
        }

        private static void add(Map<Work, Set<UUID>> sets, Work work, UUID tenant) {
            sets.computeIfAbsent(work, none -> new HashSet<>()).add(tenant);
        }

        private static Map<Work, Set<UUID>> copy(Map<Work, Set<UUID>> sets) {
            var copy = new EnumMap<Work, Set<UUID>>(Work.class);
            sets.forEach((work, tenants) -> copy.put(work, new HashSet<>(tenants)));
            return copy;
        }
    }
}
