package io.points.audit.seal;

import io.micrometer.core.instrument.MeterRegistry;
import io.points.messaging.outbox.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;

/** What tests need of the sealing that nobody else may have. */
@ApplicationScoped
public class Inside {

    private final Transactions transactions;
    private final Pool database;
    private final CheckpointKeys keys;
    private final Restoration restoration;
    private final ForeseenSeals foreseen;
    private final AuditConfig config;
    private final Vertx vertx;
    private final MeterRegistry metrics;

    Inside(
            Transactions transactions,
            Pool database,
            CheckpointKeys keys,
            Restoration restoration,
            ForeseenSeals foreseen,
            AuditConfig config,
            Vertx vertx,
            MeterRegistry metrics) {
        this.transactions = transactions;
        this.database = database;
        this.keys = keys;
        this.restoration = restoration;
        this.foreseen = foreseen;
        this.config = config;
        this.vertx = vertx;
        this.metrics = metrics;
    }

    /** What the service does first when it starts. */
    public void start() {
        restoration.look().await().indefinitely();
    }

    /** A turn of a sealer as another instance has it; gives how many records it has sealed. */
    public Supplier<Uni<Integer>> anotherSealer() {
        var sealer = new Sealer(transactions, database, keys, restoration, foreseen, config, vertx, metrics);
        return sealer::turn;
    }
}
