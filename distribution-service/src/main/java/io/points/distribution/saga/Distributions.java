package io.points.distribution.saga;

import io.points.contract.DistributionKind;
import io.points.contract.Envelope;
import io.points.contract.PointsSource;
import io.points.contract.RefusalReason;
import io.points.distribution.feed.Feed;
import io.points.distribution.recognition.Visibility;
import io.points.distribution.wallet.Wallets;
import io.points.ledger.dates.LotColumns;
import io.points.ledger.dates.Lots;
import io.points.platform.outbox.Tx;
import io.points.platform.persistence.Columns;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The distributions in their tables, and with them all that a change entails. */
@ApplicationScoped
public class Distributions {

    private static final String INSERT = """
            insert into distributions (id, tenant_id, kind, source, state, reason, from_user_id, to_user_id, amount, debit_id,
                   reference_type, description, system_text, requested_by, requested_role, traceparent, deadline, due_at,
                   policy_revision, counted_on, created_at, approval_levels, approval_hours, department_id, to_department_id,
                   approval_rule, updated_at, held_until)
            select *, created_at, case when state = 'HELD' then created_at + make_interval(hours => approval_hours) end
            from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::uuid[], $8::uuid[],
                        $9::bigint[], $10::uuid[], $11::text[], $12::text[], $13::boolean[], $14::uuid[], $15::text[],
                        $16::text[], $17::timestamptz[], $18::timestamptz[], $19::bigint[], $20::date[], $21::timestamptz[],
                        $22::int[], $23::int[], $24::uuid[], $25::uuid[], $26::text[])
                 as n (id, tenant_id, kind, source, state, reason, from_user_id, to_user_id, amount, debit_id, reference_type,
                       description, system_text, requested_by, requested_role, traceparent, deadline, due_at, policy_revision,
                       counted_on, created_at, approval_levels, approval_hours, department_id, to_department_id, approval_rule)
            """;

    private static final String INSERT_RECOGNITIONS = """
            insert into recognitions (distribution_id, tenant_id, message, value_name, visibility)
            select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[])
            """;

    private static final String SELECT = """
            select d.id, d.tenant_id, d.kind, d.source, d.state, d.reason, d.from_user_id, d.to_user_id, d.amount,
                   d.requested_by, d.requested_role, d.traceparent, d.debit_id, d.created_at, d.asked_again, d.policy_revision,
                   d.counted_on, d.approval_levels, d.approval_hours, d.approval_rule, d.department_id, d.to_department_id, d.reference_type, d.description, d.system_text, r.message,
                   r.value_name, r.visibility
            from distributions d left join recognitions r on r.distribution_id = d.id
            """;

    private static final String LOOK = SELECT + "where d.id = any($1) order by d.id";

    private static final String LOCK = SELECT + "where d.id = any($1) order by d.id for update of d";

    private static final String LOCK_OVERDUE =
            SELECT + "where d.due_at < $1 order by d.due_at limit $2 for update of d skip locked";

    private static final String LOCK_SET_ASIDE = SELECT + """
            where d.state = 'SET_ASIDE' and coalesce(d.asked_at, '-infinity') < $1
            order by d.id limit $2 for update of d skip locked
            """;

    /** What of the budgets' points was dated that go back to the pool: of returns, or of awards that are reversed. */
    private static final String LOTS_OF_BUDGETS = """
            select d.id, d.amount, l.lot_dates, l.lot_points, l.lot_origins
            from distributions d join wallet_ledger l on l.distribution_id = coalesce(d.reverses, d.id)
            where d.id = any($1) and l.kind = 'budget' and l.lot_dates is not null
            """;

    private static final String LOTS_HELD =
            "select distribution_id, lot_dates, lot_points, lot_origins from held_lots where distribution_id = any($1)";

    private static final String KEEP_LOTS = """
            insert into held_lots (distribution_id, lot_dates, lot_points, lot_origins)
            select n.id, n.lot_dates::date[], n.lot_points::bigint[], n.lot_origins::date[]
            from unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) as n (id, lot_dates, lot_points, lot_origins)
            """;

