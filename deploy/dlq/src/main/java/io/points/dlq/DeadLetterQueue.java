package io.points.dlq;

import io.points.contract.Topic;
import java.util.List;
import java.util.Optional;

/**
 * The records of one topic that one service could not handle.
 *
 * @param topic where the records come from
 * @param group the service's consumer group, which is called as the service
 */
public record DeadLetterQueue(String topic, String group) {

    /** Every queue there is, service by service. */
    public static List<DeadLetterQueue> all() {
        return Topic.groups().stream()
                .flatMap(group -> Topic.readBy(group).stream().map(topic -> new DeadLetterQueue(topic, group)))
                .toList();
    }

    static Optional<DeadLetterQueue> named(String name) {
        return all().stream().filter(queue -> queue.name().equals(name)).findFirst();
    }

    /** The topic on which the letters stand. */
    public String name() {
        return Topic.deadLetters(topic, group);
    }

    /** The topic from which the group takes them once more. */
    public String replays() {
        return Topic.replays(topic, group);
    }
}
