package io.points.dlq;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The Kafka that a file says how to reach. */
final class KafkaFile extends KafkaOptions {
    @Option(
            names = "--kafka",
            required = true,
            paramLabel = "FILE",
            description = "Kafka client properties: bootstrap.servers, and a login where Kafka asks for one.")
    private Path properties;

    @Override
    protected KafkaAccess kafka() {
        return KafkaAccess.readFrom(properties);
    }
}
