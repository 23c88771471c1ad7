package io.points.platform.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.points.platform.faultpoints.FaultPoint;
import io.points.platform.faultpoints.FaultPoints;
import io.points.platform.persistence.Background;
import io.points.platform.persistence.LastCommit;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Opens the service's write transactions. */
@ApplicationScoped
public class Transactions {

    private static final Logger LOG = Logger.getLogger(Transactions.class);

    /** By then the caller has received an error; the transaction must not start after that. */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(2_500);

    private static final String SNAPSHOT = "set transaction isolation level repeatable read, read only";

    private final Pool pool;
    private final OutboxRelay relay;
    private final PostCommitPublisher publisher;
    private final FaultPoints faultPoints;
    private final Counter failuresAfterCommit;
    private final LastCommit lastCommit;
    private final String source;
    private final @Nullable Transactions background;

    @Inject
    Transactions(
            Pool pool,
            @Background Pool background,
            OutboxRelay relay,
            PostCommitPublisher publisher,
            FaultPoints faultPoints,
            MeterRegistry metrics,
            LastCommit lastCommit,
            @ConfigProperty(name = "quarkus.application.name") String source) {
        this(
                pool,
                relay,
                publisher,
                faultPoints,
                metrics,
                lastCommit,
                source,
                new Transactions(background, relay, publisher, faultPoints, metrics, lastCommit, source, null));
    }

    private Transactions(
            Pool pool,
            OutboxRelay relay,
            PostCommitPublisher publisher,
            FaultPoints faultPoints,
            MeterRegistry metrics,
            LastCommit lastCommit,
            String source,
            @Nullable Transactions background) {
        this.pool = pool;
        this.relay = relay;
        this.publisher = publisher;
        this.faultPoints = faultPoints;
        failuresAfterCommit = metrics.counter("points_after_commit_failures");
        this.lastCommit = lastCommit;
        this.source = source;
        this.background = background;
    }

    /** The same over the background pool's connections, for work that must continue however many requests wait. */
    public Transactions background() {
        return background == null ? this : background;
    }

    /**
     * Runs {@code work} in one transaction, with its outgoing messages. Commits when the work gives an item, rolls
     * everything back when the work fails. Fails without starting if no connection is available within 2.5 s.
     */
    public <T> Uni<T> write(Function<Tx, Uni<T>> work) {
        return Uni.createFrom().deferred(() -> attempt(work));
    }

    /**
     * Reads a consistent snapshot without locks: no write waits for it, however much there is to read.
     * Read-only. Fails without starting if no connection is available within 2.5 s.
     */
    public <T> Uni<T> snapshot(Function<Tx, Uni<T>> reads) {
        return write(tx -> tx.query(SNAPSHOT).chain(() -> reads.apply(tx)));
    }

    private <T> Uni<T> attempt(Function<Tx, Uni<T>> work) {
        var committed = new AtomicReference<Tx>();
        long asked = System.nanoTime();
        return pool.withConnection(connection -> {
                    if (System.nanoTime() - asked > LONGEST_WAIT.toNanos()) {
                        return Uni.createFrom().failure(new TimeoutException());
                    }
                    var tx = new Tx(connection, this::conclude);
                    committed.set(tx);
                    return run(tx, work);
                })
                .invoke(lastCommit::now)
                .call(() -> faultPoints.at(FaultPoint.TRANSACTION_AFTER_COMMIT))
                .invoke(() -> committed.get().committed(this::failedAfterCommit));
    }

    /**
     * The first statement is sent right behind the beginning, and the end right behind the messages: two round trips less than to wait
     * for each. A transaction that has failed does not commit when it is told to.
     */
    private <T> Uni<T> run(Tx tx, Function<Tx, Uni<T>> work) {
        var begun = tx.submit("begin");
        return Uni.createFrom()
                .deferred(() -> work.apply(tx))
                .call(() -> begun)
                .onFailure(failure -> !tx.isConcluded())
                .call(() -> rollBack(tx))
                .call(() -> tx.isConcluded() ? Uni.createFrom().voidItem() : commitOrHold(tx));
    }

    /** A fault harness may have something in mind between a transaction's last statement and its end. */
    private Uni<Void> conclude(Tx tx, Uni<Void> statements) {
        if (faultPoints.isArmed(FaultPoint.TRANSACTION_BEFORE_COMMIT)) {
            return statements;
        }
        var last = Tx.started(statements);
        var end = commit(tx);
        tx.concluded();
        return last.onFailure().call(() -> end.onFailure().recoverWithNull()).chain(() -> end);
    }

    private Uni<Void> commitOrHold(Tx tx) {
        return faultPoints.isArmed(FaultPoint.TRANSACTION_BEFORE_COMMIT) ? commitLater(tx) : commit(tx);
    }

    private Uni<Void> commit(Tx tx) {
        var messages = Tx.started(flush(tx));
        var end = tx.submit("commit");
        return messages.onFailure()
                .call(() -> end.onFailure().recoverWithNull())
                .chain(() -> end);
    }

    /** After what a fault harness has in mind. */
    private Uni<Void> commitLater(Tx tx) {
        return flush(tx)
                .call(() -> faultPoints.at(FaultPoint.TRANSACTION_BEFORE_COMMIT))
                .onFailure()
                .call(() -> rollBack(tx))
                .chain(() -> tx.submit("commit"));
    }

    private static Uni<Void> rollBack(Tx tx) {
        return tx.submit("rollback").onFailure().recoverWithNull();
    }

    private void failedAfterCommit(Throwable failure) {
        LOG.errorf(failure, "A transaction committed, but its after-commit action failed");
        failuresAfterCommit.increment();
    }

    /** Writes the messages; they are published from memory after the commit, or by the relay if there are too many. */
    private Uni<Void> flush(Tx tx) {
        if (tx.messages() == 0) {
            return Uni.createFrom().voidItem();
        }
        long leasedAt = System.nanoTime();
        return publisher.hasRoomFor(tx.messages())
                ? tx.flush(source, PostCommitPublisher.LEASE)
                        .invoke(rows -> tx.afterCommit(() -> publisher.send(rows, leasedAt)))
                        .replaceWithVoid()
                : tx.flush(source, Duration.ZERO)
                        .invoke(() -> tx.afterCommit(relay::wake))
                        .replaceWithVoid();
    }
}
