package io.points.messaging.outbox;

import io.points.messaging.seam.Seam;
import io.points.messaging.seam.Seams;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Opens the transactions in which the service writes. */
@ApplicationScoped
public class Transactions {

    /** Whoever asked has been told by then that it did not work; it must not begin when they no longer expect it. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);

    private final Pool pool;
    private final OutboxRelay relay;
    private final HandOver handOver;
    private final Seams seams;
    private final String source;
    private volatile long lastCommit = System.nanoTime() - Duration.ofDays(1).toNanos();

    Transactions(
            Pool pool,
            OutboxRelay relay,
            HandOver handOver,
            Seams seams,
            @ConfigProperty(name = "quarkus.application.name") String source) {
        this.pool = pool;
        this.relay = relay;
        this.handOver = handOver;
        this.seams = seams;
        this.source = source;
    }

    /**
     * Runs {@code work} in one transaction, with its outgoing messages. Commits when the work gives an item, rolls all
     * of it back when the work fails. Fails without having begun if there is no connection within 3 s.
     */
    public <T> Uni<T> write(Function<Tx, Uni<T>> work) {
        return Uni.createFrom().deferred(() -> attempt(work));
    }

    private <T> Uni<T> attempt(Function<Tx, Uni<T>> work) {
        var committed = new AtomicReference<Tx>();
        long asked = System.nanoTime();
        return pool.withTransaction(connection -> {
                    if (System.nanoTime() - asked > LONGEST_WAIT.toNanos()) {
                        return Uni.createFrom().failure(new TimeoutException());
                    }
                    var tx = new Tx(connection);
                    committed.set(tx);
                    return work.apply(tx).call(() -> flush(tx)).call(() -> seams.at(Seam.TRANSACTION_BEFORE_COMMIT));
                })
                .invoke(() -> lastCommit = System.nanoTime())
                .call(() -> seams.at(Seam.TRANSACTION_AFTER_COMMIT))
                .invoke(() -> committed.get().committed());
    }

    /** Writes the messages; they are sent from memory once they are committed, or by the relay if they are too many. */
    private Uni<?> flush(Tx tx) {
        if (tx.messages() == 0) {
            return Uni.createFrom().voidItem();
        }
        return handOver.hasRoomFor(tx.messages())
                ? tx.flush(source, HandOver.LEASE).invoke(rows -> tx.afterCommit(() -> handOver.send(rows)))
                : tx.flush(source, Duration.ZERO).invoke(() -> tx.afterCommit(relay::wake));
    }

    /** Whether this instance has committed a transaction in the time before now. */
    public boolean hasCommittedWithin(Duration time) {
        return System.nanoTime() - lastCommit < time.toNanos();
    }
}
