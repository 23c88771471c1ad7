package io.points.local;

import java.nio.file.Path;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The Kafka of a running stack, or another one. */
final class KafkaOptions {
    @Mixin
    private StackOptions place;

    @Option(
            names = "--kafka",
            paramLabel = "FILE",
            description = "Kafka client properties (bootstrap.servers, login): another Kafka than the local stack's.")
    private Path properties;

    /**
     * Works with the broker.
     *
     * @throws CannotStartException if no stack runs there, or its broker does not answer
     */
    <T> T with(Function<KafkaAccess, T> work) {
        KafkaAccess kafka = properties == null
                ? KafkaAccess.plain(Ports.HOST + ":" + new Ports(place.running().portBase()).kafka())
                : KafkaAccess.readFrom(properties);
        try {
            return work.apply(kafka);
        } catch (KafkaException e) {
            throw new CannotStartException(
                    "Kafka at %s did not do it (%s)%s."
                            .formatted(
                                    kafka.address(),
                                    e.getMessage() + Sentence.causes(e),
                                    properties == null ? "; look at " + Hint.command("status", place.folder()) : ""),
                    e);
        }
    }

    Path folder() {
        return place.folder();
    }

    static DeadLetterQueue queue(String name) {
        return DeadLetterQueue.named(name)
                .orElseThrow(() -> new CannotStartException(
                        "There is no queue " + Visible.text(name) + "; ./points dlq list shows those there are."));
    }
}
