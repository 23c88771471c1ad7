package io.points.audit;

import io.points.platform.inbox.Inbox;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Hears every event topic there is. Each moves at its own pace: they are not ordered towards each other. */
@ApplicationScoped
class EventTopics {

    private final Inbox inbox;
    private final AuditLog log;

    EventTopics(Inbox inbox, AuditLog log) {
        this.inbox = inbox;
        this.log = log;
    }

    @Incoming("pool-events")
    Uni<Void> hearPools(ConsumerRecords<String, byte[]> batch) {
        return inbox.processAny(batch, log::record);
    }

    @Incoming("allocation-alerts")
    Uni<Void> hearAlerts(ConsumerRecords<String, byte[]> batch) {
        return inbox.processAny(batch, log::record);
    }

    @Incoming("wallet-events")
    Uni<Void> hearWallets(ConsumerRecords<String, byte[]> batch) {
        return inbox.processAny(batch, log::record);
    }

    @Incoming("billing-entries")
    Uni<Void> hearBilling(ConsumerRecords<String, byte[]> batch) {
        return inbox.processAny(batch, log::record);
    }

    @Incoming("billing-periods")
    Uni<Void> hearPeriods(ConsumerRecords<String, byte[]> batch) {
        return inbox.processAny(batch, log::record);
    }
}
