package io.points.billing.counted;

import io.points.contract.AuditEvent.RecordsCounted;
import io.points.platform.inbox.Inbox;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Hears what audit-service has counted. */
@ApplicationScoped
class CountTopics {

    private final Inbox inbox;
    private final AuditCounts counts;

    CountTopics(Inbox inbox, AuditCounts counts) {
        this.inbox = inbox;
        this.counts = counts;
    }

    @Incoming("audit-counts")
    Uni<Void> consumeCounts(ConsumerRecords<String, byte[]> poll) {
        return inbox.process(poll, RecordsCounted.class, counts::keep);
    }
}
