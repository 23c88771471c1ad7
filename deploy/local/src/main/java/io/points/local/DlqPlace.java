package io.points.local;

import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Mixin;

/** The Kafka of a running stack. */
final class DlqPlace {
    @Mixin
    private Place place;

    /**
     * Works with the broker.
     *
     * @param work is given the broker as {@code host:port}
     * @throws CannotStartException if no stack runs there, or its broker does not answer
     */
    <T> T with(Function<String, T> work) {
        String bootstrap = Ports.HOST + ":" + new Ports(place.running().portBase()).kafka();
        try {
            return work.apply(bootstrap);
        } catch (KafkaException e) {
            throw new CannotStartException(
                    "Kafka at %s did not do it (%s); look at ./points status.".formatted(bootstrap, e.getMessage()), e);
        }
    }

    static DeadLetterQueue queue(String name) {
        return DeadLetterQueue.named(name)
                .orElseThrow(() -> new CannotStartException(
                        "There is no queue " + Visible.text(name) + "; ./points dlq list shows those there are."));
    }
}
