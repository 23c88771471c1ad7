package io.points.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;

/** One Kafka broker, its own controller too, on 127.0.0.1, in a JVM of its own on a data folder that is kept. */
public final class LocalKafka extends LocalProcess {
    /** What a better compiler gains is never earned back by a broker that lives for minutes: true in tests. */
    private static final String SHORT_LIVED = "points.kafka.short-lived";

    private static final String SETTINGS = "server.properties";

    /** Enough to unpack what somebody has sent compressed, and to refuse it: 40 MB of blanks take 320m. */
    static final String HEAP = "384m";

    private final int controllerPort;
    private final String heap;
    private final List<String> moreSettings;

    /**
     * Describes a broker; {@link #start()} formats its data folder if there is none.
     *
     * @param folder where its data and log are kept
     * @param port the port for clients, 0 for any free one
     * @param controllerPort the port of its controller, 0 for any free one
     * @param heap its largest heap, as in {@link #HEAP}
     * @param moreSettings lines that override our settings
     */
    public LocalKafka(Path folder, int port, int controllerPort, String heap, List<String> moreSettings) {
        super("kafka", folder, port);
        this.controllerPort = controllerPort == 0 ? Ports.anyFree() : controllerPort;
        this.heap = heap;
        this.moreSettings = List.copyOf(moreSettings);
    }

    /** A broker on free ports, for tests. */
    public LocalKafka(Path folder) {
        this(folder, 0, 0, HEAP, List.of());
    }

    @Override
    void check() {
        super.check();
        requireFree("kafka's controller", controllerPort);
    }

    @Override
    void prepare() throws IOException {
        Files.writeString(settings(), settingsText());
        Files.writeString(logging(), LOGGING);
        if (!Files.exists(data().resolve("meta.properties"))) {
            Cache.delete(data());
            Shell.run(
                    List.of(
                            Shell.java(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            classpath(),
                            "kafka.tools.StorageTool",
                            "format",
                            "-t",
                            Uuid.randomUuid().toString(),
                            "-c",
                            SETTINGS),
                    log());
        }
    }

    @Override
    List<String> command() {
        List<String> command = new ArrayList<>(List.of(
                Shell.java(),
                "-Xms64m",
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dlog4j2.configurationFile=log4j2.properties"));
        if (Boolean.getBoolean(SHORT_LIVED)) {
            command.add("-XX:TieredStopAtLevel=1");
        }
        command.addAll(List.of("-cp", classpath(), "kafka.Kafka", SETTINGS));
        return command;
    }

    private static String classpath() {
        return Repository.kafkaJars() + "/*";
    }

    private String settingsText() {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@%1$s:%3$s
                listeners=PLAINTEXT://%1$s:%2$s,CONTROLLER://%1$s:%3$s
                advertised.listeners=PLAINTEXT://%1$s:%2$s
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=PLAINTEXT
                # Relative, since a list of folders has commas between and a backslash before what is meant as it stands.
                log.dirs=data
                auto.create.topics.enable=false
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=12
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=4
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                # Thirty days: an idle group must not lose its place.
                offsets.retention.minutes=43200
                group.initial.rebalance.delay.ms=0
                # A broker that was killed is let back in when the controller has given up the one before it.
                broker.session.timeout.ms=3000
                broker.heartbeat.interval.ms=500
                %4$s
                """.formatted(host(), port(), controllerPort, String.join("\n", moreSettings));
    }

    private static final String LOGGING = """
            appender.console.type=Console
            appender.console.name=console
            appender.console.layout.type=PatternLayout
            appender.console.layout.pattern=%d{ISO8601} %p %c{1} %m%n
            rootLogger.level=WARN
            rootLogger.appenderRef.console.ref=console
            logger.server.name=kafka.server.KafkaRaftServer
            logger.server.level=INFO
            """;

    @Override
    boolean answers() throws Exception {
        if (Ports.isFree(port())) {
            return false;
        }
        Map<String, Object> settings = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap(),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5000,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5000);
        try (Admin admin = Admin.create(settings)) {
            return !admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).isEmpty();
        }
    }

    @Override
    Duration stopPatience() {
        return Duration.ofSeconds(20);
    }

    /** The broker as clients want it: {@code host:port}. */
    public String bootstrap() {
        return host() + ":" + port();
    }

    private Path data() {
        return folder().resolve("data");
    }

    private Path settings() {
        return folder().resolve(SETTINGS);
    }

    private Path logging() {
        return folder().resolve("log4j2.properties");
    }
}
