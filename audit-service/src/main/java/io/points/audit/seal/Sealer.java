package io.points.audit.seal;

import io.micrometer.core.instrument.MeterRegistry;
import io.points.audit.proof.Frontier;
import io.points.audit.proof.Note;
import io.points.audit.quarantine.OfTenant;
import io.points.audit.quarantine.Quarantine;
import io.points.audit.quarantine.Work;
import io.points.contract.Envelope;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Makes leaves of records, away from the consumers that write them. A turn takes the oldest records that wait, gives each
 * tenant's their indexes, signs a checkpoint per tenant and commits all of it with what is told of it; so an index has no
 * gap and no double whatever dies in between. Records are taken by state ("still waits"), never by "sequence greater than
 * the last one", which would lose one that commits late. Of several instances one seals at a time.
 */
@ApplicationScoped
public class Sealer {

    /** Keeps a turn short, and the message about it well below the size that readers take. */
    static final int SLICE = 1_000;

    /** Alone in a statement, so that what is looked at next is as the one who had the lock before has left it. */
    private static final String LOCK = "select pg_try_advisory_xact_lock(hashtext('audit_leaf_log')) as mine";

    private static final String FIRST =
            " from (select sequence from audit_unsealed order by sequence limit $1) as first join audit_log using (sequence)"
                    + " where audit_log.tenant_id <> all($2::uuid[]) order by sequence";

    private static final String TAKE = "select sequence, recorded_at, " + Unsealed.LEAF_COLUMNS + FIRST;

    /** As TAKE looks for them, but whose it is alone. */
    private static final String OLDEST = "select audit_log.tenant_id" + FIRST;

    private final Transactions transactions;
    private final CheckpointKeys keys;
    private final Restoration restoration;
    private final ForeseenSeals foreseen;
    private final Quarantine quarantine;
    private final HeldRecords held;
    private final MeterRegistry metrics;

    /** In seconds; not a number until it is known. */
    private volatile double lag = Double.NaN;

    Sealer(
            Transactions transactions,
            CheckpointKeys keys,
            Restoration restoration,
            ForeseenSeals foreseen,
            Quarantine quarantine,
            HeldRecords held,
            MeterRegistry metrics) {
        this.transactions = transactions.background();
        this.keys = keys;
        this.restoration = restoration;
        this.foreseen = foreseen;
        this.quarantine = quarantine;
        this.held = held;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent event) {
        metrics.gauge("points_audit_seal_lag_seconds", this, sealer -> sealer.lag);
    }

    /** Nothing waits. */
    void rest() {
        lag = 0;
    }

    void lagIsUnknown() {
        lag = Double.NaN;
    }

    /**
     * Seals the oldest records, and holds those of tenants that are left out.
     *
     * @param most so many, {@value #SLICE} at most
     * @return how many records were sealed; {@code most} if there may be more to do at once
     */
    Uni<Integer> turn(int most) {
        return transactions.write(tx -> tx.query(LOCK).chain(rows -> {
            if (!rows.iterator().next().getBoolean("mine")) {
                return Uni.createFrom().item(0);
            }
            return restoration.isUnderWay() ? sealAgain(tx, most) : sealNext(tx, leftOut(), most);
        }));
    }

    /** Leaves the tenant out whose record a turn of one would take: it cannot be sealed. */
    Uni<Void> leaveOutOldest(Throwable failure) {
        return transactions.write(tx -> notNow(tx)
                .chain(but -> held.sort(tx, but, 1).chain(() -> tx.query(OLDEST, 1, but.toArray(UUID[]::new))))
                .chain(rows -> rows.rowCount() == 0
                        ? Uni.createFrom().voidItem()
                        : leaveOut(tx, rows.iterator().next().getUUID("tenant_id"), failure.toString())));
    }

    private Set<UUID> leftOut() {
        return Set.of(quarantine.leftOut(Work.SEALING));
    }

    /** Whose records are not sealed as they come: they are left out, or what was published of them comes first. */
    private Uni<Set<UUID>> notNow(Tx tx) {
        if (!restoration.isUnderWay()) {
            return Uni.createFrom().item(leftOut());
        }
        return foreseen.tenants(tx).map(waiting -> {
            waiting.addAll(leftOut());
            return waiting;
        });
    }

    private Uni<Void> leaveOut(Tx tx, UUID tenant, String why) {
        return quarantine.add(tx, Work.SEALING, tenant, why);
    }

    private Uni<Integer> sealNext(Tx tx, Set<UUID> but, int most) {
        return held.sort(tx, but, most).chain(some -> tx.query(TAKE, most, but.toArray(UUID[]::new))
                .chain(taken -> seal(tx, records(taken)))
                .map(done -> some ? most : done));
    }

    /** What was published first; then whatever else waits of tenants that nothing is owed of. */
    private Uni<Integer> sealAgain(Tx tx, int most) {
        return foreseen.next(tx, leftOut())
                .chain(next -> next.isPresent()
                        ? OfTenant.whenFailing(next.get().tenantId(), sealAgain(tx, next.get()))
                                .replaceWith(most)
                        : foreseen.tenants(tx).chain(waiting -> {
                            if (waiting.isEmpty()) {
                                restoration.end();
                            }
                            return notNow(tx).chain(but -> sealNext(tx, but, most));
                        }));
    }

    private Uni<Void> sealAgain(Tx tx, ForeseenSeals.Foreseen published) {
        var tenant = published.tenantId();
        return foreseen.records(tx, published).chain(records -> new TreeRows(tx::query)
                .frontiers(Set.of(tenant))
                .chain(trees -> {
                    var again = Optional.ofNullable(trees.get(tenant))
                            .filter(tree -> tree.size() == published.begin())
                            .map(tree -> Seal.of(records, tree, keys.signing(), Instant.now()))
                            .filter(seal -> Arrays.equals(seal.checkpoint().root(), published.root()));
                    if (again.isEmpty()) {
                        return leaveOut(tx, tenant, "its leaves cannot be made again as they were published");
                    }
                    var seal = again.get().as(Note.parse(published.note()));
                    return SealRows.write(tx, records, List.of(seal))
                            .chain(() -> foreseen.done(tx, published))
                            .replaceWithVoid();
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
            var broken = new HashSet<>(byTenant.keySet());
            broken.removeAll(trees.keySet());
            byTenant.keySet().removeAll(broken);
            var sealed = byTenant.values().stream().flatMap(List::stream).toList();
            var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
            var seals = seals(byTenant, trees, now);
            seals.forEach(seal -> tx.send(seal.messageId(), seal.told(), now, Envelope.Actor.SYSTEM));
            return SealRows.write(tx, sealed, seals)
                    .chain(() -> leaveOutBroken(tx, broken))
                    .chain(() -> quarantine.release(tx, Work.SEALING, byTenant.keySet()))
                    .invoke(() -> count(sealed, now))
                    .replaceWith(records.size());
        });
    }

    /** A tree that is continued from anything else than what was last signed would make old checkpoints cry wolf. */
    private Uni<Void> leaveOutBroken(Tx tx, Set<UUID> tenants) {
        var all = Uni.createFrom().voidItem();
        for (var tenant : tenants) {
            all = all.chain(() -> leaveOut(tx, tenant, "its leaves are not what was last signed"));
        }
        return all;
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
        lag = Duration.between(records.get(0).recordedAt(), now).toMillis() / 1e3;
    }
}
