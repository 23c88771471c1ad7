package io.points.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.points.dlq.DeadLetterQueue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Takes replayed letters as the service would: what is "bad" becomes a letter again before it is acknowledged. */
final class StandInReader implements AutoCloseable {
    private final String bootstrap;
    private final DeadLetterQueue queue;
    private final List<ConsumerRecord<byte[], byte[]>> records = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::read, "stand-in reader");
    private volatile boolean closed;

    StandInReader(String bootstrap, DeadLetterQueue queue) {
        this.bootstrap = bootstrap;
        this.queue = queue;
        thread.start();
    }

    List<ConsumerRecord<byte[], byte[]>> records() {
        return records;
    }

    List<String> values() {
        return records.stream().map(record -> new String(record.value(), UTF_8)).toList();
    }

    private void read() {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrap,
                                "group.id",
                                queue.group(),
                                "enable.auto.commit",
                                "false",
                                "auto.offset.reset",
                                "earliest"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", bootstrap), new ByteArraySerializer(), new ByteArraySerializer())) {
            consumer.subscribe(List.of(queue.topic(), queue.replays()));
            while (!closed) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    if (!record.topic().equals(queue.replays())) {
                        continue;
                    }
                    if ("bad".equals(new String(record.value(), UTF_8))) {
                        producer.send(againALetter(record));
                        producer.flush();
                    }
                    records.add(record);
                }
                consumer.commitSync();
            }
        }
    }

    private ProducerRecord<byte[], byte[]> againALetter(ConsumerRecord<byte[], byte[]> record) {
        ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(queue.name(), record.key(), record.value());
        letter.headers().add("dlq_reason", "still \u001b[31mbad".getBytes(UTF_8));
        letter.headers().add("dlq_replay_offset", Long.toString(record.offset()).getBytes(UTF_8));
        return letter;
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
