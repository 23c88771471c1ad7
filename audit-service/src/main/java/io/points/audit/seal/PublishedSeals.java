package io.points.audit.seal;

import io.points.contract.AuditEvent.RecordsSealed;
import io.points.contract.Headers;
import io.points.contract.MessageJson;
import io.points.contract.Topic;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/** The service's own checkpoint topic, read without a consumer group. */
@ApplicationScoped
class PublishedSeals {

    private static final Logger LOG = Logger.getLogger(PublishedSeals.class);

    /** As many messages are read at a time; far more than could ever stand there in another order than they were made. */
    private static final int CHUNK = 500;

    private static final Duration LONGEST_POLL = Duration.ofSeconds(1);

    private final Map<String, Object> kafka;

    /**
     * @param kafka how the broker is reached: its addresses, certificates and the like
     */
    PublishedSeals(@Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.kafka = kafka;
    }

    /**
     * Reads each partition from its end backwards, chunk by chunk, for as long as there is something new. Blocks.
     *
     * @param hasNews is given a chunk; whether there was something in it that was not known
     */
    void readBackwards(Predicate<List<RecordsSealed>> hasNews) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "5000");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            for (var partition : consumer.partitionsFor(Topic.AUDIT_CHECKPOINTS)) {
                var one = new TopicPartition(partition.topic(), partition.partition());
                consumer.assign(List.of(one));
                long begin = consumer.beginningOffsets(List.of(one)).get(one);
                long end = consumer.endOffsets(List.of(one)).get(one);
                while (end > begin) {
                    long from = Math.max(begin, end - CHUNK);
                    if (!hasNews.test(read(consumer, one, from, end))) {
                        break;
                    }
                    end = from;
                }
            }
        }
    }

    private static List<RecordsSealed> read(
            KafkaConsumer<String, byte[]> consumer, TopicPartition partition, long from, long end) {
        var seals = new ArrayList<RecordsSealed>();
        consumer.seek(partition, from);
        while (consumer.position(partition) < end) {
            for (var record : consumer.poll(LONGEST_POLL)) {
                if (record.offset() < end) {
                    read(record, seals);
                }
            }
        }
        return seals;
    }

    private static void read(ConsumerRecord<String, byte[]> record, List<RecordsSealed> seals) {
        try {
            var type = Headers.read(record.headers()).type();
            if (MessageJson.read(type, record.value()).orElse(null) instanceof RecordsSealed seal) {
                seals.add(seal);
            }
        } catch (Headers.Unreadable | IOException e) {
            LOG.errorf(
                    "ALARM: %s partition %s offset %s is not one of our seals: %s",
                    record.topic(), record.partition(), record.offset(), e.getMessage());
        }
    }
}
