package io.points.local;

import io.points.dlq.KafkaAccess;
import io.points.dlq.KafkaOptions;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** For {@code points dlq}: the Kafka of a running stack, or another one. */
final class StackKafka extends KafkaOptions {
    @Mixin
    private StackOptions place;

    @Option(
            names = "--kafka",
            paramLabel = "FILE",
            description = "Kafka client properties (bootstrap.servers, login): another Kafka than the local stack's.")
    private Path properties;

    @Override
    protected KafkaAccess kafka() {
        return properties == null
                ? KafkaAccess.plain(Ports.HOST + ":" + new Ports(place.running().portBase()).kafka())
                : KafkaAccess.readFrom(properties);
    }

    @Override
    protected String ifTheBrokerFails() {
        return properties == null ? look() : "";
    }

    @Override
    protected String ifNothingIsTaken() {
        return look();
    }

    private String look() {
        return "; look at " + Hint.command("status", place.folder());
    }
}
