package io.points.audit.seal;

import io.micrometer.core.instrument.MeterRegistry;
import io.points.audit.quarantine.Quarantine;
import io.points.messaging.outbox.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;

/** What tests need of the sealing that nobody else may have. */
@ApplicationScoped
public class Inside {

    private final Transactions transactions;
    private final CheckpointKeys keys;
    private final Restoration restoration;
    private final ForeseenSeals foreseen;
    private final Quarantine quarantine;
    private final MeterRegistry metrics;

    Inside(
            Transactions transactions,
            CheckpointKeys keys,
            Restoration restoration,
            ForeseenSeals foreseen,
            Quarantine quarantine,
            MeterRegistry metrics) {
        this.transactions = transactions;
        this.keys = keys;
        this.restoration = restoration;
        this.foreseen = foreseen;
        this.quarantine = quarantine;
        this.metrics = metrics;
    }

    /** What the service does first when it starts. */
    public void start() {
        restoration.look().await().indefinitely();
    }

    /** A turn of a sealer as another instance has it; gives how many records it has sealed. */
    public Supplier<Uni<Integer>> anotherSealer() {
        var sealer = new Sealer(transactions, keys, restoration, foreseen, quarantine, metrics);
        return () -> sealer.turn(Sealer.BATCH);
    }
}
