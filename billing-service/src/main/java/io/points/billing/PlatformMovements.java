package io.points.billing;

import io.points.messaging.contract.PoolEvent.PlatformMovement;
import io.points.messaging.inbox.Inbox;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Hears of allocations and clawbacks. */
@ApplicationScoped
class PlatformMovements {

    private final Inbox inbox;
    private final BillingLog log;

    PlatformMovements(Inbox inbox, BillingLog log) {
        this.inbox = inbox;
        this.log = log;
    }

    @Incoming("pool-events")
    Uni<Void> hear(ConsumerRecords<String, byte[]> batch) {
        return inbox.process(batch, PlatformMovement.class, log::record);
    }
}
