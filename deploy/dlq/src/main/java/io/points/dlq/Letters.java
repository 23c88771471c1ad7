package io.points.dlq;

import io.points.contract.Topic;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** The letters of one queue, and which of them were replayed: those that a record of the replay topic names. */
final class Letters implements AutoCloseable {
    /** Bytes: what every topic takes. */
    private static final long LARGEST_VALUE = Topic.LARGEST_MESSAGE;

    private final KafkaAccess kafka;
    private final DeadLetterQueue queue;
    private final PartitionReader reader;

    /** A letter's value is not to be had whole; the message says why. */
    static final class NotWholeException extends Exception {
        NotWholeException(String message) {
            super(message);
        }
    }

    Letters(KafkaAccess kafka, DeadLetterQueue queue) {
        this.kafka = kafka;
        this.queue = queue;
        reader = new PartitionReader(kafka, queue.name(), 0);
    }

    long begin() {
        return reader.begin();
    }

    long end() {
        return reader.end();
    }

    void read(long from, Predicate<Letter> goesOn) {
        reader.read(from, record -> goesOn.test(Letter.of(record)));
    }

    /**
     * One letter.
     *
     * @param option what the offset was given with, for the fault's sentence
     */
    Letter at(long offset, String option) {
        requireOffset(offset, option);
        AtomicReference<Letter> found = new AtomicReference<>();
        read(offset, letter -> {
            found.set(letter);
            return false;
        });
        return found.get();
    }

    /** @param option what the offset was given with, for the fault's sentence */
    void requireOffset(long offset, String option) {
        long begin = begin();
        long end = end();
        if (offset < begin || offset >= end) {
            throw new DlqException("There is no letter at %s %s: %s"
                    .formatted(
                            option,
                            offset,
                            begin == end
                                    ? queue.name() + " is empty."
                                    : queue.name() + " has the offsets %s to %s.".formatted(begin, end - 1)));
        }
    }

    /** The offsets of the letters that were replayed. */
    Set<Long> replayed() {
        Set<Long> offsets = new HashSet<>();
        try (PartitionReader replays = new PartitionReader(kafka, queue.replays(), 0)) {
            replays.read(0, record -> {
                Letter.of(record).number(Letter.LETTER).ifPresent(offsets::add);
                return true;
            });
        }
        return offsets;
    }

    /** The whole value of a letter, from its origin if the letter has only the beginning. */
    byte[] whole(Letter letter) throws NotWholeException {
        if (letter.text(Letter.SKIPPED).isPresent()) {
            throw new NotWholeException("it was skipped without being read; it stands at "
                    + letter.origin().map(Letter.Origin::toString).orElse("a place that is not known"));
        }
        if (letter.length() > LARGEST_VALUE) {
            throw new NotWholeException(
                    "its value has %s bytes, and Kafka takes at most %s".formatted(letter.length(), LARGEST_VALUE));
        }
        byte[] value = letter.isCut() ? original(letter) : letter.value();
        Optional<String> digest = letter.sha256();
        if (digest.isEmpty() && letter.isCut()) {
            throw new NotWholeException("its value was cut, and it has no digest to know the whole by");
        }
        if (digest.isPresent() && !digest.get().equals(sha256(value))) {
            throw new NotWholeException(
                    letter.isCut()
                            ? "its value was cut, and the record at its origin has another digest"
                            : "its value has another digest than the record had");
        }
        return value;
    }

    private byte[] original(Letter letter) throws NotWholeException {
        Letter.Origin origin = letter.origin()
                .filter(place ->
                        place.topic().equals(queue.topic()) || place.topic().equals(queue.replays()))
                .orElseThrow(() -> new NotWholeException("its value was cut, and it does not say where it comes from"));
        AtomicReference<byte[]> value = new AtomicReference<>();
        try (PartitionReader topic = PartitionReader.oneByOne(kafka, origin.topic(), origin.partition())) {
            if (origin.partition() < topic.partitionsOfTopic()) {
                topic.read(origin.offset(), record -> {
                    if (record.offset() == origin.offset()) {
                        value.set(record.value());
                    }
                    return false;
                });
            }
        }
        if (value.get() == null) {
            throw new NotWholeException("its value was cut, and its origin, " + origin + ", is gone");
        }
        return value.get();
    }

    static String sha256(byte[] value) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("The JDK lacks SHA-256", e);
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
