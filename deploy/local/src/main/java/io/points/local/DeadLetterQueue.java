package io.points.local;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The records of one topic that one service could not handle.
 *
 * @param topic where the records come from
 * @param reader the service, whose consumer group they belong to
 */
public record DeadLetterQueue(String topic, Service reader) {

    /** Every queue there is, service by service. */
    public static List<DeadLetterQueue> all() {
        return Stream.of(Service.values())
                .flatMap(reader -> Topics.readBy(reader).stream().map(topic -> new DeadLetterQueue(topic, reader)))
                .toList();
    }

    static Optional<DeadLetterQueue> named(String name) {
        return all().stream().filter(queue -> queue.name().equals(name)).findFirst();
    }

    /** The topic on which the letters stand. */
    public String name() {
        return Topics.deadLetters(topic, reader);
    }

    /** The topic from which the reader takes them once more. */
    public String replays() {
        return Topics.replays(topic, reader);
    }

    /** The consumer group. */
    String group() {
        return reader.module();
    }
}
