package io.points.distribution.saga;

import io.points.contract.DistributionKind;
import io.points.contract.Envelope;
import io.points.contract.PointsSource;
import io.points.contract.RefusalReason;
import io.points.distribution.feed.Feed;
import io.points.distribution.wallet.Wallets;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The distributions in their tables, and with them all that a change entails. {@link Beginnings} writes new ones. */
@ApplicationScoped
class Distributions {

    private static final String SELECT = """
            select d.id, d.tenant_id, d.kind, d.source, d.state, d.reason, d.from_user_id, d.to_user_id, d.amount,
                   d.requested_by, d.requested_role, d.traceparent, d.debit_id, r.visibility
            from distributions d left join recognitions r on r.distribution_id = d.id
            """;

    private static final String LOCK = SELECT + "where d.id = any($1) order by d.id for update of d";

    private static final String LOCK_OVERDUE =
            SELECT + "where d.due_at < $1 order by d.due_at limit $2 for update of d skip locked";

    private static final String LOCK_SET_ASIDE = SELECT + """
            where d.state = 'SET_ASIDE' and coalesce(d.asked_at, '-infinity') < $1::timestamptz - interval '5 minutes'
            order by d.id limit $2 for update of d skip locked
            """;

    /** An open question is asked again after twice the time, and twice that, up to five minutes. */
    private static final String UPDATE = """
            update distributions d set state = n.state, reason = n.reason,
                   asked_again = case when d.state = n.state then d.asked_again + 1 else 0 end,
                   due_at = case when n.patience is not null then $5::timestamptz + least(interval '5 minutes',
                       n.patience * power(2, least(10, case when d.state = n.state then d.asked_again + 1 else 0 end))
                       * interval '1 second') end,
                   asked_at = case when n.state = 'SET_ASIDE' then $5::timestamptz else d.asked_at end,
                   updated_at = case when d.state = n.state then d.updated_at else $5::timestamptz end
            from unnest($1::uuid[], $2::text[], $3::text[], $4::float8[]) as n (id, state, reason, patience)
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

    private final Beginnings beginnings;
    private final Wallets wallets;
    private final Feed feed;
    private final SagaConfig config;
    private final SagaMetrics figures;

    Distributions(Beginnings beginnings, Wallets wallets, Feed feed, SagaConfig config, SagaMetrics figures) {
        this.beginnings = beginnings;
        this.wallets = wallets;
        this.feed = feed;
        this.config = config;
        this.figures = figures;
    }

    /** Locks those of the distributions that exist, in id order. */
    Uni<List<Distribution>> lock(Tx tx, Collection<UUID> ids) {
        return tx.query(LOCK, (Object) ids.toArray(UUID[]::new)).map(Distributions::read);
    }

    /** Locks some that are overdue and that nobody else is looking at. */
    Uni<List<Distribution>> lockOverdue(Tx tx, Instant now, int limit) {
        return tx.query(LOCK_OVERDUE, now.atOffset(ZoneOffset.UTC), limit).map(Distributions::read);
    }

    /** Locks some returns that the pool set aside, and that it was not asked for lately; nobody else is looking at them. */
    Uni<List<Distribution>> lockSetAside(Tx tx, Instant now, int limit) {
        return tx.query(LOCK_SET_ASIDE, now.atOffset(ZoneOffset.UTC), limit).map(Distributions::read);
    }

    /** The messages of the changes, and nothing else. */
    void send(Tx tx, Changes changes, Instant now) {
        changes.outgoing().forEach(out -> tx.send(out.id(), out.message(), now, out.cause()));
    }

    /** Writes all that the changes say, in this transaction. */
    Uni<Void> write(Tx tx, Changes changes, Instant now) {
        send(tx, changes, now);
        tx.afterCommit(() -> {
            figures.count(changes.logged(), now);
            SagaLog.tell(changes.logged());
        });
        return Tx.together(
                beginnings.write(tx, changes.begun()),
                update(tx, changes.updated(), now),
                keepBalances(tx, changes.balancesAtRefusal()),
                log(tx, changes.logged(), now),
                wallets.append(tx, changes.entries(), now),
                feed.append(tx, changes.feed(), now));
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
                        changed.stream().map(Distribution::id).toArray(UUID[]::new),
                        changed.stream().map(d -> d.state().name()).toArray(String[]::new),
                        changed.stream().map(Distributions::reason).toArray(String[]::new),
                        changed.stream().map(d -> patience(d.state())).toArray(Double[]::new),
                        now.atOffset(ZoneOffset.UTC))
                .replaceWithVoid();
    }

    private static Uni<Void> log(Tx tx, List<Distribution> logged, Instant now) {
        if (logged.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.query(
                        INSERT_LOGS,
                        logged.stream().map(Distribution::id).toArray(UUID[]::new),
                        logged.stream().map(Distribution::tenantId).toArray(UUID[]::new),
                        logged.stream().map(d -> d.state().name()).toArray(String[]::new),
                        logged.stream().map(Distributions::reason).toArray(String[]::new),
                        logged.stream().map(d -> d.kind().word()).toArray(String[]::new),
                        logged.stream().map(Distribution::fromUserId).toArray(UUID[]::new),
                        logged.stream().map(Distribution::toUserId).toArray(UUID[]::new),
                        logged.stream().map(Distribution::amount).toArray(Long[]::new),
                        now.atOffset(ZoneOffset.UTC))
                .replaceWithVoid();
    }

    /** In seconds; null for a state in which nothing more is asked. */
    private @Nullable Double patience(State state) {
        var patience = state.timeout(config);
        return patience == null ? null : patience.toMillis() / 1_000.0;
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
                row.getUUID("tenant_id"),
                DistributionKind.of(row.getString("kind")),
                PointsSource.of(row.getString("source")),
                State.valueOf(row.getString("state")),
                reason == null ? null : RefusalReason.valueOf(reason),
                row.getUUID("from_user_id"),
                row.getUUID("to_user_id"),
                row.getLong("amount"),
                tone(row.getString("visibility")),
                new Envelope.Cause(
                        row.getUUID("requested_by").toString(),
                        row.getString("requested_role"),
                        row.getString("traceparent")),
                row.getUUID("debit_id"));
    }

    private static Distribution.Tone tone(@Nullable String visibility) {
        if (visibility == null) {
            return Distribution.Tone.PLAIN;
        }
        return "public".equals(visibility)
                ? Distribution.Tone.PUBLIC_RECOGNITION
                : Distribution.Tone.PRIVATE_RECOGNITION;
    }
}
