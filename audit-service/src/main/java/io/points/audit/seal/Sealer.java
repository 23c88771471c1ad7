package io.points.audit.seal;

import io.micrometer.core.instrument.MeterRegistry;
import io.points.audit.proof.Frontier;
import io.points.audit.proof.Note;
import io.points.messaging.Envelope;
import io.points.messaging.outbox.Transactions;
import io.points.messaging.outbox.Tx;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Makes leaves of records, away from the consumers that write them. A turn takes the oldest records that wait, gives each
 * tenant's their indexes, signs a checkpoint per tenant and commits all of it with what is told of it; so an index has no
 * gap and no double whatever dies in between. Records are taken by state ("still waits"), never by "sequence greater than
 * the last one", which would lose one that commits late. Of several instances one seals at a time.
 */
@ApplicationScoped
class Sealer {

    private static final Logger LOG = Logger.getLogger(Sealer.class);

    /** Keeps a turn short, and the message about it well below the size that readers take. */
    static final int BATCH = 1_000;

    private static final Duration LONGEST_TURN = Duration.ofSeconds(20);

    private static final String ANY = "select exists (select from audit_unsealed) as any";

    /** Alone in a statement, so that what is looked at next is as the one who had the lock before has left it. */
    private static final String LOCK = "select pg_try_advisory_xact_lock(hashtext('audit_leaf_log')) as mine";

    private static final String TAKE = "select audit_log.sequence, recorded_at, " + Unsealed.LEAF_COLUMNS
            + " from audit_unsealed join audit_log on audit_log.sequence = audit_unsealed.sequence"
            + " where audit_log.tenant_id <> all($2::uuid[]) order by audit_unsealed.sequence limit $1";

    private final Transactions transactions;
    private final Pool database;
    private final CheckpointKeys keys;
    private final Restoration restoration;
    private final ForeseenSeals foreseen;
    private final AuditConfig config;
    private final Vertx vertx;
    private final MeterRegistry metrics;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicLong lagMillis = new AtomicLong();

    /** Tenants whose trees are not what was last signed. Somebody has to look at them; all others go on. */
    private final Set<UUID> broken = ConcurrentHashMap.newKeySet();

    private volatile @Nullable Context own;
    private volatile boolean stopped;

