package io.points.audit.counts;

import io.points.audit.counts.Counts.Kind;
import io.points.contract.AuditEvent.RecordCount;
import io.points.contract.AuditEvent.RecordsCounted;
import io.points.contract.AuditEvent.UnbilledVersion;
import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.platform.background.Round;
import io.points.platform.background.Rounds;
import io.points.platform.background.Schedule;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.platform.persistence.Background;
import io.points.platform.persistence.TransientErrors;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Counts sealed records, tenant by tenant, as far as the books are posted, and tells what they come to.
 * Each slice is a transaction of one tenant, with so many leaves at most; a tenant whose leaves cannot be counted is put off,
 * and all others go on.
 */
@ApplicationScoped
class CountingRound {

    private static final Logger LOG = Logger.getLogger(CountingRound.class);
    private static final Duration LONGEST_SLICE = Duration.ofSeconds(20);
    private static final int MOST_LEAVES = 5_000;
    private static final int MOST_UNBILLED = 20;
    private static final Comparator<Kind> BY_TOPIC =
            Comparator.comparing(Kind::topic).thenComparing(Kind::kind);

    private static final String DUE = """
            select tenant_id from audit_books books left join audit_counted counted using (tenant_id)
            where books.tree_size > coalesce(counted.tree_size, 0) and coalesce(counted.due_at <= now(), true)
            order by counted.due_at nulls first, tenant_id limit 500
            """;

    /** Of several instances one counts at a time. */
    private static final String LOCK = "select pg_try_advisory_xact_lock(hashtext('audit_counts')) as mine";

    private static final String POSTED = "select tree_size from audit_books where tenant_id = $1";

    private static final String PUT_OFF = """
            insert into audit_counted (tenant_id, tree_size, told, made_up, adjusted_at, pool_version, unbilled, due_at)
            values ($1, 0, 0, 0, 0, 0, 0, now() + make_interval(secs => $2))
            on conflict (tenant_id) do update set due_at = excluded.due_at
            """;

    private final Pool database;
    private final Transactions transactions;
    private final CountsConfig config;
    private final Schedule schedule;
    private final Round round;

    CountingRound(
            @Background Pool database,
            Transactions transactions,
            CountsConfig config,
            Schedule schedule,
            Rounds rounds) {
        this.database = database;
        this.transactions = transactions.background();
        this.config = config;
        this.schedule = schedule;
        round = rounds.round("counting");
    }

    void start(@Observes StartupEvent event) {
        schedule.every(config.lookEvery(), () -> run().onFailure().recoverWithUni(failure -> {
            LOG.warnf("Sealed records could not be counted; the next round retries: %s", failure);
            return Uni.createFrom().voidItem();
        }));
    }

    private Uni<Void> run() {
        var due = new ArrayDeque<UUID>();
        return round.run(() -> slice(due));
    }

    private Uni<Boolean> slice(Queue<UUID> due) {
        if (schedule.isStopped()) {
            return Uni.createFrom().item(false);
        }
        var tenant = due.poll();
        return tenant == null ? look(due) : count(tenant);
    }

    private Uni<Boolean> look(Queue<UUID> due) {
        return database.query(DUE)
                .execute()
                .ifNoItem()
                .after(LONGEST_SLICE)
                .fail()
                .map(rows -> {
                    // There may always be some, while points move.
                    round.succeeded();
                    rows.forEach(row -> due.add(row.getUUID("tenant_id")));
                    return !due.isEmpty();
                });
    }

    /** Whether it is this instance that counts. */
    private Uni<Boolean> count(UUID tenant) {
        return transactions
                .write(tx -> tx.query(LOCK)
                        .chain(rows -> rows.iterator().next().getBoolean("mine")
                                ? count(tx, tenant).replaceWith(true)
                                : Uni.createFrom().item(false)))
                .ifNoItem()
                .after(LONGEST_SLICE)
                .fail()
                .onFailure(failure -> !TransientErrors.isTransient(failure))
                .recoverWithUni(failure -> putOff(tenant, failure));
    }

    private Uni<Void> count(Tx tx, UUID tenant) {
        var rows = new CountRows(tx, tenant);
        return tx.query(POSTED, tenant)
                .map(books -> books.iterator().next().getLong("tree_size"))
                .chain(posted -> rows.find().chain(counts -> {
                    long to = Math.min(posted, counts.treeSize() + MOST_LEAVES);
                    var next = to < posted ? Duration.ZERO : config.every();
                    return count(tx, rows, counts, to, next);
                }));
    }

    private static Uni<Void> count(Tx tx, CountRows rows, Counts counts, long to, Duration next) {
        return rows.leaves(counts.treeSize(), to)
                .chain(leaves -> rows.unbilled(leaves).chain(unbilled -> {
                    var counting = new Counting(counts, unbilled);
                    counting.count(leaves, to);
                    return rows.save(counting, next).replaceWith(counting);
                }))
                .chain(counting -> rows.told().chain(before -> tell(tx, rows, counting, before)));
    }

    /** What was counted has the same id, whoever tells it. */
    private static Uni<Void> tell(Tx tx, CountRows rows, Counting counting, Optional<RecordsCounted> before) {
        var counts = counting.counts();
        return rows.sealedAt(counts.treeSize())
                .chain(sealedAt -> rows.lowestUnbilled(MOST_UNBILLED).map(unbilled -> counting.cut()
                        .map(cut -> told(cut, counts.treeSize(), sealedAt, unbilled))
                        .orElseGet(() -> again(counts, sealedAt, before, unbilled))))
                .invoke(told -> tx.send(
                        Ids.derive(told.tenantId(), "RecordsCounted/" + told.countedLeaves()),
                        told,
                        told.sealedAt(),
                        Envelope.Actor.SYSTEM))
                .chain(rows::remember);
    }

    private static RecordsCounted told(Counts cut, long counted, Instant sealedAt, List<UnbilledVersion> unbilled) {
        var counts = cut.sums().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(BY_TOPIC))
                .map(it -> new RecordCount(
                        it.getKey().topic(),
                        it.getKey().kind(),
                        it.getValue().records(),
                        it.getValue().points().toString(),
                        CountRows.text(it.getValue().amountMinor())))
                .toList();
        return new RecordsCounted(
                cut.tenantId(), counted, sealedAt, cut.treeSize(), cut.poolVersion(), cut.madeUp(), counts, unbilled);
    }

    /** Nothing new could be cut: the cut before holds. */
    private static RecordsCounted again(
            Counts counts, Instant sealedAt, Optional<RecordsCounted> before, List<UnbilledVersion> unbilled) {
        return new RecordsCounted(
                counts.tenantId(),
                counts.treeSize(),
                sealedAt,
                before.map(RecordsCounted::treeSize).orElse(0L),
                before.map(RecordsCounted::poolVersion).orElse(0L),
                before.map(RecordsCounted::untoldVersions).orElse(0L),
                before.map(RecordsCounted::counts).orElse(List.of()),
                unbilled);
    }

    private Uni<Boolean> putOff(UUID tenant, Throwable failure) {
        LOG.errorf(
                "The sealed records of tenant %s cannot be counted, which is tried again later: %s", tenant, failure);
        return transactions
                .write(tx -> tx.query(PUT_OFF, tenant, config.every().toMillis() / 1e3))
                .replaceWith(true);
    }
}
