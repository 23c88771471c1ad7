package io.points.audit.reread;

import io.micrometer.core.instrument.MeterRegistry;
import io.points.audit.proof.Frontier;
import io.points.audit.proof.TreeHasher;
import io.points.audit.quarantine.OfTenant;
import io.points.audit.quarantine.Quarantine;
import io.points.audit.quarantine.Work;
import io.points.audit.reread.RereadStretch.Cursor;
import io.points.audit.seal.CheckpointKeys;
import io.points.audit.seal.TreeRows;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads sealed records again, and says which are not what was sealed. */
@ApplicationScoped
class Rereading {

    private static final Duration LONGEST_SLICE = Duration.ofSeconds(20);

    private static final String LOCK = "select pg_try_advisory_xact_lock(hashtext('audit_reread')) as mine";

    private final Transactions transactions;
    private final CheckpointKeys keys;
    private final Quarantine quarantine;
    private final MeterRegistry metrics;

    Rereading(Transactions transactions, CheckpointKeys keys, Quarantine quarantine, MeterRegistry metrics) {
        this.transactions = transactions.background();
        this.keys = keys;
        this.quarantine = quarantine;
        this.metrics = metrics;
    }

    /**
     * Reads the leaves that come after a place, with their records.
     *
     * @param most so many
     * @return where the next slice begins: at the start again when all were read
     */
    Uni<Cursor> slice(Cursor after, int most) {
        var stretch = next(after);
        return alone(after, tx -> read(tx, stretch.after(), stretch.before(), most)
                        .map(end -> end.orElse(stretch.behind())))
                .ifNoItem()
                .after(LONGEST_SLICE)
                .fail();
    }

    /**
     * Leaves a tenant out: the leaves that come after a place cannot be read.
     *
     * @return where the next slice begins: behind that tenant
     */
    Uni<Cursor> leaveOut(Cursor at, Throwable failure) {
        return transactions.write(tx -> leaveOut(tx, at, failure)).replaceWith(Cursor.behind(at.tenantId()));
    }

    /** As above, the tenant whose leaf comes next. */
    Uni<Cursor> leaveOutNext(Cursor after, Throwable failure) {
        var stretch = next(after);
        return transactions.write(tx -> new RereadRows(tx)
                .tenantOfNext(stretch.after(), stretch.before())
                .chain(tenant -> tenant.isEmpty()
                        ? Uni.createFrom().item(stretch.behind())
                        : leaveOut(tx, stretch.after().of(tenant.get()), failure)
                                .replaceWith(Cursor.behind(tenant.get()))));
    }

    /**
     * Tries again where it failed, if a tenant's time for that has come, and releases the tenant if that can be read. If it
     * cannot, for whatever reason, it is tried again later.
     *
     * @param most so many leaves are read
     */
    Uni<Void> again(int most) {
        var waiting = Set.of(quarantine.leftOut(Work.REREADING));
        var due = Stream.of(quarantine.all(Work.REREADING))
                .filter(tenant -> !waiting.contains(tenant))
                .findFirst();
        return due.isEmpty() ? Uni.createFrom().voidItem() : again(due.get(), most);
    }

    private Uni<Void> again(UUID tenant, int most) {
        return alone(false, tx -> new RereadRows(tx)
                        .failedAt(tenant)
                        .chain(at -> at.isEmpty()
                                ? Uni.createFrom().item(false)
                                : again(tx, at.get(), most).replaceWith(true)))
                .replaceWithVoid()
                .ifNoItem()
                .after(LONGEST_SLICE)
                .fail()
                .onFailure()
                .recoverWithUni(failure -> quarantine.add(
                        Work.REREADING, tenant, failure instanceof OfTenant ? failure.getCause() : failure));
    }

    private Uni<Void> again(Tx tx, Cursor at, int most) {
        return read(tx, at, Cursor.behind(at.tenantId()), most)
                .chain(() -> quarantine.release(tx, Work.REREADING, Set.of(at.tenantId())));
    }

    private Uni<Void> leaveOut(Tx tx, Cursor at, Throwable failure) {
        return quarantine
                .add(tx, Work.REREADING, at.tenantId(), failure.toString())
                .chain(() -> new RereadRows(tx).failed(at));
    }

    /** A tenant is released only when the failed leaf can be read, so a due retry starts exactly there. */
    private RereadStretch next(Cursor after) {
        return RereadStretch.next(after, Set.of(quarantine.all(Work.REREADING)));
    }

    private <T> Uni<T> alone(T otherwise, Function<Tx, Uni<T>> work) {
        return transactions.write(tx -> tx.query(LOCK)
                .chain(rows -> rows.iterator().next().getBoolean("mine")
                        ? work.apply(tx)
                        : Uni.createFrom().item(otherwise)));
    }

    /** Gives the last leaf that was read; nothing if there are no more of them. */
    private Uni<Optional<Cursor>> read(Tx tx, Cursor after, Cursor before, int most) {
        return new RereadRows(tx).slice(after, before, most).chain(slice -> {
            var parts = slice.byTenant().entrySet().stream()
                    .map(it -> part(after, it))
                    .toList();
            var all = Uni.createFrom().voidItem();
            for (var part : parts) {
                all = all.chain(
                        () -> OfTenant.whenFailing(part.tenantId(), check(tx, part, slice.hasAllOf(part.tenantId()))));
            }
            return all.replaceWith(() -> slice.next().map(more -> end(parts)));
        });
    }

    private static RereadPart part(Cursor after, Map.Entry<UUID, List<RereadPart.Row>> rows) {
        return new RereadPart(rows.getKey(), after.of(rows.getKey()).leafIndex() + 1, rows.getValue());
    }

    private static Cursor end(List<RereadPart> parts) {
        var last = parts.get(parts.size() - 1);
        return new Cursor(last.tenantId(), last.last());
    }

    /** @param whole whether the tenant has no more leaves, so that its tree must be what was signed last */
    private Uni<Void> check(Tx tx, RereadPart part, boolean whole) {
        var rows = new RereadRows(tx);
        var trees = new TreeRows(tx::query);
        return before(trees, part)
                .chain(before -> rows.notes(part.tenantId(), part.first(), part.last() + 1)
                        .chain(notes -> faults(part, before, notes)))
                .chain(faults -> !whole
                        ? rows.keep(part.tenantId(), part.first(), part.last(), faults)
                        : trees.frontiers(Set.of(part.tenantId())).chain(intact -> {
                            var all = new TreeMap<>(faults);
                            if (!intact.containsKey(part.tenantId())) {
                                all.putIfAbsent(part.last(), "the tree that ends here is not what was last signed");
                            }
                            return rows.keep(part.tenantId(), part.first(), Long.MAX_VALUE, all);
                        }))
                .invoke(() -> metrics.counter("points_audit_reread_records")
                        .increment(part.rows().size()));
    }

    /** Away from the thread that serves requests too: signatures are dear. */
    private Uni<SortedMap<Long, String>> faults(RereadPart part, Optional<Frontier> before, Map<Long, String> notes) {
        return Uni.createFrom()
                .item(() -> part.faults(before, notes, keys.all()))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private static Uni<Optional<Frontier>> before(TreeRows trees, RereadPart part) {
        return trees.hashes(part.tenantId(), Frontier.nodes(part.first()))
                .map(subtrees -> Optional.of(new Frontier(new TreeHasher(), part.first(), subtrees)))
                .onFailure(IllegalStateException.class)
                .recoverWithItem(Optional.empty());
    }
}
