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
    Uni<Void> consumePools(ConsumerRecords<String, byte[]> poll) {
        return inbox.processAny(poll, log::record);
    }

    @Incoming("allocation-alerts")
    Uni<Void> consumeAlerts(ConsumerRecords<String, byte[]> poll) {
        return inbox.processAny(poll, log::record);
    }

    @Incoming("wallet-events")
    Uni<Void> consumeWallets(ConsumerRecords<String, byte[]> poll) {
        return inbox.processAny(poll, log::record);
    }

    @Incoming("billing-entries")
    Uni<Void> consumeBilling(ConsumerRecords<String, byte[]> poll) {
        return inbox.processAny(poll, log::record);
    }

    @Incoming("billing-periods")
    Uni<Void> consumePeriods(ConsumerRecords<String, byte[]> poll) {
        return inbox.processAny(poll, log::record);
    }
}
