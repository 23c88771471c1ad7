package io.points.audit.seal;

import io.micrometer.core.instrument.MeterRegistry;
import io.points.audit.proof.Checkpoint;
import io.points.audit.proof.TreeHasher;
import io.points.audit.quarantine.Quarantine;
import io.points.contract.AuditEvent.RecordsSealed;
import io.points.platform.outbox.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** What tests need of the sealing that nobody else may have. */
@ApplicationScoped
public class Inside {

    private final Transactions transactions;
    private final CheckpointKeys keys;
    private final Restoration restoration;
    private final ForeseenSeals foreseen;
    private final Quarantine quarantine;
    private final HeldRecords held;
    private final MeterRegistry metrics;

    Inside(
            Transactions transactions,
            CheckpointKeys keys,
            Restoration restoration,
            ForeseenSeals foreseen,
            Quarantine quarantine,
            HeldRecords held,
            MeterRegistry metrics) {
        this.transactions = transactions;
        this.keys = keys;
        this.restoration = restoration;
        this.foreseen = foreseen;
        this.quarantine = quarantine;
        this.held = held;
        this.metrics = metrics;
    }

    /** What the service does first when it starts. */
    public void start() {
        restoration.look().await().indefinitely();
    }

    /** A seal of a tree of so many leaves that is signed with our key, and is not the one that stands in the tables. */
    public RecordsSealed sealedOtherwise(UUID tenant, long size, UUID newest) {
        var checkpoint =
                new Checkpoint(tenant, size, new byte[TreeHasher.LENGTH], Instant.parse("2026-11-25T10:11:12.5Z"));
        return new Seal(List.of(), keys.signing().sign(checkpoint), List.of(newest)).told();
    }

    /** A turn of a sealer as another instance has it; gives how many records it has sealed. */
    public Supplier<Uni<Integer>> anotherSealer() {
        var sealer = new Sealer(transactions, keys, restoration, foreseen, quarantine, held, metrics);
        return () -> sealer.turn(Sealer.SLICE);
    }
}
