package io.points.testing;

import io.points.local.LocalKafka;
import io.points.local.LocalPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The PostgreSQL and the Kafka that the tests run against, chosen by {@code points.test.backend}: {@code embedded} starts
 * them as child processes, {@code containers} in Docker, {@code auto} in Docker if an engine answers.
 */
sealed interface Backend extends AutoCloseable {

    String postgresHost();

    int postgresPort();

    String superuserJdbcUrl();

    String kafkaBootstrap();

    @Override
    void close();

    static Backend start(Path folder) throws IOException {
        var wish = System.getProperty("points.test.backend", "auto");
        return switch (wish) {
            case "embedded" -> new Embedded(folder);
            case "containers" -> new Containers();
            case "auto" -> DockerClientFactory.instance().isDockerAvailable() ? new Containers() : new Embedded(folder);
            default ->
                throw new IllegalArgumentException(
                        "points.test.backend must be auto, embedded or containers, not " + wish);
        };
    }

    /** Child processes of this JVM, from jars that Maven has fetched. */
    final class Embedded implements Backend {
        private final LocalPostgres postgres;
        private final LocalKafka kafka;

        Embedded(Path folder) throws IOException {
            Files.createDirectories(folder);
            // What is measured is measured on a database that waits for its disk.
            postgres = new LocalPostgres(folder.resolve("postgres"), 0, Boolean.getBoolean("points.pace"));
            kafka = new LocalKafka(folder.resolve("kafka"));
            postgres.start();
            kafka.start();
        }

        @Override
        public String postgresHost() {
            return postgres.host();
        }

        @Override
        public int postgresPort() {
            return postgres.port();
        }

        @Override
        public String superuserJdbcUrl() {
            return postgres.superuserJdbcUrl();
        }

        @Override
        public String kafkaBootstrap() {
            return kafka.bootstrap();
        }

        /** Fails if one of them was gone before: then it says more than the tests that failed for want of it. */
        @Override
        public void close() {
            var gone = Stream.of(postgres, kafka)
                    .flatMap(process -> process.endedByItself().stream())
                    .collect(Collectors.joining("\n"));
            kafka.close();
            postgres.close();
            if (!gone.isEmpty()) {
                throw new IllegalStateException(gone);
            }
        }
    }

    /** Containers, set as the child processes are; other images can be named where the public ones cannot be pulled. */
    final class Containers implements Backend {
        private final PostgreSQLContainer postgres = new PostgreSQLContainer(
                image("points.test.postgres.image", "postgres:18.6").asCompatibleSubstituteFor("postgres"));
        private final KafkaContainer kafka = new KafkaContainer(
                image("points.test.kafka.image", "apache/kafka:4.3.1").asCompatibleSubstituteFor("apache/kafka"));

        Containers() {
            postgres.setCommand("postgres -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
                    + " -c max_connections=200 -c timezone=UTC");
            postgres.start();
            kafka.withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                    .withEnv("KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS", "12")
                    .withEnv("KAFKA_TRANSACTION_STATE_LOG_NUM_PARTITIONS", "4")
                    .start();
        }

        /** Maven passes the property empty if nobody set it. */
        private static DockerImageName image(String property, String usual) {
            var wish = System.getProperty(property, "");
            return DockerImageName.parse(wish.isBlank() ? usual : wish);
        }

        @Override
        public String postgresHost() {
            return postgres.getHost();
        }

        @Override
        public int postgresPort() {
            return postgres.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT);
        }

        @Override
        public String superuserJdbcUrl() {
            return "jdbc:postgresql://%s:%s/postgres?user=%s&password=%s"
                    .formatted(postgresHost(), postgresPort(), postgres.getUsername(), postgres.getPassword());
        }

        @Override
        public String kafkaBootstrap() {
            return kafka.getBootstrapServers();
        }

        @Override
        public void close() {
            kafka.stop();
            postgres.stop();
        }
    }
}
