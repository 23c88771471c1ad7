package io.points.billing.movement;

import io.points.contract.Message;
import io.points.platform.inbox.Inbox;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Hears what moves points; what it does with each message is said in {@link Movement}. Each topic moves at its own pace: they are not ordered towards each other. */
@ApplicationScoped
class EventTopics {

    private final Inbox inbox;
    private final MovementLog log;

    EventTopics(Inbox inbox, MovementLog log) {
        this.inbox = inbox;
        this.log = log;
    }

    @Incoming("pool-events")
    Uni<Void> consumePools(ConsumerRecords<String, byte[]> poll) {
        return inbox.process(poll, Message.class, log::record);
    }

    @Incoming("wallet-events")
    Uni<Void> consumeWallets(ConsumerRecords<String, byte[]> poll) {
        return inbox.process(poll, Message.class, log::record);
    }
}
