package io.points.dlq;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends letters of one queue to its replay topic and waits until their reader has taken them. The replayed record and
 * the mark that its letter was replayed are one record, so however this ends, no letter is marked and not sent.
 */
public final class Replay {
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int CALL_MILLIS = 10_000;
    /** Bytes. A record as large as the broker takes, with a little more in its headers; the broker decides. */
    private static final int LARGEST_RECORD = 2 << 20;

    private static final Set<String> CARRIED = Set.of(Letter.TOPIC, Letter.PARTITION, Letter.OFFSET, Letter.ATTEMPT);

    private final KafkaAccess kafka;
    private final DeadLetterQueue queue;
    private final Duration patience;

    /**
     * What became of it.
     *
     * @param sent how many letters were sent
     * @param unread how many of them the reader has not taken yet
     * @param back the letters that came of them because they could not be handled again
     * @param left the letters that could not be sent
     */
    public record Report(int sent, int unread, List<Trouble> back, List<Trouble> left) {
        /** Whether every letter that was asked for is handled now. */
        public boolean isGood() {
            return unread == 0 && back.isEmpty() && left.isEmpty();
        }
    }

    /** A letter and what is wrong with it. */
    public record Trouble(long offset, String reason) {}

    /**
     * On a broker that lets everybody in.
     *
     * @param bootstrap the broker, as {@code host:port}
     * @param patience how long the reader may take without getting on
     */
    public Replay(String bootstrap, DeadLetterQueue queue, Duration patience) {
        this(KafkaAccess.plain(bootstrap), queue, patience);
    }

    Replay(KafkaAccess kafka, DeadLetterQueue queue, Duration patience) {
        this.kafka = kafka;
        this.queue = queue;
        this.patience = patience;
    }

    /** Every letter that was not replayed yet. */
    public Report waiting() {
        return replay((letters, post) -> {
            Set<Long> replayed = letters.replayed();
            letters.read(0, letter -> {
                if (!replayed.contains(letter.offset())) {
                    post.send(letter);
                }
                return true;
            });
        });
    }

    /** The letter at this offset, whether it was replayed before or not. */
    public Report one(long offset) {
        return replay((letters, post) -> post.send(letters.at(offset, "--offset")));
    }

    private interface Choice {
        void sendFrom(Letters letters, Post post);
    }

    private Report replay(Choice choice) {
        try (Letters letters = new Letters(kafka, queue);
                Post post = new Post(letters)) {
            long before = letters.end();
            choice.sendFrom(letters, post);
            Set<Long> sent = post.sent();
            int unread = awaitReader(sent);
            List<Trouble> back = new ArrayList<>();
            letters.read(before, letter -> {
                if (letter.replayOffset().filter(sent::contains).isPresent()) {
                    back.add(new Trouble(letter.offset(), letter.reason()));
                }
                return true;
            });
            return new Report(sent.size(), unread, back, post.left);
        }
    }

    /** @return how many of the sent records the group has not taken; a letter for one that it took is there by then */
    private int awaitReader(Set<Long> sent) {
        Map<String, Object> settings = kafka.and(Map.of(
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, CALL_MILLIS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, CALL_MILLIS));
        try (Admin admin = Admin.create(settings)) {
            long deadline = System.nanoTime() + patience.toNanos();
            int unread = sent.size();
            while (unread > 0 && System.nanoTime() < deadline) {
                long taken = taken(admin);
                int rest = (int) sent.stream().filter(offset -> offset >= taken).count();
                if (rest < unread) {
                    deadline = System.nanoTime() + patience.toNanos();
                } else {
                    pause();
                }
                unread = rest;
            }
            return unread;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DlqException("Interrupted while waiting.", e);
        }
    }

    private long taken(Admin admin) {
        OffsetAndMetadata committed = get(admin.listConsumerGroupOffsets(queue.group())
                        .partitionsToOffsetAndMetadata())
                .get(new TopicPartition(queue.replays(), 0));
        return committed == null ? 0 : committed.offset();
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get(CALL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        } catch (ExecutionException e) {
            throw new KafkaException(e.getCause().getMessage(), e.getCause());
        } catch (java.util.concurrent.TimeoutException e) {
            throw new KafkaException("no answer within " + CALL_MILLIS + " ms", e);
        }
    }

    /** Sends letters, and keeps account of it. */
    private final class Post implements AutoCloseable {
        private final Letters letters;
        private final Map<Long, Future<RecordMetadata>> posted = new LinkedHashMap<>();
        private final List<Trouble> left = new ArrayList<>();
        private final KafkaProducer<byte[], byte[]> producer;

        Post(Letters letters) {
            this.letters = letters;
            producer = new KafkaProducer<>(
                    kafka.and(Map.of(
                            ProducerConfig.ACKS_CONFIG,
                            "all",
                            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                            true,
                            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                            LARGEST_RECORD,
                            ProducerConfig.MAX_BLOCK_MS_CONFIG,
                            CALL_MILLIS,
                            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                            CALL_MILLIS,
                            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                            2 * CALL_MILLIS)),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
        }

        void send(Letter letter) {
            try {
                posted.put(
                        letter.offset(),
                        producer.send(new ProducerRecord<>(
                                queue.replays(), 0, null, letter.key(), letters.whole(letter), headers(letter))));
            } catch (Letters.NotWholeException e) {
                left.add(new Trouble(letter.offset(), e.getMessage()));
            }
        }

        /** The offsets on the replay topic. */
        Set<Long> sent() {
            producer.flush();
            Set<Long> sent = new HashSet<>();
            posted.forEach((letter, future) -> {
                try {
                    sent.add(get(future).offset());
                } catch (KafkaException e) {
                    left.add(new Trouble(letter, "Kafka did not take it: " + e.getMessage()));
                }
            });
            return sent;
        }

        /** The original ones, where it first stood, and which letter it is. */
        private static Headers headers(Letter letter) {
            RecordHeaders headers = new RecordHeaders();
            letter.headers().stream()
                    .filter(header -> !header.key().startsWith(Letter.MARK) || CARRIED.contains(header.key()))
                    .forEach(headers::add);
            return headers.add(Letter.LETTER, Long.toString(letter.offset()).getBytes(UTF_8));
        }

        @Override
        public void close() {
            producer.close(Duration.ofMillis(CALL_MILLIS));
        }
    }
}
