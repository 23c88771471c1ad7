package io.points.audit.seal;

import io.micrometer.core.instrument.MeterRegistry;
import io.points.audit.proof.Frontier;
import io.points.audit.proof.TreeHasher;
import io.points.audit.quarantine.OfTenant;
import io.points.audit.quarantine.Quarantine;
import io.points.audit.quarantine.Work;
import io.points.messaging.outbox.Transactions;
import io.points.messaging.outbox.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** Reads sealed records again, and says which are not what was sealed. */
@ApplicationScoped
class Rereading {

    private static final String LOCK = "select pg_try_advisory_xact_lock(hashtext('audit_reread')) as mine";

    private final Transactions transactions;
    private final Quarantine quarantine;
    private final MeterRegistry metrics;

    Rereading(Transactions transactions, Quarantine quarantine, MeterRegistry metrics) {
        this.transactions = transactions.background();
        this.quarantine = quarantine;
        this.metrics = metrics;
    }

    /**
     * How far it has come.
     *
     * @param leafIndex the last leaf of the tenant that was read; -1 if none was
     */
    record Place(UUID tenantId, long leafIndex) {

        /** Before all leaves. */
        static final Place START = new Place(new UUID(0, 0), -1);
    }

    /**
     * Reads the leaves that come after a place, with their records.
     *
     * @param most so many
     * @return where the next slice begins: at the start again when all were read
     */
    Uni<Place> slice(Place after, int most) {
        return transactions.write(tx -> tx.query(LOCK)
                .chain(rows -> rows.iterator().next().getBoolean("mine")
                        ? slice(tx, after, most)
                        : Uni.createFrom().item(after)));
    }

    /** Leaves the tenant out that comes next: its leaves cannot be read. */
    Uni<Void> leaveOutNext(Place after, Throwable failure) {
        return transactions.write(tx -> new RereadRows(tx)
                .tenantOfNext(after, quarantine.leftOut(Work.REREADING))
                .chain(tenant -> tenant.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : quarantine.add(tx, Work.REREADING, tenant.get(), failure.toString())));
    }

    private Uni<Place> slice(Tx tx, Place after, int most) {
        return new RereadRows(tx)
                .slice(after, most, quarantine.leftOut(Work.REREADING))
                .chain(slice -> {
                    var parts = slice.byTenant().entrySet().stream()
                            .map(it -> part(after, it))
                            .toList();
                    var all = Uni.createFrom().voidItem();
                    for (var part : parts) {
                        all = all.chain(() -> OfTenant.whenFailing(
                                part.tenantId(), check(tx, part, slice.hasAllOf(part.tenantId()))));
                    }
                    return all.replaceWith(() -> slice.next().isEmpty() ? Place.START : end(parts));
                });
    }

    private static RereadPart part(Place after, Map.Entry<UUID, List<RereadPart.Row>> rows) {
        long first = rows.getKey().equals(after.tenantId()) ? after.leafIndex() + 1 : 0;
        return new RereadPart(rows.getKey(), first, rows.getValue());
    }

    private static Place end(List<RereadPart> parts) {
        var last = parts.get(parts.size() - 1);
        return new Place(last.tenantId(), last.last());
    }

    /** @param whole whether the tenant has no more leaves, so that its tree must be what was signed last */
    private Uni<Void> check(Tx tx, RereadPart part, boolean whole) {
        var rows = new RereadRows(tx);
        var trees = new TreeRows(tx::query);
        return before(trees, part)
                .chain(before -> rows.notes(part.tenantId(), part.first(), part.last() + 1)
                        .map(notes -> part.faults(before, notes)))
                .chain(faults -> !whole
                        ? rows.keep(part.tenantId(), part.first(), part.last(), faults)
                        : trees.frontiers(Set.of(part.tenantId())).chain(intact -> {
                            var all = new TreeMap<>(faults);
                            if (!intact.containsKey(part.tenantId())) {
                                all.putIfAbsent(part.last(), "the tree that ends here is not what was last signed");
                            }
                            return rows.keep(part.tenantId(), part.first(), Long.MAX_VALUE, all);
                        }))
                .chain(() -> quarantine.release(tx, Work.REREADING, Set.of(part.tenantId())))
                .invoke(() -> metrics.counter("points_audit_reread_records")
                        .increment(part.rows().size()));
    }

    private static Uni<Optional<Frontier>> before(TreeRows trees, RereadPart part) {
        return trees.hashes(part.tenantId(), Frontier.nodes(part.first()))
                .map(subtrees -> Optional.of(new Frontier(new TreeHasher(), part.first(), subtrees)))
                .onFailure(IllegalStateException.class)
                .recoverWithItem(Optional.empty());
    }
}
