package io.points.messaging.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.points.messaging.Envelope;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Moves outbox rows to Kafka. A batch is deleted, sent and acknowledged by all replicas inside one transaction, so a
 * row is gone only if its message is there; a crash in between sends it again under the same id. Rows are taken by
 * state ("still here"), never by "id greater than the last one", which would lose a row that commits late. Several
 * instances drain side by side; order between them comes from the receivers' state machines.
 */
@ApplicationScoped
public class OutboxRelay {

    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
    private static final int BATCH = 500;
    private static final long LOOK_EVERY_MS = 500;

    private static final String TAKE = """
            delete from outbox where position in
              (select position from outbox where set_aside is null order by position limit $1 for update skip locked)
            returning *
            """;

    private final Pool pool;
    private final KafkaSender kafka;
    private final Vertx vertx;
    private final MeterRegistry metrics;
    private final String source;
    private final AtomicInteger wakes = new AtomicInteger();
    private volatile boolean stopped;

    OutboxRelay(
            Pool pool,
            KafkaSender kafka,
            Vertx vertx,
            MeterRegistry metrics,
            @ConfigProperty(name = "quarkus.application.name") String source) {
        this.pool = pool;
        this.kafka = kafka;
        this.vertx = vertx;
        this.metrics = metrics;
        this.source = source;
    }

    void start(@Observes StartupEvent event) {
        vertx.setPeriodic(LOOK_EVERY_MS, timer -> wake());
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    /** Called after a commit that left messages behind; returns at once. */
    public void wake() {
        if (!stopped && wakes.getAndIncrement() == 0) {
            vertx.getOrCreateContext().runOnContext(x -> drain());
        }
    }

    private void drain() {
        wakes.set(1);
        batch().subscribe().with(sent -> rest(sent == BATCH), failure -> {
            LOG.warnf("The outbox could not be drained and will be tried again: %s", failure);
            wakes.set(0);
        });
    }

    private void rest(boolean moreIsThere) {
        if (!stopped && (moreIsThere || !wakes.compareAndSet(1, 0))) {
            drain();
        }
    }

    private Uni<Integer> batch() {
        return pool.withTransaction(connection -> take(connection).call(this::sendAll))
                .onFailure(Unsendable.class)
                .recoverWithUni(this::setAside)
                .map(List::size);
    }

    private Uni<List<Row>> take(SqlConnection connection) {
        return connection.preparedQuery(TAKE).execute(Tuple.of(BATCH)).map(OutboxRelay::inOrder);
    }

    private static List<Row> inOrder(RowSet<Row> rows) {
        var ordered = new ArrayList<Row>(rows.size());
        rows.forEach(ordered::add);
        ordered.sort(Comparator.comparing(row -> row.getLong("position")));
        return ordered;
    }

    private Uni<Void> sendAll(List<Row> rows) {
        if (rows.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var sends = new ArrayList<Uni<Void>>(rows.size());
        for (var row : rows) {
            sends.add(send(row));
        }
        return Uni.join().all(sends).andFailFast().replaceWithVoid().invoke(() -> metrics.counter(
                        "points_outbox_sent_messages")
                .increment(rows.size()));
    }

    private Uni<Void> send(Row row) {
        var tenant = row.getUUID("tenant_id");
        var envelope = new Envelope(
                row.getUUID("event_id"),
                row.getString("type"),
                source,
                row.getString("subject"),
                row.getOffsetDateTime("occurred_at").toInstant(),
                tenant,
                row.getString("actor_id"),
                row.getString("actor_role"),
                row.getString("traceparent"));
        return kafka.send(row.getString("topic"), tenant.toString(), envelope, row.getString("payload"))
                .onFailure(KafkaSender::isForEver)
                .transform(failure -> new Unsendable(row.getLong("position"), failure));
    }

    /** A row that Kafka will never take must not block the ones behind it. It stays, marked, for an operator. */
    private Uni<List<Row>> setAside(Unsendable unsendable) {
        LOG.errorf(
                "Outbox row %d can never be sent and was set aside: %s",
                unsendable.position, unsendable.getCause().getMessage());
        metrics.counter("points_outbox_set_aside_messages").increment();
        return pool.preparedQuery("update outbox set set_aside = $2 where position = $1")
                .execute(Tuple.of(unsendable.position, unsendable.getCause().toString()))
                .invoke(this::wake)
                .replaceWith(List.of());
    }

    private static final class Unsendable extends RuntimeException {
        private final long position;

        Unsendable(long position, Throwable cause) {
            super(cause);
            this.position = position;
        }
    }
}
