package io.points.platform.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.points.platform.background.Round;
import io.points.platform.background.Rounds;
import io.points.platform.background.Schedule;
import io.points.platform.faultpoints.FaultPoint;
import io.points.platform.faultpoints.FaultPoints;
import io.points.platform.persistence.Background;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Publishes outbox rows that {@link PostCommitPublisher} has not: those left behind by a crash or an outage, and those of large
 * transactions. A slice is locked, published, acknowledged by all replicas and deleted in one transaction, so
 * a row is deleted only once its message is in Kafka; after a crash in between it is published again under the same id. Rows are selected by
 * state ("still here"), never by "id greater than the last one", which would miss a row that commits late. Several
 * instances drain concurrently; the consumers' state machines tolerate reordering between them.
 */
@ApplicationScoped
public class OutboxRelay {

    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
    private static final int SLICE = 500;
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration LONGEST_SLICE = Duration.ofSeconds(20);

    private static final String TAKE = """
            select * from outbox where set_aside is null and available_at <= now()
            order by position limit $1 for update skip locked
            """;

    private static final String DONE = "delete from outbox where position = any($1)";

    private static final String LATER =
            "update outbox set available_at = now() + interval '1 second' where position = any($1)";

    private static final String SET_ASIDE = """
            update outbox o set set_aside = n.reason from unnest($1::bigint[], $2::text[]) as n (position, reason)
            where o.position = n.position
            """;

    private final Pool pool;
    private final KafkaSender kafka;
    private final Vertx vertx;
    private final Schedule schedule;
    private final MeterRegistry metrics;
    private final FaultPoints faultPoints;
    private final String source;
    private final Round round;

    /** How often it was woken since it was last idle; 0: it is idle. */
    private final AtomicInteger wakes = new AtomicInteger();

    private volatile @Nullable Context own;

    OutboxRelay(
            @Background Pool pool,
            KafkaSender kafka,
            Vertx vertx,
            Schedule schedule,
            MeterRegistry metrics,
            FaultPoints faultPoints,
            Rounds rounds,
            @ConfigProperty(name = "quarkus.application.name") String source) {
        this.pool = pool;
        this.kafka = kafka;
        this.vertx = vertx;
        this.schedule = schedule;
        this.metrics = metrics;
        this.faultPoints = faultPoints;
        this.source = source;
        round = rounds.round("outbox");
    }

    void start(@Observes StartupEvent event) {
        own = vertx.getOrCreateContext();
        schedule.every(LOOK_EVERY, () -> {
            wake();
            return Uni.createFrom().voidItem();
        });
    }

    /** Called after a commit that left messages in the outbox; returns immediately. */
    public void wake() {
        if (!schedule.isStopped() && own != null && wakes.getAndIncrement() == 0) {
            own.runOnContext(x -> drain());
        }
    }

    private void drain() {
        round.run(this::slice).subscribe().with(asleep -> {}, failure -> {
            LOG.warnf("The outbox could not be drained and will be retried: %s", failure);
            wakes.set(0);
        });
    }

    /** Continues while rows remain, or while it was woken again; under load that may be for ever. */
    private Uni<Boolean> slice() {
        wakes.set(1);
        return relay().ifNoItem()
                .after(LONGEST_SLICE)
                .fail()
                .invoke(round::succeeded)
                .map(sent -> !schedule.isStopped() && (sent == SLICE || !wakes.compareAndSet(1, 0)));
    }

    /** @return how many were acknowledged */
    private Uni<Integer> relay() {
        return pool.withTransaction(connection -> connection
                .preparedQuery(TAKE)
                .execute(Tuple.of(SLICE))
                .chain(rows -> rows.rowCount() == 0
                        ? Uni.createFrom().item(0)
                        : faultPoints
                                .at(FaultPoint.OUTBOX_BEFORE_SEND)
                                .chain(() -> sendAll(rows))
                                .call(() -> faultPoints.at(FaultPoint.OUTBOX_AFTER_SEND))
                                .chain(sent -> settle(connection, sent))));
    }

    private Uni<List<Sent>> sendAll(RowSet<Row> rows) {
        var all = new ArrayList<OutboxRow>(rows.size());
        rows.forEach(row -> all.add(OutboxRow.of(row, source)));
        return kafka.send(all, () -> true);
    }

    /**
     * Handles each row by its own result, so that a failed row blocks no other: a published row is deleted, a transient failure is
     * retried after a second, and a row that Kafka permanently rejects is quarantined for an operator.
     */
    private Uni<Integer> settle(SqlConnection connection, List<Sent> sent) {
        var done = sent.stream().filter(Sent::isDone).toList();
        var never = sent.stream().filter(Sent::failedForEver).toList();
        var later = sent.stream()
                .filter(one -> !one.isDone() && !one.failedForEver())
                .toList();
        metrics.counter("points_outbox_sent_messages").increment(done.size());
        metrics.counter("points_outbox_set_aside_messages").increment(never.size());
        never.forEach(one -> LOG.errorf(
                "ALARM: outbox row %s can never be published and was quarantined: %s", one.position(), one.failure()));
        if (!later.isEmpty()) {
            LOG.warnf(
                    "%s messages could not be published and will be retried: %s",
                    later.size(), later.get(0).failure());
        }
        return run(connection, DONE, done)
                .chain(() -> run(connection, LATER, later))
                .chain(() -> setAside(connection, never))
                .replaceWith(done.size());
    }

    private static Uni<Void> run(SqlConnection connection, String sql, List<Sent> rows) {
        return rows.isEmpty()
                ? Uni.createFrom().voidItem()
                : connection
                        .preparedQuery(sql)
                        .execute(Tuple.of(positions(rows)))
                        .replaceWithVoid();
    }

    private static Uni<Void> setAside(SqlConnection connection, List<Sent> rows) {
        return rows.isEmpty()
                ? Uni.createFrom().voidItem()
                : connection
                        .preparedQuery(SET_ASIDE)
                        .execute(Tuple.of(
                                positions(rows),
                                rows.stream()
                                        .map(one -> String.valueOf(one.failure()))
                                        .toArray(String[]::new)))
                        .replaceWithVoid();
    }

    private static Long[] positions(List<Sent> rows) {
        return rows.stream().map(Sent::position).toArray(Long[]::new);
    }
}
