package io.points.platform.outbox;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class PostCommitPublisherLeaseTest {

    private static final String PRODUCER = "mp.messaging.outgoing.kafka-out.";

    /** Else the relay would send what the producer of another instance is still about to deliver. */
    @Test
    void theLeaseIsLongerThanTheProducerTriesToDeliver() throws IOException {
        var settings = new Properties();
        try (var file = getClass().getResourceAsStream("/META-INF/microprofile-config.properties")) {
            settings.load(file);
        }
        var patience = millis(settings, "max.block.ms").plus(millis(settings, "delivery.timeout.ms"));
        assertTrue(
                PostCommitPublisher.LATEST_BEGIN.plus(patience).compareTo(PostCommitPublisher.LEASE) <= 0,
                PostCommitPublisher.LATEST_BEGIN + " + " + patience + " > " + PostCommitPublisher.LEASE);
    }

    private static Duration millis(Properties settings, String name) {
        return Duration.ofMillis(Long.parseLong(settings.getProperty(PRODUCER + name)));
    }
}