    private static final String LOCK_UNDECIDED =
            SELECT + "where d.held_until < $1 order by d.held_until limit $2 for update of d skip locked";

    private static final String LOCK_HELD =
            SELECT + "where d.state = 'HELD' and d.tenant_id = $1 order by d.id limit $2 for update of d";

    private static final String UPDATE = """
            update distributions d set state = n.state, reason = n.reason, asked_again = n.attempts, due_at = n.due_at,
                   asked_at = case when n.state = 'SET_ASIDE' then $6::timestamptz else d.asked_at end,
                   held_until = case when n.state = 'HELD' then $6::timestamptz + make_interval(hours => d.approval_hours) end,
                   updated_at = case when d.state = n.state then d.updated_at else $6::timestamptz end
            from unnest($1::uuid[], $2::text[], $3::text[], $4::int[], $5::timestamptz[]) as n (id, state, reason, attempts, due_at)
            where d.id = n.id
            """;

    private static final String KEEP_BALANCES = """
            update distributions d set balance_at_refusal = n.balance
            from unnest($1::uuid[], $2::bigint[]) as n (id, balance) where d.id = n.id
            """;

    private static final String INSERT_LOGS = """
            insert into distribution_logs (distribution_id, tenant_id, state, reason, kind, from_user_id, to_user_id,
                   amount, created_at)
            select *, $9::timestamptz
            from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::uuid[], $8::bigint[])
            """;

    private final Wallets wallets;
    private final Reversals reversals;
    private final Feed feed;
    private final SagaConfig config;
    private final SagaMetrics metrics;

    Distributions(Wallets wallets, Reversals reversals, Feed feed, SagaConfig config, SagaMetrics metrics) {
        this.wallets = wallets;
        this.reversals = reversals;
        this.feed = feed;
        this.config = config;
        this.metrics = metrics;
    }

    /** Locks those of the distributions that exist, in id order. */
    public Uni<List<Distribution>> lock(Tx tx, Collection<UUID> ids) {
        return tx.query(LOCK, (Object) ids.toArray(UUID[]::new)).map(Distributions::read);
    }

    /** Those of the distributions that exist, as they are now. */
    public Uni<List<Distribution>> look(Tx tx, Collection<UUID> ids) {
        return tx.query(LOOK, (Object) ids.toArray(UUID[]::new)).map(Distributions::read);
    }

    /** Locks some that are overdue and that nobody else is looking at. */
    Uni<List<Distribution>> lockOverdue(Tx tx, Instant now, int limit) {
        return tx.query(LOCK_OVERDUE, time(now), limit).map(Distributions::read);
    }

    /** Locks some returns that the pool set aside, and that it was not asked for lately; nobody else is looking at them. */
    Uni<List<Distribution>> lockSetAside(Tx tx, Instant now, int limit) {
        var askedBefore = now.minus(Saga.timeout(State.SET_ASIDE, 0, config));
        return tx.query(LOCK_SET_ASIDE, time(askedBefore), limit).map(Distributions::read);
    }

