package io.points.local;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A packaged Quarkus application in a JVM of its own. */
public class QuarkusProcess extends LocalProcess {

    /** On a machine that has to start all at once, and to build Keycloak first; what ends while it starts is noticed at once. */
    private static final Duration STARTED_WITHIN = Duration.ofSeconds(180);

    private final Path jar;
    private final Supplier<Map<String, String>> environment;

    /**
     * Describes an instance.
     *
     * @param name its name
     * @param jar the application, as its build has left it
     * @param folder where its log is kept
     * @param port the HTTP port, 0 for any free one
     * @param environment where its database, broker and identity provider are, asked for at each start
     */
    QuarkusProcess(String name, Path jar, Path folder, int port, Supplier<Map<String, String>> environment) {
        super(name, folder, port);
        this.jar = jar;
        this.environment = environment;
    }

    @Override
    void check() {
        super.check();
        if (!Files.isRegularFile(jar)) {
            throw new CannotStartException(name() + " is not built: " + jar + " is missing.");
        }
    }

    @Override
    List<String> command() {
        List<String> command = new ArrayList<>(usualOptions());
        if (trimsNativeHeap(Runtime.version())) {
            command.add("-XX:TrimNativeHeapInterval=5000");
        }
        // After ours, so that they win.
        Stream.of(moreOptions().split(" ")).filter(option -> !option.isBlank()).forEach(command::add);
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }

    /** Options for the services' JVMs beyond ours, with blanks between: for whoever looks into them. */
    static String moreOptions() {
        return System.getProperty(
                "points.service.options", System.getenv().getOrDefault("POINTS_SERVICE_JAVA_OPTIONS", ""));
    }

    /** The first releases of JDK 17, and those from 18 to 20, do not know that option, and a JVM does not start with one it does not know. */
    static boolean trimsNativeHeap(Runtime.Version java) {
        return java.feature() >= 21 || java.feature() == 17 && java.update() >= 9;
    }

    private List<String> usualOptions() {
        return List.of(
                Shell.java(),
                // As in deploy/images/Dockerfile, which says why the young have so much room.
                "-Xms80m",
                "-Xmx144m",
                "-Xmn40m",
                "-XX:SurvivorRatio=3",
                "-XX:TargetSurvivorRatio=90",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:SharedArchiveFile=" + jar.resolveSibling("app-cds.jsa"),
                "-XX:MaxDirectMemorySize=64m",
                "-XX:ReservedCodeCacheSize=64m",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
    }

    /** Beside its jar: the archive of its classes names that without a folder, and is of no use elsewhere. */
    @Override
    Path workingFolder() {
        return jar.getParent();
    }

    @Override
    Map<String, String> environment() {
        Map<String, String> whole = new TreeMap<>(environment.get());
        whole.put("QUARKUS_HTTP_PORT", Integer.toString(port()));
        whole.put("QUARKUS_HTTP_HOST", host());
        return whole;
    }

    @Override
    boolean answers() throws Exception {
        return Http.status(URI.create(url() + "/q/health/ready")) == 200;
    }

    @Override
    Duration patience() {
        return STARTED_WITHIN;
    }

    /** Where it is reached, without a slash at the end. */
    public String url() {
        return "http://" + host() + ":" + port();
    }
}