    Sealer(
            Transactions transactions,
            Pool database,
            CheckpointKeys keys,
            Restoration restoration,
            ForeseenSeals foreseen,
            AuditConfig config,
            Vertx vertx,
            MeterRegistry metrics) {
        this.transactions = transactions;
        this.database = database;
        this.keys = keys;
        this.restoration = restoration;
        this.foreseen = foreseen;
        this.config = config;
        this.vertx = vertx;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent event) {
        metrics.gauge("points_audit_seal_lag_seconds", lagMillis, lag -> lag.get() / 1e3);
        metrics.gaugeCollectionSize("points_audit_broken_trees", List.of(), broken);
        own = vertx.getOrCreateContext();
        vertx.setPeriodic(config.sealEvery().toMillis(), timer -> wake());
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    private void wake() {
        var context = own;
        if (!stopped && context != null && restoration.isKnown() && busy.compareAndSet(false, true)) {
            context.runOnContext(x -> look());
        }
    }

    /** Costs one look at an empty table while there is nothing to do. */
    private void look() {
        database.query(ANY)
                .execute()
                .map(rows -> rows.iterator().next().getBoolean("any"))
                .chain(any -> any ? turn() : Uni.createFrom().item(0))
                .ifNoItem()
                .after(LONGEST_TURN)
                .fail()
                .subscribe()
                .with(this::rest, failure -> {
                    LOG.warnf("Audit records could not be sealed and will be tried again: %s", failure);
                    busy.set(false);
                });
    }

    private void rest(int sealed) {
        if (sealed == BATCH && !stopped) {
            look();
            return;
        }
        lagMillis.set(0);
        busy.set(false);
    }

    /** @return how many records were sealed; as many as there may be if there is more to do at once */
    Uni<Integer> turn() {
        return transactions.write(tx -> tx.query(LOCK).chain(rows -> {
            if (!rows.iterator().next().getBoolean("mine")) {
                return Uni.createFrom().item(0);
            }
            broken.addAll(restoration.forked());
            return restoration.isUnderWay() ? sealAgain(tx) : sealNext(tx, broken);
        }));
    }

    private Uni<Integer> sealNext(Tx tx, Set<UUID> but) {
        return tx.query(TAKE, BATCH, but.toArray(UUID[]::new)).chain(taken -> seal(tx, records(taken)));
    }

    /** What was published first; then whatever else waits of tenants that nothing is owed of. */
    private Uni<Integer> sealAgain(Tx tx) {
        return foreseen.next(tx, broken)
                .chain(next -> next.isPresent()
                        ? sealAgain(tx, next.get())
                        : foreseen.tenants(tx).chain(waiting -> {
                            if (waiting.isEmpty()) {
                                restoration.end();
                            }
                            waiting.addAll(broken);
                            return sealNext(tx, waiting);
                        }));
    }

    private Uni<Integer> sealAgain(Tx tx, ForeseenSeals.Foreseen published) {
        var tenant = published.tenantId();
        return foreseen.records(tx, published).chain(records -> new TreeRows(tx::query)
                .frontiers(Set.of(tenant))
                .chain(trees -> {
                    var again = Optional.ofNullable(trees.get(tenant))
                            .filter(tree -> tree.size() == published.begin())
                            .map(tree -> Seal.of(records, tree, keys.signing(), Instant.now()))
                            .filter(seal -> Arrays.equals(seal.checkpoint().root(), published.root()));
                    if (again.isEmpty()) {
                        setAside(tenant, "its leaves cannot be made again as they were published");
                        return Uni.createFrom().item(BATCH);
                    }
                    var seal = again.get().as(Note.parse(published.note()));
                    return SealRows.write(tx, records, List.of(seal))
                            .chain(() -> foreseen.done(tx, published))
                            .replaceWith(BATCH);
                }));
    }

    private static List<Unsealed> records(RowSet<io.vertx.mutiny.sqlclient.Row> rows) {
        var records = new ArrayList<Unsealed>(rows.size());
        rows.forEach(row -> records.add(Unsealed.of(row)));
        return records;
    }

    private Uni<Integer> seal(Tx tx, List<Unsealed> records) {
        if (records.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        var byTenant = new LinkedHashMap<UUID, List<Unsealed>>();
        records.forEach(record -> byTenant.computeIfAbsent(record.tenantId(), tenant -> new ArrayList<>())
                .add(record));
        return new TreeRows(tx::query).frontiers(byTenant.keySet()).chain(trees -> {
            setAsideBroken(byTenant, trees.keySet());
            var sealed = byTenant.values().stream().flatMap(List::stream).toList();
            var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
            var seals = seals(byTenant, trees, now);
            seals.forEach(seal -> tx.send(seal.messageId(), seal.told(), now, Envelope.Cause.SYSTEM));
            return SealRows.write(tx, sealed, seals)
                    .invoke(() -> count(sealed, now))
                    .replaceWith(records.size());
        });
    }

    /** A tree that is continued from anything else than what was last signed would make old checkpoints cry wolf. */
    private void setAsideBroken(Map<UUID, List<Unsealed>> byTenant, Set<UUID> intact) {
        byTenant.keySet().removeIf(tenant -> {
            if (intact.contains(tenant)) {
                return false;
            }
            setAside(tenant, "its leaves are not what was last signed");
            return true;
        });
    }

    private void setAside(UUID tenant, String why) {
        broken.add(tenant);
        LOG.errorf(
                "ALARM: the records of tenant %s are sealed no more until audit-service is started again: %s",
                tenant, why);
    }

    private List<Seal> seals(Map<UUID, List<Unsealed>> byTenant, Map<UUID, Frontier> trees, Instant now) {
        var seals = new ArrayList<Seal>();
        byTenant.forEach((tenant, records) -> seals.add(Seal.of(records, trees.get(tenant), keys.signing(), now)));
        return seals;
    }

    private void count(List<Unsealed> records, Instant now) {
        metrics.counter("points_audit_sealed_records").increment(records.size());
        if (records.isEmpty()) {
            return;
        }
        lagMillis.set(Duration.between(records.get(0).recordedAt(), now).toMillis());
    }
}