    /** What is dated, in the budget that they come of, of points that are on their way to the pool; nothing of those that have no day. */
    Uni<Map<UUID, Lots>> lotsOfBudgets(Tx tx, List<Distribution> returning) {
        if (returning.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return tx.query(LOTS_OF_BUDGETS, Columns.uuids(returning, Distribution::id))
                .map(rows -> {
                    var lots = new HashMap<UUID, Lots>();
                    rows.forEach(row -> lots.put(
                            row.getUUID("id"),
                            LotColumns.read(row).take(row.getLong("amount")).taken()));
                    return lots;
                });
    }

    /** Locks some that have waited for approval until their time was over; nobody else is looking at them. */
    Uni<List<Distribution>> lockUndecided(Tx tx, Instant now, int limit) {
        return tx.query(LOCK_UNDECIDED, time(now), limit).map(Distributions::read);
    }

    /** Locks some of a tenant that wait for approval. */
    Uni<List<Distribution>> lockHeld(Tx tx, UUID tenantId, int limit) {
        return tx.query(LOCK_HELD, tenantId, limit).map(Distributions::read);
    }

    /** What of the points is dated that wait for approval; nothing of those that have no day. */
    Uni<Map<UUID, Lots>> lotsHeld(Tx tx, List<Distribution> held) {
        return tx.query(LOTS_HELD, Columns.uuids(held, Distribution::id)).map(rows -> {
            var lots = new HashMap<UUID, Lots>();
            rows.forEach(row -> lots.put(row.getUUID("distribution_id"), LotColumns.read(row)));
            return lots;
        });
    }

    private static Uni<Void> keepLots(Tx tx, Map<UUID, Lots> held) {
        if (held.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var ids = List.copyOf(held.keySet());
        var lots = LotColumns.of(ids, held::get);
        return tx.query(KEEP_LOTS, Columns.uuids(ids, id -> id), lots[0], lots[1], lots[2])
                .replaceWithVoid();
    }

    /** Writes all that the changes say, and sends their messages, in this transaction. */
    public Uni<Void> write(Tx tx, Changes changes) {
        var now = changes.now();
        changes.outgoing().forEach(out -> tx.send(out.id(), out.message(), out.at(), out.actor()));
        tx.afterCommit(() -> {
            metrics.count(changes.logged(), now);
            SagaLog.tell(changes.logged());
        });
        return Tx.together(
                insert(tx, changes.begun()),
                update(tx, changes.updated(), now),
                keepBalances(tx, changes.balancesAtRefusal()),
                keepLots(tx, changes.lotsHeld()),
                reversals.write(tx, changes.reversals()),
                log(tx, changes.logged(), now),
                wallets.append(tx, changes.entries(), now),
                feed.append(tx, changes.feed(), now));
    }

    private Uni<Void> insert(Tx tx, List<Distribution> begun) {
        if (begun.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var distributions = tx.query(
                INSERT,
                Columns.uuids(begun, Distribution::id),
                Columns.uuids(begun, Distribution::tenantId),
                Columns.texts(begun, it -> it.kind().word()),
                Columns.texts(begun, it -> it.source().word()),
                Columns.texts(begun, it -> it.state().name()),
                Columns.texts(begun, Distributions::reason),
                Columns.uuids(begun, Distribution::fromUserId),
                Columns.uuids(begun, Distribution::toUserId),
                Columns.longs(begun, Distribution::amount),
                Columns.uuids(begun, Distribution::debitId),
                Columns.texts(begun, it -> it.text().referenceType()),
                Columns.texts(begun, it -> it.text().description()),
                Columns.booleans(begun, it -> it.text().bySystem()),
                Columns.uuids(begun, Distribution::requestedBy),
                Columns.texts(begun, it -> it.actor().role()),
                Columns.texts(begun, it -> it.actor().traceparent()),
                Columns.times(begun, it -> it.state() == State.REQUESTED ? due(it, it.createdAt()) : null),
                Columns.times(begun, it -> due(it, it.createdAt())),
                Columns.longs(
                        begun, it -> it.judged() == null ? null : it.judged().revision()),
                Columns.of(
                        LocalDate[]::new,
                        begun,
                        it -> it.judged() == null ? null : it.judged().countedOn()),
                Columns.times(begun, Distribution::createdAt),
                ofApproval(begun, Approval::levels),
                ofApproval(begun, Approval::hours),
                departments(begun, Distribution::departmentId),
                departments(begun, Distribution::toDepartmentId),
                rules(begun));
        var recognitions =
                begun.stream().filter(it -> it.text().isRecognition()).toList();
        return recognitions.isEmpty()
                ? distributions.replaceWithVoid()
                : Tx.together(distributions, insertRecognitions(tx, recognitions));
    }

    /** Null if none needs any. */
    private static @Nullable Object ofApproval(List<Distribution> begun, Function<Approval, Integer> figure) {
        return begun.stream().allMatch(it -> it.approval() == null)
                ? null
                : Columns.ints(begun, it -> it.approval() == null ? null : figure.apply(it.approval()));
    }

    /** Null if none needs any. */
    private static @Nullable Object rules(List<Distribution> begun) {
        return begun.stream().allMatch(it -> it.approval() == null)
                ? null
                : Columns.texts(
                        begun,
                        it -> it.approval() == null ? null : it.approval().rule());
    }

    /** Null if none names any. */
    private static @Nullable Object departments(
            List<Distribution> begun, Function<Distribution, @Nullable UUID> department) {
        return begun.stream().allMatch(it -> department.apply(it) == null) ? null : Columns.uuids(begun, department);
    }

    private static Uni<?> insertRecognitions(Tx tx, List<Distribution> recognitions) {
        return tx.query(
                INSERT_RECOGNITIONS,
                Columns.uuids(recognitions, Distribution::id),
                Columns.uuids(recognitions, Distribution::tenantId),
                Columns.texts(recognitions, it -> it.text().message()),
                Columns.texts(recognitions, it -> it.text().value()),
                Columns.texts(recognitions, it -> it.text().visibility().word()));
    }

    private static Uni<Void> keepBalances(Tx tx, Map<UUID, Long> balances) {
        return balances.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.query(
                                KEEP_BALANCES,
                                balances.keySet().toArray(UUID[]::new),
                                balances.values().toArray(Long[]::new))
                        .replaceWithVoid();
    }

    private Uni<Void> update(Tx tx, List<Distribution> changed, Instant now) {
        if (changed.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.query(
                        UPDATE,
                        Columns.uuids(changed, Distribution::id),
                        Columns.texts(changed, it -> it.state().name()),
                        Columns.texts(changed, Distributions::reason),
                        Columns.ints(changed, Distribution::attempts),
                        Columns.times(changed, it -> due(it, now)),
                        time(now))
                .replaceWithVoid();
    }

    private static Uni<Void> log(Tx tx, List<Distribution> logged, Instant now) {
        if (logged.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.query(
                        INSERT_LOGS,
                        Columns.uuids(logged, Distribution::id),
                        Columns.uuids(logged, Distribution::tenantId),
                        Columns.texts(logged, it -> it.state().name()),
                        Columns.texts(logged, Distributions::reason),
                        Columns.texts(logged, it -> it.kind().word()),
                        Columns.uuids(logged, Distribution::fromUserId),
                        Columns.uuids(logged, Distribution::toUserId),
                        Columns.longs(logged, Distribution::amount),
                        time(now))
                .replaceWithVoid();
    }

    /** When the sweep finds it if no answer has come; null if nobody waits for one. */
    private @Nullable Instant due(Distribution one, Instant since) {
        // Nothing says when a quarantined return is due: the version before would find it by that, and not know what to
        // ask.
        return one.state().isOpen() ? since.plus(Saga.timeout(one.state(), one.attempts(), config)) : null;
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable String reason(Distribution distribution) {
        return distribution.reason() == null ? null : distribution.reason().name();
    }

    private static List<Distribution> read(RowSet<Row> rows) {
        var found = new ArrayList<Distribution>(rows.size());
        rows.forEach(row -> found.add(distribution(row)));
        return found;
    }

    private static Distribution distribution(Row row) {
        var reason = row.getString("reason");
        return new Distribution(
                row.getUUID("id"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getUUID("tenant_id"),
                DistributionKind.of(row.getString("kind")),
                PointsSource.of(row.getString("source")),
                State.valueOf(row.getString("state")),
                reason == null ? null : RefusalReason.valueOf(reason),
                row.getUUID("from_user_id"),
                row.getUUID("to_user_id"),
                row.getLong("amount"),
                text(row),
                new Envelope.Actor(
                        row.getUUID("requested_by").toString(),
                        row.getString("requested_role"),
                        row.getString("traceparent")),
                row.getUUID("debit_id"),
                row.getInteger("asked_again"),
                judged(row),
                row.getUUID("department_id"),
                row.getUUID("to_department_id"));
    }

    private static @Nullable Judged judged(Row row) {
        var revision = row.getLong("policy_revision");
        return revision == null ? null : new Judged(revision, row.getLocalDate("counted_on"), Approval.of(row));
    }

    private static DistributionText text(Row row) {
        return new DistributionText(
                row.getString("reference_type"),
                row.getString("description"),
                row.getString("message"),
                row.getString("value_name"),
                Visibility.of(row.getString("visibility")),
                row.getBoolean("system_text"));
    }
}
