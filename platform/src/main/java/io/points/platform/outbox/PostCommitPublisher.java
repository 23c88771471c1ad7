package io.points.platform.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.points.platform.faultpoints.FaultPoint;
import io.points.platform.faultpoints.FaultPoints;
import io.points.platform.persistence.Background;
import io.points.platform.telemetry.LogIds;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Publishes what this instance has just committed from memory, without reading it back. Its rows are written with a lease:
 * until that expires, the {@link OutboxRelay} of every instance ignores them. Rows are deleted in groups once Kafka has their
 * messages; the relay publishes what failed, and what a crash left behind, when the lease has expired.
 */
@ApplicationScoped
class PostCommitPublisher {

    private static final Logger LOG = Logger.getLogger(PostCommitPublisher.class);

    /** After a slower commit, the rows are left to the relay. */
    static final Duration LATEST_BEGIN = Duration.ofMillis(1_500);

    /**
     * Counted from when the rows are written, just before the commit. Covers the latest time at which the producer may still deliver a record:
     * {@code max.block.ms} and {@code delivery.timeout.ms} after {@link #LATEST_BEGIN}.
     */
    static final Duration LEASE = Duration.ofSeconds(8);

    /** Rows beyond this are left to the relay, so that memory stays bounded whatever Kafka does. */
    private static final int MOST_IN_FLIGHT = 2_000;

    private static final long DELETE_EVERY_MS = 200;
    private static final Duration LONGEST_DELETE = Duration.ofSeconds(20);
    private static final String DELETE = "delete from outbox where position = any($1)";

    private final Pool pool;
    private final KafkaSender kafka;
    private final Vertx vertx;
    private final Counter published;
    private final FaultPoints faultPoints;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Queue<Long> sent = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean deleting = new AtomicBoolean();

    PostCommitPublisher(
            @Background Pool pool, KafkaSender kafka, Vertx vertx, MeterRegistry metrics, FaultPoints faultPoints) {
        this.pool = pool;
        this.kafka = kafka;
        this.vertx = vertx;
        published = metrics.counter("points_outbox_sent_messages");
        this.faultPoints = faultPoints;
    }

    /** Whether this many more rows may be leased and in flight. */
    boolean hasRoomFor(int rows) {
        return inFlight.get() + rows <= MOST_IN_FLIGHT;
    }

    /**
     * Publishes rows that were committed under a lease, in this order; returns immediately. Leaves them to the relay if so much of the
     * lease has passed that both could publish them.
     *
     * @param leasedAt a time before the lease began, by {@link System#nanoTime}
     */
    void send(List<OutboxRow> rows, long leasedAt) {
        BooleanSupplier inTime = () -> System.nanoTime() - leasedAt <= LATEST_BEGIN.toNanos();
        if (!inTime.getAsBoolean()) {
            LOG.infof("%s messages are left to the relay, because their commit was slow", rows.size());
            return;
        }
        inFlight.addAndGet(rows.size());
        faultPoints
                .at(FaultPoint.OUTBOX_BEFORE_SEND)
                .chain(() -> kafka.send(rows, inTime))
                .invoke(this::settle)
                .call(() -> faultPoints.at(FaultPoint.OUTBOX_AFTER_SEND))
                .onTermination()
                .invoke(() -> inFlight.addAndGet(-rows.size()))
                .subscribe()
                .with(
                        done -> deleteSoon(),
                        failure -> LOG.warnf("%s messages are left to the relay: %s", rows.size(), failure));
    }

    private void settle(List<Sent> all) {
        for (var one : all) {
            if (one.isDone()) {
                sent.add(one.position());
                published.increment();
            } else {
                LogIds.of(one.row().envelope())
                        .around(() -> LOG.warnf("A message will be republished by the relay: %s", one.failure()));
            }
        }
    }

    private void deleteSoon() {
        if (!sent.isEmpty() && deleting.compareAndSet(false, true)) {
            vertx.setTimer(DELETE_EVERY_MS, timer -> delete());
        }
    }

    private void delete() {
        var positions = new ArrayList<Long>();
        for (var position = sent.poll(); position != null; position = sent.poll()) {
            positions.add(position);
        }
        pool.preparedQuery(DELETE)
                .execute(Tuple.of(positions.toArray(Long[]::new)))
                .ifNoItem()
                .after(LONGEST_DELETE)
                .fail()
                .onFailure()
                .invoke(failure -> LOG.warnf(
                        "%s messages will be published twice, because their rows could not be deleted: %s",
                        positions.size(), failure))
                .onTermination()
                .invoke(() -> deleting.set(false))
                .subscribe()
                .with(done -> deleteSoon(), failure -> deleteSoon());
    }
}
